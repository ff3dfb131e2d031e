"""The hidden blocker.

A parcel service tracks its parcels with `async` and `gather`, and still one slow scanner holds up everybody.
What blocks is three calls down.

Task:
    Repair the file so that all parcels are tracked at the same time, and the event loop stays free for
    others.
    - The stations of one parcel are asked one after another, as now.
    - The functions below `track` may become coroutine functions. Start no threads.

Example:
    `await track_all([("A", [("Bonn", 0.5), ("Ulm", 1)]), ("B", [("Kiel", 0.5)])])` takes 1.5 seconds and
    gives ["A: BONN > ULM", "B: KIEL"].

Leave the texts, `main`, and names and arguments of `track_all` and `track` as they are.
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
    time.sleep(seconds)


async def main() -> None:
    started = time.perf_counter()
    print(await track_all([("A", [("Bonn", 0.4), ("Ulm", 0.6)]), ("B", [("Kiel", 0.8)]), ("C", [])]))
    print(f"tracked after {time.perf_counter() - started:.1f} seconds")


if __name__ == "__main__":
    asyncio.run(main())
