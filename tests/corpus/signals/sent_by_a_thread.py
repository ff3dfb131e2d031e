import asyncio
import os
import signal
import threading
import time


def send(number):
    time.sleep(0.1)
    os.kill(os.getpid(), number)


async def main():
    loop, heard = asyncio.get_running_loop(), asyncio.Event()
    loop.add_signal_handler(signal.SIGUSR1, heard.set)
    threading.Thread(target=send, args=(signal.SIGUSR1,)).start()
    await heard.wait()
    heard.clear()
    began = loop.time()
    threading.Timer(0.1, signal.raise_signal, (signal.SIGUSR1,)).start()
    await asyncio.wait_for(heard.wait(), 5)
    print("heard", 0.05 < loop.time() - began < 2)


asyncio.run(main())
