import asyncio


async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda loop, context: print("handled", context["message"], context.get("exception")))
    loop.call_soon(lambda: 1 / 0)
    await asyncio.sleep(0.05)
    loop.call_exception_handler({"message": "by hand"})
    print(loop.get_debug(), loop.is_running())


asyncio.run(main())
