"""Right: every mirror reports to one future; the last failure reports that all is lost."""

import asyncio


class AllFailed(Exception):
    pass


async def fastest(fetch, mirrors):
    if not mirrors:
        raise AllFailed("no mirrors")
    finish = asyncio.get_running_loop().create_future()
    failures = []

    async def run(mirror):
        try:
            file = await fetch(mirror)
        except Exception as error:
            failures.append(error)
            if len(failures) == len(mirrors) and not finish.done():
                finish.set_exception(AllFailed("every mirror failed"))
        else:
            if not finish.done():
                finish.set_result(file)

    tasks = [asyncio.create_task(run(mirror)) for mirror in mirrors]
    try:
        return await finish
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
