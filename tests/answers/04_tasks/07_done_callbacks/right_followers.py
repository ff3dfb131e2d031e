"""Right: a follower task for each task, held until it has ended."""

import asyncio

followers = set()


def watch(tasks, show):
    counters = [0, 0, 0]

    async def follow(task):
        await asyncio.wait([task])
        if task.cancelled():
            counters[2] += 1
        elif task.exception():
            counters[1] += 1
        else:
            counters[0] += 1
        show(*counters)

    for task in tasks:
        follower = asyncio.create_task(follow(task))
        followers.add(follower)
        follower.add_done_callback(followers.discard)
