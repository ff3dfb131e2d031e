import asyncio


async def work(number):
    await asyncio.sleep(number / 10)
    if number == 2:
        raise OSError("two")
    return number


async def main():
    for when in (asyncio.FIRST_COMPLETED, asyncio.FIRST_EXCEPTION, asyncio.ALL_COMPLETED):
        tasks = [asyncio.create_task(work(number)) for number in (1, 2, 3)]
        done, pending = await asyncio.wait(tasks, return_when=when)
        print(when, len(done), len(pending))
        for task in pending:
            task.cancel()
        print(await asyncio.gather(*tasks, return_exceptions=True))
    done, pending = await asyncio.wait([asyncio.create_task(work(3))], timeout=0.1)
    print(len(done), len(pending))
    await asyncio.gather(*pending)


asyncio.run(main())
