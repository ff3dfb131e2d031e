import asyncio
import sys


async def get_date():
    code = "import datetime; print(datetime.datetime(2030, 5, 6))"
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", code, stdout=asyncio.subprocess.PIPE)
    line = (await process.stdout.readline()).decode("ascii").rstrip()
    await process.wait()
    return line


async def run(command):
    process = await asyncio.create_subprocess_shell(
        command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    out, err = await process.communicate()
    print(f"[{command!r} exited with {process.returncode}]")
    for name, text in (("stdout", out), ("stderr", err)):
        if text:
            print(f"[{name}]\n{text.decode()}", end="")


async def main():
    print(await get_date())
    await run("echo fine; echo wrong >&2; exit 3")
    await asyncio.gather(run("sleep 0.4; echo late"), run("echo early"))


asyncio.run(main())
