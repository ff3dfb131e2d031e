import asyncio
import sys


async def main():
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", "import time; time.sleep(30)")
    try:
        await asyncio.wait_for(process.wait(), 0.3)
    except TimeoutError:
        print("too slow")
        process.kill()
    print(await process.wait())
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", "raise SystemExit(7)")
    print(await process.wait(), process.returncode)
    try:
        await asyncio.create_subprocess_exec("no-such-program-here")
    except FileNotFoundError as error:
        print(error.errno)


asyncio.run(main())
