"""Mistake: an address that timed out is mailed a second time.
Caught by: test_all_copies_wait_at_the_same_time
"""

import asyncio


async def send_all(send, addresses):
    async def run(address):
        try:
            return await send(address)
        except TimeoutError:
            return await send(address)

    ends = await asyncio.gather(*map(run, addresses), return_exceptions=True)
    pairs = list(zip(addresses, ends, strict=True))
    return (
        [(address, end) for address, end in pairs if not isinstance(end, Exception)],
        [(address, end) for address, end in pairs if isinstance(end, Exception)],
    )
