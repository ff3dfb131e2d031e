import asyncio
import gc


async def fail():
    raise ValueError("nobody asks")


async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda loop, context: print(sorted(context), context["message"]))
    task = asyncio.create_task(fail(), name="lost")
    await asyncio.sleep(0.01)
    del task
    gc.collect()
    future = loop.create_future()
    future.set_exception(KeyError("future"))
    del future
    gc.collect()
    print("end")


asyncio.run(main())
