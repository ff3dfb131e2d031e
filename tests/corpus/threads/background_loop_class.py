import asyncio
import threading


class Background:
    def __init__(self):
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self._run, name="background")

    def _run(self):
        asyncio.set_event_loop(self.loop)
        self.loop.run_forever()
        self.loop.run_until_complete(self.loop.shutdown_asyncgens())
        self.loop.close()

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *error):
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()

    def call(self, coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result()


async def where(seconds):
    await asyncio.sleep(seconds)
    return threading.current_thread().name


async def fail():
    await asyncio.sleep(0.05)
    raise LookupError("in the other loop")


with Background() as background:
    print(background.call(where(0.1)))
    try:
        background.call(fail())
    except LookupError as error:
        print("error", error)
    futures = [asyncio.run_coroutine_threadsafe(where(n / 10), background.loop) for n in (2, 1)]
    print([future.result() for future in futures])
print(background.loop.is_closed(), background.thread.is_alive())
