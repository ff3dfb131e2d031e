"""A group of four: one has ended, one fails, and two are stopped and tidy up."""

import asyncio


async def load(seconds, tidying=0.0):
    try:
        await asyncio.sleep(seconds)
        if seconds == 1.5:
            raise ValueError("line 7")
    except asyncio.CancelledError:
        await asyncio.sleep(tidying)
        raise


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(load(1), name="users")
            group.create_task(load(1.5), name="orders")
            group.create_task(load(9, tidying=0.5), name="stock")
            group.create_task(load(9, tidying=1), name="prices")
    except* ValueError as problems:
        print("problems:", *problems.exceptions)


asyncio.run(main())
