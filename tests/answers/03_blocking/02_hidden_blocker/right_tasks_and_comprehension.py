"""Right: tasks for the parcels, and the small functions in one."""

import asyncio


async def scan(town, seconds):
    if seconds is None:
        raise LookupError(f"the scanner in {town} is out of order")
    await asyncio.sleep(seconds)
    return town.upper()


async def track_all(parcels):
    tasks = [asyncio.create_task(track(parcel)) for parcel in parcels]
    return list(await asyncio.gather(*tasks))


async def track(parcel):
    name, stations = parcel
    towns = [await scan(town, seconds) for town, seconds in stations]
    return f"{name}: {' > '.join(towns) or 'still at the sender'}"
