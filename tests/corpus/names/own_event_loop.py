import asyncio, selectors


class MyLoop(asyncio.SelectorEventLoop):
    def hello(self):
        return "hello"


loop = MyLoop(selectors.SelectSelector())


async def main():
    await asyncio.sleep(0.1)
    print("in", type(asyncio.get_running_loop()).__name__, asyncio.get_running_loop().hello())


try:
    loop.run_until_complete(main())
finally:
    loop.close()
loop = asyncio.SelectorEventLoop(selectors.SelectSelector())
print(
    isinstance(loop, asyncio.SelectorEventLoop),
    isinstance(asyncio.SelectorEventLoop, type),
    isinstance(loop, asyncio.AbstractEventLoop),
)
loop.close()
with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as r:
    print(r.run(asyncio.sleep(0.2, "slept")))
