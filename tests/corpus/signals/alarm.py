import asyncio
import signal

signal.signal(signal.SIGALRM, lambda number, frame: print("alarm"))


async def main():
    signal.setitimer(signal.ITIMER_REAL, 0.1)
    await asyncio.sleep(0.3)
    print("after")


asyncio.run(main())
