import asyncio
import warnings

warnings.simplefilter("ignore")
loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
print(asyncio.get_event_loop() is loop)
future = asyncio.gather(loop.create_task(asyncio.sleep(0.05, 1)), loop.create_task(asyncio.sleep(0.02, 2)))
print(loop.run_until_complete(future))
asyncio.set_event_loop(None)
loop.close()


async def main():
    return asyncio.get_event_loop() is asyncio.get_running_loop()


print(asyncio.run(main()))
