import asyncio
import selectors
import socket
import threading


def serve(listener, wake):
    with selectors.DefaultSelector() as selector:
        selector.register(listener, selectors.EVENT_READ, "listener")
        selector.register(wake, selectors.EVENT_READ, "wake")
        while True:
            for key, _ in selector.select():
                if key.data == "wake":
                    print("told to stop")
                    return
                if key.data == "listener":
                    connection, _ = key.fileobj.accept()
                    connection.setblocking(False)
                    selector.register(connection, selectors.EVENT_READ, "client")
                elif data := key.fileobj.recv(1000):
                    key.fileobj.send(data[::-1])
                else:
                    selector.unregister(key.fileobj)
                    key.fileobj.close()


async def ask(address, word):
    reader, writer = await asyncio.open_connection(*address)
    writer.write(word.encode())
    answer = await reader.read(100)
    await asyncio.sleep(0.1)
    writer.close()
    await writer.wait_closed()
    return answer.decode()


async def main():
    ours, theirs = socket.socketpair()
    with ours, theirs, socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve, args=(listener, theirs))
        thread.start()
        words = ["stressed", "drawer", "parts", "level"]
        print(await asyncio.gather(*(ask(listener.getsockname(), word) for word in words)))
        ours.send(b"x")
        await asyncio.to_thread(thread.join)


asyncio.run(main())
