"""Mistake: coroutine functions are called, though nobody asked for that.
Caught by: test_plain_parts_stay_as_they_are
"""

import asyncio
import inspect


async def resolve(parts):
    made = [part() if inspect.iscoroutinefunction(part) else part for part in parts]
    places = [place for place, part in enumerate(made) if inspect.isawaitable(part)]
    for place, result in zip(places, await asyncio.gather(*[made[place] for place in places])):
        made[place] = result
    return made
