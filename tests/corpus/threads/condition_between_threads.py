import threading
import time

condition = threading.Condition()
items = []


def consumer(name):
    for _ in range(2):
        with condition:
            condition.wait_for(lambda: items)
            print(name, items.pop(0))
        time.sleep(0.1)


threads = [threading.Thread(target=consumer, args=("only",))]
for thread in threads:
    thread.start()
for number in range(2):
    time.sleep(0.15)
    with condition:
        items.append(number)
        condition.notify()
for thread in threads:
    thread.join()
with condition:
    print(condition.wait(0.05), condition.wait_for(lambda: False, 0.05))
