"""Mistake: result() raises in the callback, so a failed task is never counted.
Caught by: test_errors_and_cancellations_have_counters_of_their_own
"""

def watch(tasks, show):
    done = 0

    def count(task):
        nonlocal done
        task.result()
        done += 1
        show(done, 0, 0)

    for task in tasks:
        task.add_done_callback(count)
