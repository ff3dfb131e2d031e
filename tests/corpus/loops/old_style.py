import asyncio

loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)


async def work(number):
    await asyncio.sleep(number / 20)
    return number


future = asyncio.ensure_future(work(2), loop=loop)
print(loop.run_until_complete(future))
print(loop.run_until_complete(asyncio.wait_for(work(1), 1)))
loop.run_until_complete(loop.shutdown_asyncgens())
loop.close()
