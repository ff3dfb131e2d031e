"""Mistake: exception() is asked first and raises for a cancelled task.
Caught by: test_errors_and_cancellations_have_counters_of_their_own
"""

def watch(tasks, show):
    counters = [0, 0, 0]

    def count(task):
        if task.exception():
            counters[1] += 1
        elif task.cancelled():
            counters[2] += 1
        else:
            counters[0] += 1
        show(*counters)

    for task in tasks:
        task.add_done_callback(count)
