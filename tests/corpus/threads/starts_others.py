# Python 3.13
import threading
import time


def walk(depth):
    time.sleep(0.05)
    print("depth", depth)
    if depth < 3:
        threading.Thread(target=walk, args=(depth + 1,)).start()


threading.Thread(target=walk, args=(0,)).start()
print("main is over")
