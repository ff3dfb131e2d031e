"""Right: each request stores its page in its own place."""

import asyncio as aio


async def fetch_all(fetch, urls):
    pages = [""] * len(urls)

    async def fetch_one(place, url):
        pages[place] = await fetch(url)

    await aio.gather(*[fetch_one(place, url) for place, url in enumerate(urls)])
    return pages
