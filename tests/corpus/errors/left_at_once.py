"""os._exit ends the process there and then: no finally, no atexit."""

import asyncio
import atexit
import os

atexit.register(print, "never")


async def main():
    try:
        print("before", flush=True)
        await asyncio.sleep(0.1)
        print("leaving", flush=True)
        os._exit(3)
    finally:
        print("never")


asyncio.run(main())
