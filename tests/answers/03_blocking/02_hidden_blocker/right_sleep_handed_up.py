"""Right: the function at the bottom stays ordinary and returns something that the caller awaits."""

import asyncio

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


def warm_up(seconds: float):
    return asyncio.sleep(seconds)
