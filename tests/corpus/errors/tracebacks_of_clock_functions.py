"""Functions that are given what they cannot take, with the whole traceback of each."""

import asyncio
import sys
import threading
import time
import traceback


def attempt(call):
    try:
        call()
    except Exception:
        print(traceback.format_exc())


for call in (
    lambda: time.sleep(-1),
    lambda: time.sleep("x"),
    lambda: time.sleep(float("nan")),
    lambda: time.sleep(float("inf")),
    lambda: time.ctime("now"),
    lambda: time.localtime("now"),
    lambda: time.strftime(3),
    lambda: asyncio.run(3),
    lambda: asyncio.create_task(3),
    lambda: threading.Thread().join(),
    lambda: asyncio.get_running_loop(),
    lambda: asyncio.as_completed(3),
):
    attempt(call)


async def main():
    loop = asyncio.get_running_loop()
    for call in (
        lambda: loop.call_later(None, print),
        lambda: loop.call_later("soon", print),
        lambda: loop.call_at(None, print),
        lambda: asyncio.create_task(3),
        lambda: loop.create_task("main"),
        lambda: loop.run_until_complete(3),
        lambda: loop.close(),
    ):
        attempt(call)
    for wrong in (asyncio.to_thread(time.sleep, -1), loop.run_in_executor(None, time.sleep, "x")):
        try:
            await wrong
        except (TypeError, ValueError):
            print(traceback.format_exc())
    traceback.print_stack(file=sys.stdout)
    asyncio.current_task().print_stack(file=sys.stdout)
    print(asyncio.create_task(asyncio.sleep(0)).get_name(), loop.is_running())


asyncio.run(main())
