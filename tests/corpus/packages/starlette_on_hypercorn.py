import asyncio

from hypercorn.asyncio import serve
from hypercorn.config import Config
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route


async def home(request):
    await asyncio.sleep(0.05)
    return PlainTextResponse(f"hello {request.query_params.get('name', 'you')}")


async def get(port, path):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n".encode())
    text = (await reader.read()).decode()
    writer.close()
    return text.split("\r\n")[0], text.split("\r\n\r\n")[1]


async def main():
    import socket

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config = Config()
    config.bind, config.accesslog, config.errorlog = [f"127.0.0.1:{port}"], None, None
    stop = asyncio.Event()
    serving = asyncio.create_task(
        serve(Starlette(routes=[Route("/", home)]), config, shutdown_trigger=stop.wait)
    )
    await asyncio.sleep(0.3)
    print(await asyncio.gather(get(port, "/"), get(port, "/?name=ann")))
    stop.set()
    await serving
    print("stopped")


asyncio.run(main())
