import asyncio
import sys


async def main():
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        print(line.rstrip().upper())
    print("end of input", sys.stdin.read() == "")


asyncio.run(main())
