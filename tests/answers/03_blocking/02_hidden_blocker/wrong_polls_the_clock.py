"""Mistake: looks at the clock again and again in small blocking naps.
Caught by: test_the_event_loop_stays_free
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
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        time.sleep(0.05)
