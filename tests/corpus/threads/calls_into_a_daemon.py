import asyncio, threading, time

loop = asyncio.new_event_loop()
threading.Thread(target=loop.run_forever, daemon=True).start()


async def work(n):
    await asyncio.sleep(n / 10)
    return n


print(asyncio.run_coroutine_threadsafe(work(2), loop).result())
fs = [asyncio.run_coroutine_threadsafe(work(n), loop) for n in (3, 1)]
print([f.result() for f in fs])
time.sleep(0.2)
loop.call_soon_threadsafe(loop.stop)
print("end")
