"""Mistake: blocks in a thread of its own and asks again and again whether it has ended.
Caught by: test_no_thread_is_started
"""

import asyncio
import threading
import time

Station = tuple[str, float | None]
Parcel = tuple[str, list[Station]]


async def track_all(parcels: list[Parcel]) -> list[str]:
    return await asyncio.gather(*(track(parcel) for parcel in parcels))


async def track(parcel: Parcel) -> str:
    name, stations = parcel
    found = []
    thread = threading.Thread(target=lambda: found.append(route(stations)))
    thread.start()
    while thread.is_alive():
        await asyncio.sleep(0.3)
    return f"{name}: {found[0]}"


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
    time.sleep(seconds)
