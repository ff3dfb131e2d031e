"""Mistake: the callback is called where it should be handed over.
Caught by: test_every_end_is_counted_when_it_comes
"""

def watch(tasks, show):
    counters = [0, 0, 0]

    def count(task):
        if task.done():
            counters[0] += 1
        show(*counters)

    for task in tasks:
        task.add_done_callback(count(task))
