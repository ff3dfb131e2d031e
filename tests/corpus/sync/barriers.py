import asyncio


async def runner(name, seconds, barrier, log):
    await asyncio.sleep(seconds)
    log.append(f"{name} at the line")
    async with barrier as place:
        if place == 0:
            log.append("first was " + name)
        await asyncio.sleep(0)


async def main():
    barrier, log = asyncio.Barrier(3), []
    await asyncio.gather(*(runner(n, s, barrier, log) for n, s in (("a", 0.1), ("b", 0.05), ("c", 0.15))))
    print(*log, sep="\n")
    waiting = asyncio.create_task(barrier.wait())
    await asyncio.sleep(0.01)
    print(barrier.n_waiting, barrier.parties, barrier.broken)
    await barrier.abort()
    try:
        await waiting
    except asyncio.BrokenBarrierError:
        print("broken", barrier.broken)
    await barrier.reset()
    print(barrier.broken)


asyncio.run(main())
