import asyncio
import sys


async def quits():
    await asyncio.sleep(0.05)
    sys.exit("told to go")


async def main():
    asyncio.create_task(quits())
    try:
        await asyncio.sleep(1)
    finally:
        print("cleaned up")


try:
    asyncio.run(main())
except SystemExit as error:
    print("exit", error)
    raise
