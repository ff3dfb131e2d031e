"""Mistake: asks all tasks again in each callback, though others may have ended meanwhile.
Caught by: test_several_that_end_at_the_same_moment
"""

def watch(tasks, show):
    def count(_):
        ended = [task for task in tasks if task.done()]
        cancelled = sum(task.cancelled() for task in ended)
        failed = sum(not task.cancelled() and task.exception() is not None for task in ended)
        show(len(ended) - failed - cancelled, failed, cancelled)

    for task in tasks:
        task.add_done_callback(count)
