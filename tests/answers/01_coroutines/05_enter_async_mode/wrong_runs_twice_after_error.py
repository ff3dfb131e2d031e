"""Mistake: after an error everything is asked a second time.
Caught by: test_an_error_leaves_the_report_and_closes_the_loop
"""

import asyncio
from collections.abc import Awaitable, Callable

Ask = Callable[[str], Awaitable[int]]


async def collect(ask: Ask, branches: list[str]) -> dict[str, int]:
    takings = {}
    for branch in branches:
        takings[branch] = await ask(branch)
    return takings


def nightly_report(ask: Ask, branches: list[str]) -> dict[str, int]:

    try:
        return asyncio.run(collect(ask, branches))
    except Exception:
        return asyncio.run(collect(ask, branches))
