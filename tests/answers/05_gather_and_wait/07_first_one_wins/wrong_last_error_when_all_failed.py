"""Mistake: when all have failed, the error of the last mirror comes out.
Caught by: test_all_failed
"""

import asyncio


class AllFailed(Exception):
    pass


async def fastest(fetch, mirrors):
    tasks = [asyncio.create_task(fetch(mirror)) for mirror in mirrors]
    last = AllFailed()
    try:
        for following in asyncio.as_completed(tasks):
            try:
                return await following
            except Exception as error:
                last = error
        raise last
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
