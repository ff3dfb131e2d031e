"""Two tasks are awaited one after the other, and wait at the same time all the same."""

import asyncio


async def cook(dish, minutes):
    await asyncio.sleep(minutes)
    print(dish, "is ready")
    return dish


async def main():
    rice = asyncio.create_task(cook("rice", 3), name="rice")
    tea = asyncio.create_task(cook("tea", 1), name="tea")
    first = await rice  # the tea is ready long before
    second = await tea
    print(first, "and", second)


asyncio.run(main())
