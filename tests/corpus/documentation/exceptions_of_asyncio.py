import asyncio


async def main():
    print(asyncio.TimeoutError is TimeoutError, issubclass(asyncio.CancelledError, BaseException))
    task = asyncio.create_task(asyncio.sleep(0.05))
    for ask in (task.result, task.exception):
        try:
            ask()
        except asyncio.InvalidStateError as error:
            print(error)
    task.cancel()
    await asyncio.wait([task])
    try:
        task.result()
    except asyncio.CancelledError:
        print("was cancelled")
    reader = asyncio.StreamReader(limit=8)
    reader.feed_data(b"a line that is long\nshort")
    try:
        await reader.readuntil(b"\n")
    except asyncio.LimitOverrunError as error:
        print(error.consumed, str(error)[:9])
    reader.feed_eof()
    print(await reader.readline() if False else await reader.read(7))
    try:
        await reader.readexactly(100)
    except asyncio.IncompleteReadError as error:
        print(len(error.partial), error.expected)


asyncio.run(main())
