import asyncio
import sys

CHILD = "import time\nfor n in range(3):\n    print(n, flush=True)\n    time.sleep(0.1)\n"


async def main():
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", CHILD, stdout=asyncio.subprocess.PIPE)
    async for line in process.stdout:
        print("line", line.decode().strip())
    print(await process.wait())


asyncio.run(main())
