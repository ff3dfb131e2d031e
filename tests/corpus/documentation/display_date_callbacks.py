import asyncio


def display(end, loop):
    print("now")
    if loop.time() + 0.15 < end:
        loop.call_later(0.15, display, end, loop)
    else:
        loop.stop()


loop = asyncio.new_event_loop()
loop.call_soon(display, loop.time() + 0.4, loop)
try:
    loop.run_forever()
finally:
    loop.close()
