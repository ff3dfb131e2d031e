"""Right: the ends are read twice, once for each list."""

from asyncio import gather


async def send_all(send, addresses):
    ends = await gather(*[send(address) for address in addresses], return_exceptions=True)
    pairs = list(zip(addresses, ends))
    return (
        [(address, end) for address, end in pairs if not isinstance(end, Exception)],
        [(address, end) for address, end in pairs if isinstance(end, Exception)],
    )
