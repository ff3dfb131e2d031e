"""Mistake: a task that was asked to cancel counts as cancelled, whatever it made of it.
Caught by: test_only_how_a_task_ended_counts
"""

def watch(tasks, show):
    counters = [0, 0, 0]

    def count(task):
        if task.cancelled() or task.cancelling():
            counters[2] += 1
        elif task.exception():
            counters[1] += 1
        else:
            counters[0] += 1
        show(*counters)

    for task in tasks:
        task.add_done_callback(count)
