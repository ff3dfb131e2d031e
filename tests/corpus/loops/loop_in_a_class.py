import asyncio


class Service:
    def __init__(self):
        self.loop = asyncio.new_event_loop()
        self.requests = asyncio.Queue()
        self.tasks = []

    def start(self):
        self.tasks = [self.loop.create_task(self.serve(name)) for name in "ab"]
        for number in range(4):
            self.requests.put_nowait(number)
        try:
            self.loop.run_until_complete(self.requests.join())
        finally:
            for task in self.tasks:
                task.cancel()
            self.loop.run_until_complete(asyncio.gather(*self.tasks, return_exceptions=True))
            self.loop.close()

    async def serve(self, name):
        while True:
            number = await self.requests.get()
            await asyncio.sleep(0.05)
            print(name, number)
            self.requests.task_done()


Service().start()
