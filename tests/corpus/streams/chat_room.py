import asyncio

writers = {}


async def say(text, without=None):
    for name, writer in list(writers.items()):
        if name != without:
            writer.write(text.encode() + b"\n")
            await writer.drain()


async def handle(reader, writer):
    name = (await reader.readline()).decode().strip()
    writers[name] = writer
    await say(f"{name} joined", name)
    async for line in reader:
        await say(f"{name}: {line.decode().strip()}", name)
    del writers[name]
    await say(f"{name} left")
    writer.close()


async def guest(address, name, arrives, words, heard):
    await asyncio.sleep(arrives)
    reader, writer = await asyncio.open_connection(*address)
    writer.write(f"{name}\n".encode())

    async def listen():
        async for line in reader:
            heard.append(f"{name} hears {line.decode().strip()}")

    listening = asyncio.create_task(listen())
    for word in words:
        await asyncio.sleep(0.1)
        writer.write(f"{word}\n".encode())
    await asyncio.sleep(0.1)
    writer.close()
    listening.cancel()


async def main():
    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    address, heard = server.sockets[0].getsockname(), []
    await asyncio.gather(
        guest(address, "ann", 0, ["one", "two", "three"], heard), guest(address, "bob", 0.15, ["hi"], heard)
    )
    server.close()
    print(*heard, sep="\n")


asyncio.run(main())
