import asyncio


async def work(number):
    await asyncio.sleep(number / 20)
    return number


async def main():
    for earliest in asyncio.as_completed([work(3), work(1), work(2)]):
        print(await earliest)
    try:
        for earliest in asyncio.as_completed([work(8), work(1)], timeout=0.1):
            print(await earliest)
    except TimeoutError:
        print("too late")


asyncio.run(main())
