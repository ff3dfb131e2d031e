"""Right: gather itself gives one object that it is handed twice one wait and two results."""

import asyncio
import inspect


async def resolve(parts):
    places = [place for place, part in enumerate(parts) if inspect.isawaitable(part)]
    results = await asyncio.gather(*[parts[place] for place in places])
    whole = list(parts)
    for place, result in zip(places, results):
        whole[place] = result
    return whole
