import asyncio
import functools
import os
import signal


def ask_exit(name, loop):
    print("got signal", name, ": exit")
    loop.stop()


loop = asyncio.new_event_loop()
for name in ("SIGINT", "SIGTERM"):
    loop.add_signal_handler(getattr(signal, name), functools.partial(ask_exit, name, loop))
loop.call_later(0.1, os.kill, os.getpid(), signal.SIGTERM)
print("Event loop running; press Ctrl+C to interrupt.")
try:
    loop.run_forever()
finally:
    loop.close()
