"""A task factory makes tasks of another class; asyncio counts them all."""

import asyncio


class Noisy(asyncio.Task):
    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        print("made", self.get_name())

    def cancel(self, *args):
        print("asked to cancel", self.get_name())
        return super().cancel(*args)


async def nap():
    await asyncio.sleep(0.2)
    return "slept"


async def main():
    loop = asyncio.get_running_loop()
    loop.set_task_factory(lambda loop, coroutine, **options: Noisy(coroutine, loop=loop, **options))
    task = asyncio.create_task(nap(), name="one")
    print(type(task).__name__, await task)
    task = loop.create_task(nap(), name="two")
    await asyncio.sleep(0.1)
    task.cancel()
    print(await asyncio.gather(task, return_exceptions=True))
    print(asyncio.create_task(nap()).get_name() in ("Task-4", "None"))


asyncio.run(main())
