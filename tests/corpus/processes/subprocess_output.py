import asyncio
import sys


async def main():
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", "print('from child'); import sys; sys.exit(4)", stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate()
    print(out, process.returncode)
    process = await asyncio.create_subprocess_shell("cat", stdin=-1, stdout=-1)
    print(await process.communicate(b"to cat"))
    process = await asyncio.create_subprocess_exec("sleep", "5")
    await asyncio.sleep(0.1)
    process.terminate()
    print(await process.wait())


asyncio.run(main())
