import asyncio


async def where():
    await asyncio.sleep(0.05)
    return id(asyncio.get_running_loop())


with asyncio.Runner() as runner:
    first, second = runner.run(where()), runner.run(where())
    print(first == second, runner.get_loop().is_running())
print(asyncio.run(where()) == first or "another loop")
try:
    asyncio.get_running_loop()
except RuntimeError as error:
    print(error)
