"""Mistake: tasks that have ended already get no callback.
Caught by: test_tasks_that_had_ended_before
"""

def watch(tasks, show):
    counters = [0, 0, 0]

    def count(task):
        if task.cancelled():
            counters[2] += 1
        else:
            counters[task.exception() is not None] += 1
        show(*counters)

    for task in tasks:
        if not task.done():
            task.add_done_callback(count)
