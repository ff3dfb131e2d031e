import asyncio
import socket


async def main():
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo("127.0.0.1", 80, type=socket.SOCK_STREAM)
    print(found[0][4], found[0][0] == socket.AF_INET)
    host, service = await loop.getnameinfo(("127.0.0.1", 9), socket.NI_NUMERICHOST | socket.NI_NUMERICSERV)
    print(host, service)
    try:
        await loop.getaddrinfo("no.such.name.invalid", 80)
    except socket.gaierror as error:
        print("unknown", isinstance(error, OSError))


asyncio.run(main())
