import asyncio
import os
import signal


async def main():
    loop = asyncio.get_running_loop()
    caught = asyncio.Queue()
    loop.add_signal_handler(signal.SIGUSR1, caught.put_nowait, "usr1")
    loop.add_signal_handler(signal.SIGUSR2, caught.put_nowait, "usr2")
    os.kill(os.getpid(), signal.SIGUSR2)
    print(await caught.get())
    for _ in range(2):
        signal.raise_signal(signal.SIGUSR1)
        print(await asyncio.wait_for(caught.get(), 1))
    try:
        loop.add_signal_handler(signal.SIGKILL, print)
    except RuntimeError as error:
        print(error)


asyncio.run(main())
