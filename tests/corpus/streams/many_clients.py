import asyncio


async def handle(reader, writer):
    number = int(await reader.readline())
    await asyncio.sleep(number / 50)
    writer.write(b"%d\n" % (number * number))
    writer.close()


async def ask(address, number):
    reader, writer = await asyncio.open_connection(*address)
    writer.write(b"%d\n" % number)
    answer = int(await reader.readline())
    print(number, answer)
    writer.close()
    await writer.wait_closed()
    return answer


async def main():
    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    async with server:
        print(await asyncio.gather(*(ask(server.sockets[0].getsockname(), number) for number in (5, 1, 3))))


asyncio.run(main())
