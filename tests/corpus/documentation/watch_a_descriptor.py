import asyncio
from socket import socketpair

left, right = socketpair()
loop = asyncio.new_event_loop()


def reader():
    print("received", left.recv(100).decode())
    loop.remove_reader(left)
    loop.stop()


loop.add_reader(left, reader)
loop.call_later(0.1, right.send, b"abc")
loop.run_forever()
left.close()
right.close()
loop.close()
