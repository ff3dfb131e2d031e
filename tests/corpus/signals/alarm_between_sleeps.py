import asyncio
import signal
import time

calls = []
signal.signal(signal.SIGALRM, lambda number, frame: calls.append("alarm"))
signal.setitimer(signal.ITIMER_REAL, 0.2)
time.sleep(0.4)
print(calls)


async def main():
    loop = asyncio.get_running_loop()
    rang = asyncio.Event()
    loop.add_signal_handler(signal.SIGALRM, rang.set)
    signal.setitimer(signal.ITIMER_REAL, 0.1)
    await rang.wait()
    print("rang", signal.getitimer(signal.ITIMER_REAL)[0])


asyncio.run(main())
