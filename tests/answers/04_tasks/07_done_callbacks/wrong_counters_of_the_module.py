"""Mistake: the counters belong to the module, so the second watch counts on from the first.
Caught by: test_every_watch_counts_for_itself
"""

counters = [0, 0, 0]


def watch(tasks, show):
    def count(task):
        if task.cancelled():
            counters[2] += 1
        else:
            counters[task.exception() is not None] += 1
        show(*counters)

    for task in tasks:
        task.add_done_callback(count)
