import atexit
import threading
import time
from concurrent.futures import ThreadPoolExecutor


def work(name, seconds):
    time.sleep(seconds)
    print(name)


atexit.register(print, "at exit")
pool = ThreadPoolExecutor(1)
pool.submit(work, "first job", 0.1)
pool.submit(work, "second job", 0.1)
threading.Thread(target=work, args=("thread", 0.3)).start()
threading.Thread(target=work, args=("daemon", 0.15), daemon=True).start()
threading.Thread(target=work, args=("late daemon", 1), daemon=True).start()
print("last line")
