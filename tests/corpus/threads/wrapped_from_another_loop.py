import asyncio
import threading

loop = asyncio.new_event_loop()
thread = threading.Thread(target=loop.run_forever)
thread.start()


async def there(number):
    await asyncio.sleep(number / 10)
    return number


async def main():
    futures = [asyncio.run_coroutine_threadsafe(there(number), loop) for number in (2, 1)]
    print(await asyncio.gather(*map(asyncio.wrap_future, futures)))
    slow = asyncio.wrap_future(asyncio.run_coroutine_threadsafe(there(50), loop))
    try:
        await asyncio.wait_for(slow, 0.1)
    except TimeoutError:
        print("cancelled there, too")
    await asyncio.sleep(0.05)
    print(len(asyncio.all_tasks(loop)))


asyncio.run(main())
loop.call_soon_threadsafe(loop.stop)
thread.join()
loop.close()
