import asyncio
import io

from tqdm.asyncio import tqdm


async def work(number):
    await asyncio.sleep(number / 20)
    return number


async def main():
    hidden = io.StringIO()
    print(await tqdm.gather(*(work(number) for number in (3, 1, 2)), file=hidden))
    for done in tqdm.as_completed([work(number) for number in (3, 1, 2)], file=hidden):
        print(await done)
    print("3/3" in hidden.getvalue())


asyncio.run(main())
