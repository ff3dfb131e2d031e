import asyncio
import os
import signal


async def job(name):
    try:
        await asyncio.sleep(5)
    finally:
        print(name, "ends")


async def main():
    asyncio.get_running_loop().call_later(0.1, os.kill, os.getpid(), signal.SIGINT)
    async with asyncio.TaskGroup() as group:
        group.create_task(job("a"))


try:
    asyncio.run(main())
except KeyboardInterrupt:
    print("bye")
    raise SystemExit(130)
