import asyncio

loop = asyncio.new_event_loop()
ticks = []


async def ticker():
    while True:
        ticks.append(len(ticks))
        await asyncio.sleep(0.2)


task = loop.create_task(ticker())
loop.call_later(0.3, loop.stop)
loop.run_forever()
print(ticks)
loop.call_later(0.21, loop.stop)
loop.run_forever()
print(ticks)
task.cancel()
try:
    loop.run_until_complete(task)
except asyncio.CancelledError:
    print("cancelled")
loop.run_until_complete(loop.shutdown_asyncgens())
loop.run_until_complete(loop.shutdown_default_executor())
loop.close()
