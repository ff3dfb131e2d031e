import asyncio
import warnings

warnings.simplefilter("error")


async def never():
    pass


async def main():
    coroutine = never()
    print(asyncio.iscoroutine(coroutine), asyncio.iscoroutinefunction(never))
    coroutine.close()
    await asyncio.sleep(0.01)


asyncio.run(main())
