import asyncio
import pathlib
import tempfile


def write(path, text):
    path.write_text(text)
    return path.read_text()


async def main():
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "x.txt")
        print(await asyncio.to_thread(write, path, "hello"), path.exists())
    print(path.exists())


asyncio.run(main())
