import asyncio


async def dots():
    for _ in range(3):
        print(".", end="", flush=True)
        await asyncio.sleep(0.1)
    print()


async def other():
    await asyncio.sleep(0.15)
    print("other")


async def main():
    await asyncio.gather(dots(), other())
    print("\x1b[31mred\x1b[0m")
    for i in range(3):
        print(f"\r{i} %", end="")
        await asyncio.sleep(0.1)
    print()


asyncio.run(main())
