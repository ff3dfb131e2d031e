import asyncio
import gc
import warnings

warnings.simplefilter("always")
warnings.showwarning = lambda message, kind, *rest: print(kind.__name__, str(message).split(" ")[0])


async def main():
    server = await asyncio.start_server(lambda reader, writer: None, "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    await asyncio.sleep(0.01)
    server.close()
    writer.close()
    await writer.wait_closed()


asyncio.run(main())
loop = asyncio.new_event_loop()
del loop
gc.collect()
print("end")
