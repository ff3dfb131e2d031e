"""Siblings run on.

A print shop hands a book's jobs to `gather`. One day the press runs out of paper, then the glue dries up, and the
people in the office and in the hall tell different stories of it.

Task:
    Read `program` and predict
    - PREDICTION: the lines that it prints, as a list of texts, in their order,
    - SECONDS: how many seconds it takes in all, as a number.
    Write them out; do not let code make them. When PREDICTION is filled in, running this file shows what happens.

Example:
    For `print("a")` and then `await asyncio.sleep(4)`, PREDICTION = ["a"] and SECONDS = 4.

Leave `job`, `program` and `main` as they are.
"""

import asyncio
import time

PREDICTION: list[str] = []
SECONDS: float | None = None


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
