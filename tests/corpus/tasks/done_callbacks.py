import asyncio
import contextvars

request = contextvars.ContextVar("request", default="none")


async def work():
    request.set("inside")
    await asyncio.sleep(0.05)
    return request.get()


async def main():
    request.set("outside")
    task = asyncio.create_task(work())
    task.add_done_callback(lambda done: print("first", done.result(), request.get()))
    task.add_done_callback(lambda done: print("second", done is task))
    print(await task, request.get())
    await asyncio.sleep(0)


asyncio.run(main())
