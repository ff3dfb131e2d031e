import asyncio
import contextvars

number = contextvars.ContextVar("number", default=1)


async def add(value):
    await asyncio.sleep(0.01)
    number.set(number.get() + value)


async def main():
    loop = asyncio.get_running_loop()
    context = contextvars.copy_context()
    await asyncio.create_task(add(5), context=context)
    await loop.create_task(add(6), context=context)
    print(context[number], number.get())
    loop.call_soon(lambda: print("callback sees", number.get()), context=context)
    loop.call_later(0.01, lambda: print("timer sees", number.get()))
    context.run(number.set, 100)
    await asyncio.sleep(0.05)
    print(dict(context)[number])


asyncio.run(main())
