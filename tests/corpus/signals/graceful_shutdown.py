import asyncio
import os
import signal


async def worker(name):
    try:
        while True:
            print(name, "works")
            await asyncio.sleep(0.2)
    except asyncio.CancelledError:
        await asyncio.sleep(0.05)
        print(name, "saved its work")
        raise


async def shut_down(number, loop):
    print("received", signal.Signals(number).name)
    tasks = sorted(asyncio.all_tasks() - {asyncio.current_task()}, key=asyncio.Task.get_name)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    loop.stop()


loop = asyncio.new_event_loop()
for number in (signal.SIGTERM, signal.SIGHUP):
    loop.add_signal_handler(number, lambda number=number: loop.create_task(shut_down(number, loop)))
for name in "ab":
    loop.create_task(worker(name))
loop.call_later(0.3, os.kill, os.getpid(), signal.SIGHUP)
try:
    loop.run_forever()
finally:
    loop.close()
    print("closed")
