import threading
import time

event = threading.Event()
timer = threading.Timer(0.1, event.set)
started = time.monotonic()
timer.start()
print(event.wait(0.05), event.wait(1))
print(0.09 < time.monotonic() - started < 0.9)
barrier = threading.Barrier(2)


def other():
    time.sleep(0.05)
    barrier.wait()


thread = threading.Thread(target=other)
thread.start()
barrier.wait()
thread.join()
lock = threading.Lock()
with lock:
    print(lock.acquire(timeout=0.05))
