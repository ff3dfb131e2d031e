import asyncio
import time


async def step(name, seconds):
    await asyncio.sleep(seconds)
    print(name)
    return name


began = time.monotonic()
asyncio.run(step("first", 0.1))
time.sleep(0.1)
print(asyncio.run(step("second", 0.1)))
try:
    asyncio.run(asyncio.wait_for(step("third", 9), 0.1))
except TimeoutError:
    print("late")
print(0.39 < time.monotonic() - began < 2)
