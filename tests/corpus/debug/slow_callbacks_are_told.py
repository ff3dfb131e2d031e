import asyncio
import logging
import re
import sys
import time


class Shorter(logging.Formatter):
    def format(self, record):
        return re.sub(r"0x[0-9a-f]+|[\d.]+ seconds|:\d+|/\S*/", "…", record.getMessage()).split(" ")[-2]


handler = logging.StreamHandler(sys.stdout)
handler.setFormatter(Shorter())
logging.getLogger("asyncio").addHandler(handler)


async def main():
    loop = asyncio.get_running_loop()
    loop.slow_callback_duration = 0.2
    time.sleep(0.3)
    await asyncio.sleep(0.01)
    time.sleep(0.1)
    await asyncio.sleep(0.01)
    loop.call_soon(time.sleep, 0.25)
    await asyncio.sleep(0.02)


asyncio.run(main(), debug=True)
