import atexit, threading, time
from concurrent.futures import ThreadPoolExecutor


def job():
    time.sleep(0.35)
    print("job of a pool that nobody closed")


def endless():
    while True:
        time.sleep(0.1)
        ticks.append(1)
        if len(ticks) < 3:
            print("daemon")


ticks = []
atexit.register(print, "goodbye")
threading.Thread(target=endless, daemon=True).start()
threading.Thread(target=lambda: (time.sleep(0.25), print("thread"))).start()
ThreadPoolExecutor(1).submit(job)
time.sleep(0.05)
print("main")
