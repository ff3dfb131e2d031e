"""Mistake: starts a second event loop at the bottom, inside the one that runs.
Caught by: test_the_texts_stay_as_they_are
"""

import asyncio
import time

Station = tuple[str, float | None]
Parcel = tuple[str, list[Station]]


async def track_all(parcels: list[Parcel]) -> list[str]:
    return await asyncio.gather(*(track(parcel) for parcel in parcels))


async def track(parcel: Parcel) -> str:
    name, stations = parcel
    return f"{name}: {route(stations)}"


def route(stations: list[Station]) -> str:
    seen = []
    for station in stations:
        seen.append(ask_scanner(station))
    return " > ".join(seen) or "still at the sender"


def ask_scanner(station: Station) -> str:
    town, seconds = station
    if seconds is None:
        raise LookupError(f"the scanner in {town} is out of order")
    warm_up(seconds)
    return town.upper()


def warm_up(seconds: float) -> None:
    asyncio.run(asyncio.sleep(seconds))
