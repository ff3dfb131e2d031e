"""Three shops are asked at once; gather, wait and as_completed hand the answers over in different ways."""

import asyncio


async def ask(shop, seconds):
    await asyncio.sleep(seconds)
    return shop


def all_shops():
    plan = {"/slow": 2, "/fast": 0.5, "/other": 1}
    return [asyncio.create_task(ask(shop, seconds), name=shop) for shop, seconds in plan.items()]


async def main():
    print("gather:", await asyncio.gather(*all_shops()))
    for answer in asyncio.as_completed(all_shops()):
        print("as_completed:", await answer)


asyncio.run(main())
