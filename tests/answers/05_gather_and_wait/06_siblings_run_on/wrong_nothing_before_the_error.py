"""Mistake: believes that one failure undoes what was done before.
Caught by: test_the_prediction_is_complete
"""

import asyncio
import time

PREDICTION: list[str] = [
    "press: no paper",
    "office: heard of no paper",
    "office: has a coffee",
    "glue: dried up",
    "parcel: done",
    "office: closes",
]
SECONDS: float | None = 2.5


async def job(name: str, seconds: float, trouble: str = "") -> str:
    try:
        await asyncio.sleep(seconds)
    except asyncio.CancelledError:
        print(f"{name}: called off")
        raise
    if trouble:
        print(f"{name}: {trouble}")
        raise OSError(trouble)
    print(f"{name}: done")
    return name


async def program() -> None:
    try:
        names = await asyncio.gather(
            job("cover", 0.5),
            job("press", 1, trouble="no paper"),
            job("glue", 1.5, trouble="dried up"),
            job("parcel", 2),
        )
        print("office:", *names)
    except OSError as error:
        print(f"office: heard of {error}")
    print("office: has a coffee")
    await asyncio.sleep(1.5)
    print("office: closes")


def main() -> None:
    if not PREDICTION:
        print("Fill in PREDICTION first; then this shows what really happens.")
        return
    started = time.perf_counter()
    asyncio.run(program())
    print(f"({time.perf_counter() - started:.1f} seconds)")


if __name__ == "__main__":
    main()
