"""Right: a future of its own class that takes its timer back when it is cancelled."""

import asyncio


class Countdown(asyncio.Future):
    def __init__(self, seconds, tick):
        super().__init__(loop=asyncio.get_running_loop())
        self.end = self.get_loop().time() + seconds
        self.left = seconds
        self.tick = tick
        self.timer = None
        self.go_on()

    def go_on(self):
        if self.left == 0:
            self.set_result("time is up")
        else:
            self.timer = self.get_loop().call_at(self.end - self.left + 1, self.fire)

    def fire(self):
        self.left -= 1
        try:
            self.tick(self.left)
        except Exception as error:
            if not self.done():
                self.set_exception(error)
        if not self.done():
            self.go_on()

    def cancel(self, msg=None):
        if self.timer is not None:
            self.timer.cancel()
        return super().cancel(msg)


def countdown(seconds, tick):
    return Countdown(seconds, tick)
