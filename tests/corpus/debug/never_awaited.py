import asyncio
import sys
import warnings

warnings.simplefilter("always")
warnings.showwarning = lambda message, kind, *rest: print(kind.__name__, str(message).split("\n")[0])


async def forgotten():
    print("never printed")


async def main():
    forgotten()
    await asyncio.sleep(0.01)
    print("after")


asyncio.run(main())
