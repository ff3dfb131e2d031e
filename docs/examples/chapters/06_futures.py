"""The exchange rate: two wait for it, the bank sets it, and whoever comes later has it at once."""

import asyncio


async def visitor(rate, comes_at):
    await asyncio.sleep(comes_at)
    print(await rate)


async def main():
    rate = asyncio.get_running_loop().create_future()
    async with asyncio.TaskGroup() as shop:
        for name, comes_at in (("Ada", 0), ("Bo", 1), ("Cy", 3)):
            shop.create_task(visitor(rate, comes_at), name=name)
        await asyncio.sleep(2)
        rate.set_result(0.95)  # the bank answers


asyncio.run(main())
