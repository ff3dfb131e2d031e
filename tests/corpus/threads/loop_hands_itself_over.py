import asyncio
import threading

ready = threading.Event()
shared = {}


async def serve():
    shared["loop"], shared["stop"] = asyncio.get_running_loop(), asyncio.Event()
    ready.set()
    await shared["stop"].wait()
    print("served")


thread = threading.Thread(target=lambda: asyncio.run(serve()))
thread.start()
ready.wait()
print(asyncio.run_coroutine_threadsafe(asyncio.sleep(0.1, "over there"), shared["loop"]).result())
shared["loop"].call_soon_threadsafe(shared["stop"].set)
thread.join()
print("ended")
