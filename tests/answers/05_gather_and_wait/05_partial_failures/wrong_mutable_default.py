"""Mistake: the lists are default arguments and keep what the last call put in.
Caught by: test_another_newsletter
"""

import asyncio
from collections.abc import Awaitable, Callable

Sent = list[tuple[str, str]]
Failed = list[tuple[str, BaseException]]


async def send_all(send, addresses, sent=[], failed=[]):
    res = await asyncio.gather(*map(send, addresses), return_exceptions=True)
    for a, r in zip(addresses, res):
        (failed if isinstance(r, BaseException) else sent).append((a, r))
    return sent, failed
