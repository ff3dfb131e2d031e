import asyncio


class Flaky:
    def __init__(self, failures):
        self.left = failures

    async def __call__(self):
        await asyncio.sleep(0.01)
        if self.left:
            self.left -= 1
            raise ConnectionError(f"{self.left} to go")
        return "fine"


async def retry(call, times, pause):
    for attempt in range(1, times + 1):
        try:
            return await call()
        except ConnectionError as error:
            print("attempt", attempt, error)
            if attempt == times:
                raise
            await asyncio.sleep(pause * 2**attempt)


async def main():
    print(await retry(Flaky(2), 4, 0.02))
    try:
        await retry(Flaky(5), 2, 0.02)
    except ConnectionError as error:
        print("gave up", error)


asyncio.run(main())
