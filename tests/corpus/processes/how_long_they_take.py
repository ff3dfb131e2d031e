"""Time passes while other processes work, whoever looks at the clock."""

import asyncio
import time


async def run(command):
    process = await asyncio.create_subprocess_shell(command, stdout=asyncio.subprocess.PIPE)
    out, _ = await process.communicate()
    return out.decode().strip(), process.returncode


async def main():
    begun = time.perf_counter()
    print(await run("sleep 0.4; echo slept"))
    print(0.3 < time.perf_counter() - begun < 0.9)
    print(await asyncio.gather(run("sleep 0.4; exit 3"), run("sleep 0.2; echo both")))
    print(0.6 < time.perf_counter() - begun < 1.5)


asyncio.run(main())
