import asyncio
import sys


async def child(number):
    code = f"import time; time.sleep({number * 0.25}); print({number})"
    process = await asyncio.create_subprocess_exec(sys.executable, "-S", "-c", code, stdout=asyncio.subprocess.PIPE)
    out, _ = await process.communicate()
    print("child", out.decode().strip())


async def main():
    limit = asyncio.Semaphore(3)

    async def limited(number):
        async with limit:
            await child(number)

    await asyncio.gather(*(limited(number) for number in (3, 1, 2)))


asyncio.run(main())
