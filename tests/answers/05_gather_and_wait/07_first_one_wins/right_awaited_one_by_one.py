"""Right: the losers are first all cancelled, then awaited one by one."""

import asyncio
from contextlib import suppress


class AllFailed(Exception):
    pass


async def ask(fetch, mirror):
    try:
        return [await fetch(mirror)]
    except Exception:
        return []


async def fastest(fetch, mirrors):
    pending = [asyncio.ensure_future(ask(fetch, mirror)) for mirror in mirrors]
    found = []
    while pending and not found:
        done, pending = await asyncio.wait(pending, return_when="FIRST_COMPLETED")
        for task in done:
            found += task.result()
    for task in pending:
        task.cancel()
    for task in pending:
        with suppress(asyncio.CancelledError):
            await task
    if not found:
        raise AllFailed(", ".join(mirrors))
    return found[0]
