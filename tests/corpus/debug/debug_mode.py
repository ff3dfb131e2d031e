import asyncio
import logging
import time

logging.basicConfig(level=logging.ERROR)


async def main():
    loop = asyncio.get_running_loop()
    print(loop.get_debug(), loop.slow_callback_duration)
    time.sleep(0.15)
    await asyncio.sleep(0.05)
    print("after")


asyncio.run(main(), debug=True)
