import asyncio
import sys

sys.set_coroutine_origin_tracking_depth(2)


async def work():
    await asyncio.sleep(0.01)


async def main():
    coroutine = work()
    print(coroutine.cr_origin[0][2], coroutine.cr_origin[0][1])
    await coroutine
    print(coroutine.cr_frame, asyncio.get_running_loop().get_debug())


asyncio.run(main())
