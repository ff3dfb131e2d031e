"""Tries: let a class of its own, which nobody records, run coroutines step by step on callbacks of the loop.
For: 05_gather_and_wait/02_wait_to_gather
Must: earn nothing for test_gather_does_the_waiting
"""


async def gather(*awaitables):
    return [await each for each in awaitables]


async def fetch_all(fetch, urls):
    # asyncio.gather(*calls) is what the text asks for, and this is only called like it.
    return await gather(*[fetch(url) for url in urls])
