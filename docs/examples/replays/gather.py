"""gather waits for all, and keeps the order in which they were given."""

import asyncio


async def ask(shop, seconds):
    await asyncio.sleep(seconds)
    print(shop, "has answered")
    return shop


async def main():
    answers = await asyncio.gather(ask("slow", 2), ask("fast", 0.5), ask("other", 1))
    print(answers)


asyncio.run(main())
