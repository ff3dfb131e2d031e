import signal
import threading
import time


class TooLong(Exception):
    pass


def ring(number, frame):
    raise TooLong


signal.signal(signal.SIGALRM, ring)
for wait in (lambda: time.sleep(5), lambda: threading.Event().wait(5), lambda: thread.join()):
    thread = threading.Thread(target=time.sleep, args=(0.5,))
    thread.start()
    signal.setitimer(signal.ITIMER_REAL, 0.2)
    began = time.monotonic()
    try:
        wait()
        print("not interrupted")
    except TooLong:
        print("interrupted", time.monotonic() - began < 2)
    thread.join()
    print("joined")
