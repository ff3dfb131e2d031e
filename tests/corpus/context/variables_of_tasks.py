import asyncio
import contextvars

user = contextvars.ContextVar("user")
depth = contextvars.ContextVar("depth", default=0)


async def child(name):
    depth.set(depth.get() + 1)
    await asyncio.sleep(0.02)
    return name, user.get(), depth.get()


async def handle(name):
    token = user.set(name)
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(child(f"{name}{number}")) for number in range(2)]
    user.reset(token)
    return [task.result() for task in tasks], depth.get()


async def main():
    for result in await asyncio.gather(handle("ann"), handle("bo")):
        print(result)
    try:
        user.get()
    except LookupError:
        print("unset here")


asyncio.run(main())
