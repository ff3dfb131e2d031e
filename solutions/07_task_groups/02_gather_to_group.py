"""From gather to a group.

Why: `create_task` gives the task back, and a list of tasks keeps the order of the photos, so no result is
lost although `group` returns none itself. The group brings what `gather` does not: the first failure stops
the other uploads, and all errors come out together, in one exception group.
"""

import asyncio
from collections.abc import Awaitable, Callable


async def upload_all(upload: Callable[[str], Awaitable[str]], photos: list[str]) -> list[str]:
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(upload(photo)) for photo in photos]
    return [task.result() for task in tasks]


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
