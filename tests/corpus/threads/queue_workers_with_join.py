import queue
import threading
import time

jobs = queue.Queue()
done = []


def worker():
    while True:
        number = jobs.get()
        time.sleep(0.05)
        done.append(number * number)
        jobs.task_done()


for _ in range(2):
    threading.Thread(target=worker, daemon=True).start()
for number in range(6):
    jobs.put(number)
jobs.join()
print(sorted(done))
try:
    jobs.get(timeout=0.05)
except queue.Empty:
    print("empty")
full = queue.Queue(1)
full.put(1)
try:
    full.put(2, timeout=0.05)
except queue.Full:
    print("full")
