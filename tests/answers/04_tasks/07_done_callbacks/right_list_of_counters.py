"""Right: one list of counters, one place in it for each way to end."""

def watch(tasks, show):
    counters = [0, 0, 0]

    def count(task):
        if task.cancelled():
            counters[2] += 1
        else:
            counters[task.exception() is not None] += 1
        show(*counters)

    for task in tasks:
        task.add_done_callback(count)
