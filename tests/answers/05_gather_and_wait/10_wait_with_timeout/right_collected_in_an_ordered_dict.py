"""Right: each request files its own offer, in an OrderedDict as in older Python."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable


async def offers(
    ask: Callable[[str], Awaitable[str]], airlines: list[str], limit: float
) -> tuple[dict[str, str], list[str]]:
    there: OrderedDict[str, str] = OrderedDict()

    async def request(airline: str) -> None:
        there[airline] = await ask(airline)

    requests = [asyncio.ensure_future(request(airline)) for airline in airlines]
    if requests:
        _, pending = await asyncio.wait(requests, timeout=limit)
        for each in pending:
            each.cancel()
        if pending:
            await asyncio.wait(pending)
    return there, [airline for airline in airlines if airline not in there]
