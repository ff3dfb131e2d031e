import asyncio

import zmq
import zmq.asyncio


async def main():
    context = zmq.asyncio.Context()
    answers = context.socket(zmq.REP)
    port = answers.bind_to_random_port("tcp://127.0.0.1")

    async def serve():
        for _ in range(2):
            message = await answers.recv_string()
            await asyncio.sleep(0.05)
            await answers.send_string(message[::-1])

    task = asyncio.create_task(serve())
    asks = context.socket(zmq.REQ)
    asks.connect(f"tcp://127.0.0.1:{port}")
    for word in ("abc", "def"):
        await asks.send_string(word)
        print(await asks.recv_string())
    await task
    for socket in (asks, answers):
        socket.close(linger=0)
    context.term()
    print("end")


asyncio.run(main())
