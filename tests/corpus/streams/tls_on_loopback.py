import asyncio
import pathlib
import ssl

beside = pathlib.Path(__file__).with_name("tls_on_loopback.pem")


async def handle(reader, writer):
    line = await reader.readline()
    writer.write(line.upper())
    await writer.drain()
    writer.close()


async def main():
    server_side = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server_side.load_cert_chain(beside)
    client_side = ssl.create_default_context(cafile=str(beside))
    server = await asyncio.start_server(handle, "127.0.0.1", 0, ssl=server_side)
    reader, writer = await asyncio.open_connection(
        *server.sockets[0].getsockname(), ssl=client_side, server_hostname="localhost"
    )
    writer.write(b"in secret\n")
    print(await reader.readline(), writer.get_extra_info("cipher") is not None)
    writer.close()
    server.close()


asyncio.run(main())
