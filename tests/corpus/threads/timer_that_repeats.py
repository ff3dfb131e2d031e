import threading
import time


class Repeat(threading.Timer):
    def run(self):
        while not self.finished.wait(self.interval):
            self.function(*self.args)


timer = Repeat(0.1, print, ("tick",))
timer.start()
time.sleep(0.35)
timer.cancel()
timer.join()
print("stopped")
once = threading.Timer(5, print, ("never",))
once.start()
once.cancel()
once.join()
print(once.is_alive())
