import asyncio
import time


class RateLimit:
    def __init__(self, calls, seconds):
        self.calls, self.seconds, self.times = calls, seconds, []
        self.lock = asyncio.Lock()

    async def __aenter__(self):
        async with self.lock:
            now = time.monotonic()
            self.times = [moment for moment in self.times if now - moment < self.seconds]
            if len(self.times) >= self.calls:
                await asyncio.sleep(self.times[0] + self.seconds - now)
            self.times.append(time.monotonic())

    async def __aexit__(self, *error):
        pass


async def main():
    limit = RateLimit(2, 0.3)
    began = time.monotonic()
    for number in range(5):
        async with limit:
            print(number, int((time.monotonic() - began) / 0.3 + 0.05))


asyncio.run(main())
