import asyncio


def hello(loop, left):
    print("hello", left)
    if left:
        loop.call_later(0.1, hello, loop, left - 1)
    else:
        loop.stop()


loop = asyncio.new_event_loop()
loop.call_soon(hello, loop, 3)
loop.call_at(loop.time() + 0.25, print, "between")
handle = loop.call_later(0.2, print, "never")
handle.cancel()
try:
    loop.run_forever()
finally:
    loop.close()
print(loop.is_closed(), handle.cancelled())
