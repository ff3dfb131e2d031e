import asyncio
import socket
import threading


def accept(listener, number, served):
    while True:
        connection, _ = listener.accept()
        with connection:
            asked = connection.recv(100)
            if asked == b"stop":
                return
            served.append((number, asked.decode()))
            connection.sendall(asked.upper())


async def ask(address, word):
    reader, writer = await asyncio.open_connection(*address)
    writer.write(word.encode())
    answer = await reader.read()
    writer.close()
    return answer.decode()


async def main():
    served = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threads = [threading.Thread(target=accept, args=(listener, number, served)) for number in range(3)]
        for thread in threads:
            thread.start()
        for word in ("one", "two", "three", "four"):
            print(await ask(listener.getsockname(), word))
        await asyncio.gather(*(ask(listener.getsockname(), "stop") for _ in threads))
        for thread in threads:
            await asyncio.to_thread(thread.join)
    print(sorted(word for _, word in served))


asyncio.run(main())
