import anyio


async def handle(client):
    async with client:
        while True:
            try:
                await client.send((await client.receive()).upper())
            except anyio.EndOfStream:
                break
    print("client gone")


async def main():
    listener = await anyio.create_tcp_listener(local_host="127.0.0.1", local_port=0)
    port = listener.extra(anyio.abc.SocketAttribute.local_port)
    async with anyio.create_task_group() as group:
        group.start_soon(listener.serve, handle)
        async with await anyio.connect_tcp("127.0.0.1", port) as stream:
            for word in (b"one", b"two"):
                await stream.send(word)
                print(await stream.receive())
        await anyio.sleep(0.05)
        group.cancel_scope.cancel()
    result = await anyio.run_process(["echo", "from a process"])
    print(result.stdout)


anyio.run(main)
