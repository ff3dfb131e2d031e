"""Mistake: the tasks are kept by name, so one of two parcels with the same name is lost.
Caught by: test_the_texts_stay_as_they_are
"""

import asyncio


async def track_all(parcels):
    tasks = {parcel[0]: asyncio.create_task(track(parcel)) for parcel in parcels}
    return [await task for task in tasks.values()]


async def track(parcel):
    name, stations = parcel
    seen = [await ask_scanner(station) for station in stations]
    return f"{name}: {' > '.join(seen) or 'still at the sender'}"


async def ask_scanner(station):
    town, seconds = station
    if seconds is None:
        raise LookupError(f"the scanner in {town} is out of order")
    await asyncio.sleep(seconds)
    return town.upper()
