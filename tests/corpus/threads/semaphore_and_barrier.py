import threading
import time

order = []
gate = threading.BoundedSemaphore(2)
lock = threading.Lock()


def visit(name, arrives, stays):
    time.sleep(arrives)
    with gate:
        with lock:
            order.append(f"{name} in")
        time.sleep(stays)
        with lock:
            order.append(f"{name} out")


threads = [threading.Thread(target=visit, args=(n, 0.06 * i, 0.2)) for i, n in enumerate("abc")]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(*order, sep="\n")
try:
    gate.release()
except ValueError as error:
    print(error)
barrier = threading.Barrier(3, action=lambda: print("all there"))
places = []
threads = [threading.Thread(target=lambda: places.append(barrier.wait())) for _ in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sorted(places))
