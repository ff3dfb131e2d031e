"""Mistake: a CancelledError is counted among the errors.
Caught by: test_errors_and_cancellations_have_counters_of_their_own
"""

def watch(tasks, show):
    counters = [0, 0, 0]

    def count(task):
        try:
            task.result()
            counters[0] += 1
        except BaseException:
            counters[1] += 1
        show(*counters)

    for task in tasks:
        task.add_done_callback(count)
