import asyncio, threading


async def tick(name, n, s):
    for i in range(n):
        print(name, i)
        await asyncio.sleep(s)


async def main():
    await asyncio.sleep(0.05)
    t = threading.Thread(target=asyncio.run, args=(tick("thread", 5, 0.1),))
    t.start()
    await tick("main", 3, 0.13)
    t.join()
    print("joined")


asyncio.run(main())
