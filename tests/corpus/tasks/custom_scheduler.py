import asyncio


class Periodic:
    def __init__(self, seconds, action):
        self.seconds, self.action, self.task = seconds, action, None

    def start(self):
        self.task = asyncio.create_task(self._run())

    async def stop(self):
        self.task.cancel()
        await asyncio.gather(self.task, return_exceptions=True)

    async def _run(self):
        loop = asyncio.get_running_loop()
        due = loop.time()
        while True:
            due += self.seconds
            await asyncio.sleep(due - loop.time())
            self.action()


async def main():
    counts = {"fast": 0, "slow": 0}

    def count(name):
        counts[name] += 1

    jobs = [Periodic(0.1, lambda: count("fast")), Periodic(0.25, lambda: count("slow"))]
    for job in jobs:
        job.start()
    await asyncio.sleep(0.55)
    for job in jobs:
        await job.stop()
    print(counts)


asyncio.run(main())
