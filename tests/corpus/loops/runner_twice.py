import asyncio


async def where():
    await asyncio.sleep(0.05)
    return asyncio.get_running_loop()


with asyncio.Runner() as runner:
    first, second = runner.run(where()), runner.run(where())
    print(first is second, runner.get_loop().is_running())
print(asyncio.run(where()) is first, first.is_closed())
try:
    asyncio.get_running_loop()
except RuntimeError as error:
    print(error)
