import threading
import time

balance = 100


def withdraw(amount):
    global balance
    seen = balance
    time.sleep(0.1)
    balance = seen - amount


threads = [threading.Thread(target=withdraw, args=(amount,)) for amount in (10, 10, 10)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(balance)
