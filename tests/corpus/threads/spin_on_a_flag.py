import threading
import time

done = False


def spin():
    while not done:
        pass
    print("saw it")


thread = threading.Thread(target=spin)
thread.start()
time.sleep(0.3)
print("setting it")
done = True
thread.join()
print("joined")
