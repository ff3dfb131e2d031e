"""Mistake: makes every function async, and keeps time.sleep at the bottom.
Caught by: test_all_parcels_are_tracked_at_the_same_time
"""

import asyncio
import time

Station = tuple[str, float | None]
Parcel = tuple[str, list[Station]]


async def track_all(parcels: list[Parcel]) -> list[str]:
    return await asyncio.gather(*(track(parcel) for parcel in parcels))


async def track(parcel: Parcel) -> str:
    name, stations = parcel
    return f"{name}: {await route(stations)}"


async def route(stations: list[Station]) -> str:
    seen = []
    for station in stations:
        seen.append(await ask_scanner(station))
    return " > ".join(seen) or "still at the sender"


async def ask_scanner(station: Station) -> str:
    town, seconds = station
    if seconds is None:
        raise LookupError(f"the scanner in {town} is out of order")
    await warm_up(seconds)
    return town.upper()


async def warm_up(seconds: float) -> None:
    time.sleep(seconds)
