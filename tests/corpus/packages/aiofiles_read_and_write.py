import asyncio
import pathlib
import tempfile

import aiofiles
import aiofiles.os


async def main():
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "notes.txt")
        async with aiofiles.open(path, "w") as stream:
            await stream.writelines([f"line {number}\n" for number in range(3)])
        async with aiofiles.open(path) as stream:
            async for line in stream:
                print(line.strip())
        print((await aiofiles.os.stat(path)).st_size, await aiofiles.os.path.exists(path))
        await asyncio.gather(*(copy(path, path.with_suffix(f".{number}")) for number in range(4)))
        print(sorted(await aiofiles.os.listdir(folder)))
        await aiofiles.os.remove(path)
        print(path.exists())


async def copy(source, target):
    async with aiofiles.open(source, "rb") as reading, aiofiles.open(target, "wb") as writing:
        await writing.write(await reader_of(reading))


async def reader_of(stream):
    return await stream.read()


asyncio.run(main())
