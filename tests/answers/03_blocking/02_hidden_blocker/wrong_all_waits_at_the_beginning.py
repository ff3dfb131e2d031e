"""Mistake: the seconds of all stations are waited for before the first of them is asked.
Caught by: test_an_error_leaves_track_all
"""

import asyncio


async def track_all(parcels):
    return await asyncio.gather(*(track(parcel) for parcel in parcels))


async def track(parcel):
    name, stations = parcel
    await asyncio.sleep(sum(seconds or 0 for _, seconds in stations))
    return f"{name}: {route(stations)}"


def route(stations):
    return " > ".join(ask_scanner(station) for station in stations) or "still at the sender"


def ask_scanner(station):
    town, seconds = station
    if seconds is None:
        raise LookupError(f"the scanner in {town} is out of order")
    return town.upper()
