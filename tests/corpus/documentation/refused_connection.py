import asyncio
import socket


async def main():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        try:
            await asyncio.open_connection("127.0.0.1", port)
        except ConnectionRefusedError as error:
            print("refused", error.errno == 111)
        try:
            await asyncio.wait_for(asyncio.open_connection("127.0.0.1", port), 1)
        except OSError as error:
            print(type(error).__name__)
    server = await asyncio.start_server(lambda r, w: None, "127.0.0.1", 0)
    try:
        await asyncio.start_server(lambda r, w: None, *server.sockets[0].getsockname(), reuse_address=False)
    except OSError as error:
        print("taken", error.errno == 98)
    server.close()
    await server.wait_closed()


asyncio.run(main())
