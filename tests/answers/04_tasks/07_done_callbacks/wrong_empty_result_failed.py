"""Mistake: a task that returned None or 0 is taken for one that failed.
Caught by: test_only_how_a_task_ended_counts
"""


def watch(tasks, show):
    counters = [0, 0, 0]

    def count(task):
        if task.cancelled():
            counters[2] += 1
        elif task.exception() is None and task.result():
            counters[0] += 1
        else:
            counters[1] += 1
        show(*counters)

    for task in tasks:
        task.add_done_callback(count)
