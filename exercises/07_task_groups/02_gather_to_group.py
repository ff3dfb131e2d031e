"""From gather to a group.

A picture agency uploads the photos of an event. If one upload fails, the whole set is sent again later. With
`gather` the other uploads run on, unseen, and each of them is paid for.

Task:
    Rewrite `upload_all(upload, photos)` with an `asyncio.TaskGroup`, so that `asyncio.gather` is gone.
    `await upload(photo)` gives the address of an uploaded photo.
    - The result is still a list of addresses in the order of `photos`, one for each place.
    - All uploads still run at the same time.
    - When an upload fails, the others are stopped. When all have ended, an exception group with every error
      that there was leaves `upload_all`.

Example:
    "a" takes 1 second, "b" fails after 2, "c" would take 3. After 2 seconds "c" is stopped, and `upload_all`
    raises an ExceptionGroup with the error of "b".

Leave the name, the arguments and `main` as they are.
"""

import asyncio
from collections.abc import Awaitable, Callable


async def upload_all(upload: Callable[[str], Awaitable[str]], photos: list[str]) -> list[str]:
    return await asyncio.gather(*(upload(photo) for photo in photos))


async def main() -> None:
    async def upload(photo: str) -> str:
        await asyncio.sleep({"start": 0.3, "blurred": 0.45, "goal": 0.6}.get(photo, 0.9))
        if photo == "blurred":
            raise OSError(f"{photo}: refused")
        print(f"{photo} is uploaded and paid for")
        return f"/photos/{photo}"

    print(await upload_all(upload, ["crowd", "start", "goal"]))
    try:
        await upload_all(upload, ["start", "goal", "blurred", "crowd"])
    except Exception as error:
        print(f"{type(error).__name__}: {error}")
    await asyncio.sleep(0.5)


if __name__ == "__main__":
    asyncio.run(main())
