"""The hidden blocker.

Why: whoever waits must suspend, and only a coroutine can. So the sleep at the bottom becomes one that is
awaited, its function becomes a coroutine function, and so does every function on the way up, each with an
`await` at its call. One ordinary function left in that chain, and everything below it blocks as before.
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
    await asyncio.sleep(seconds)


async def main() -> None:
    started = time.perf_counter()
    print(await track_all([("A", [("Bonn", 0.4), ("Ulm", 0.6)]), ("B", [("Kiel", 0.8)]), ("C", [])]))
    print(f"tracked after {time.perf_counter() - started:.1f} seconds")


if __name__ == "__main__":
    asyncio.run(main())
