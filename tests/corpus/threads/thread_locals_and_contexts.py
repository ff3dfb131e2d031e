import asyncio
import contextvars
import threading
import time

local = threading.local()
variable = contextvars.ContextVar("variable", default="unset")


def work(number):
    local.number = number
    time.sleep(0.05)
    return local.number, variable.get()


async def main():
    variable.set("main")
    print(await asyncio.gather(*(asyncio.to_thread(work, number) for number in range(3))))
    print(await asyncio.get_running_loop().run_in_executor(None, work, 9))
    print(hasattr(local, "number"))


asyncio.run(main())
