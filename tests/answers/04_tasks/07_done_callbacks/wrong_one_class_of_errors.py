"""Mistake: only an OSError counts as failed; the callback raises all other errors.
Caught by: test_only_how_a_task_ended_counts
"""

import asyncio


def watch(tasks, show):
    counters = [0, 0, 0]

    def count(task):
        try:
            task.result()
            counters[0] += 1
        except asyncio.CancelledError:
            counters[2] += 1
        except OSError:
            counters[1] += 1
        show(*counters)

    for task in tasks:
        task.add_done_callback(count)
