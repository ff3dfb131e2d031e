import asyncio


async def spinner(text):
    for sign in __import__("itertools").cycle("|/-\\"):
        print(f"\r{sign} {text}", end="", flush=True)
        try:
            await asyncio.sleep(0.2)
        except asyncio.CancelledError:
            print(f"\r{' ' * (len(text) + 2)}", end="\r")
            break


async def slow():
    await asyncio.sleep(0.3)
    return 42


async def supervise():
    spinning = asyncio.create_task(spinner("thinking"))
    answer = await slow()
    spinning.cancel()
    await spinning
    return answer


print("Answer:", asyncio.run(supervise()))
