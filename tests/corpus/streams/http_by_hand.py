import asyncio


async def handle(reader, writer):
    request = (await reader.readline()).decode()
    headers = {}
    while (line := (await reader.readline()).decode().strip()):
        key, _, value = line.partition(":")
        headers[key.lower()] = value.strip()
    _, path, _ = request.split()
    if path == "/slow":
        await asyncio.sleep(0.2)
    body = f"{path} for {headers['host']}".encode()
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body))
    await writer.drain()
    writer.close()


async def get(address, path):
    reader, writer = await asyncio.open_connection(*address)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: here\r\n\r\n".encode())
    status = await reader.readline()
    await reader.readuntil(b"\r\n\r\n")
    body = await reader.read()
    print(status.decode().strip(), body.decode())
    writer.close()
    await writer.wait_closed()


async def main():
    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    address = server.sockets[0].getsockname()
    await asyncio.gather(get(address, "/slow"), get(address, "/quick"))
    server.close()


asyncio.run(main())
