"""Mistake: the callback is a coroutine function, and nobody awaits what it gives.
Caught by: test_every_end_is_counted_when_it_comes
"""

def watch(tasks, show):
    counters = [0, 0, 0]

    async def count(task):
        if task.cancelled():
            counters[2] += 1
        elif task.exception():
            counters[1] += 1
        else:
            counters[0] += 1
        show(*counters)

    for task in tasks:
        task.add_done_callback(count)
