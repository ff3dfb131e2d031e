import asyncio


async def philosopher(name, left, right, log):
    for _ in range(2):
        async with left, right:
            log.append(name)
            await asyncio.sleep(0.03)
        await asyncio.sleep(0.01)


async def main():
    forks = [asyncio.Lock() for _ in range(3)]
    log = []
    pairs = [(0, 1), (1, 2), (0, 2)]
    await asyncio.gather(*(philosopher(n, forks[a], forks[b], log) for n, (a, b) in zip("abc", pairs)))
    print(sorted(log), len(log))


asyncio.run(main())
