import threading
import time

thread = threading.Thread(target=time.sleep, args=(0.3,))
thread.start()
thread.join(0.1)
print("still there", thread.is_alive())
thread.join()
print("gone", thread.is_alive(), threading.active_count())
names = []
threads = [threading.Thread(target=lambda: names.append(threading.current_thread().name), name=n) for n in "xy"]
for thread in threads:
    thread.start()
    thread.join()
print(names, threading.main_thread() is threading.current_thread())
