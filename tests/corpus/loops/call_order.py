import asyncio


async def main():
    loop = asyncio.get_running_loop()
    loop.call_soon(print, "soon 1")
    loop.call_later(0, print, "later 0")
    loop.call_later(-5, print, "later -5")
    loop.call_at(loop.time() + 0.05, print, "at 0.05")
    loop.call_soon(print, "soon 2")
    handle = loop.call_soon(print, "cancelled")
    handle.cancel()
    timer = loop.call_later(0.1, print, "timer")
    print(handle.cancelled(), timer.when() > loop.time(), timer.cancelled())
    await asyncio.sleep(0)
    print("one turn")
    await asyncio.sleep(0.2)


asyncio.run(main())
