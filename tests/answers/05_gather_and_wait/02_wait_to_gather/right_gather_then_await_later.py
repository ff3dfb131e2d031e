"""Right: gather schedules everything, its future is awaited a line later."""

from asyncio import gather


async def fetch_all(fetch, urls):
    requests = list(map(fetch, urls))
    everything = gather(*requests)
    pages = []
    pages += await everything
    return pages
