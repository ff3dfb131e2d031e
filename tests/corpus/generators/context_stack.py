import asyncio
import contextlib


class Resource:
    def __init__(self, name, fails=False):
        self.name, self.fails = name, fails

    async def __aenter__(self):
        await asyncio.sleep(0.01)
        if self.fails:
            raise OSError(self.name)
        print("acquired", self.name)
        return self

    async def __aexit__(self, kind, error, trace):
        await asyncio.sleep(0.01)
        print("released", self.name, kind.__name__ if kind else None)
        return kind is KeyError


async def main():
    async with contextlib.AsyncExitStack() as stack:
        for name in "ab":
            await stack.enter_async_context(Resource(name))
        stack.push_async_callback(asyncio.sleep, 0.01)
        stack.callback(print, "callback")
    async with Resource("swallows"):
        raise KeyError("swallowed")
    try:
        async with contextlib.AsyncExitStack() as stack:
            await stack.enter_async_context(Resource("c"))
            await stack.enter_async_context(Resource("d", fails=True))
    except OSError as error:
        print("failed", error)
    async with contextlib.nullcontext("nothing") as nothing:
        print(nothing)


asyncio.run(main())
