import threading
import time

balance = 100
lock = threading.RLock()


def withdraw(amount):
    global balance
    with lock:
        with lock:
            seen = balance
            time.sleep(0.02)
            balance = seen - amount


threads = [threading.Thread(target=withdraw, args=(10,)) for _ in range(5)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(balance)
