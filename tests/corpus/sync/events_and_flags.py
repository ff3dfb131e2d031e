import asyncio


async def light(event):
    for colour, seconds in (("green", 0.1), ("red", 0.1), ("green", 0.05)):
        (event.set if colour == "green" else event.clear)()
        print(colour)
        await asyncio.sleep(seconds)


async def car(name, arrives, event):
    await asyncio.sleep(arrives)
    await event.wait()
    print(name, "drives")


async def main():
    event = asyncio.Event()
    print(event.is_set(), repr(event).split("[")[1])
    await asyncio.gather(light(event), car("first", 0.05, event), car("second", 0.15, event))


asyncio.run(main())
