import asyncio
import datetime


async def display(times):
    loop = asyncio.get_running_loop()
    end = loop.time() + 0.5
    shown = 0
    while True:
        assert isinstance(datetime.datetime.now(), datetime.datetime)
        shown += 1
        print("shown", shown)
        if loop.time() + 0.2 >= end:
            break
        await asyncio.sleep(0.2)
    print("of", times)


asyncio.run(display(2))
