import asyncio
import sys

CHILD = """
import sys
for line in sys.stdin:
    print(line.strip()[::-1], flush=True)
print("bye", flush=True)
"""


async def main():
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", CHILD, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    for word in ("abc", "level", "live"):
        process.stdin.write(f"{word}\n".encode())
        await process.stdin.drain()
        print((await process.stdout.readline()).decode().strip())
    process.stdin.close()
    print(await process.stdout.read(), await process.wait())


asyncio.run(main())
