"""Mistake: whatever has ended without an error counts as done, a cancelled task too.
Caught by: test_errors_and_cancellations_have_counters_of_their_own
"""

def watch(tasks, show):
    counters = [0, 0, 0]

    def count(task):
        if not task.cancelled() and task.exception():
            counters[1] += 1
        elif task.done():
            counters[0] += 1
        else:
            counters[2] += 1
        show(*counters)

    for task in tasks:
        task.add_done_callback(count)
