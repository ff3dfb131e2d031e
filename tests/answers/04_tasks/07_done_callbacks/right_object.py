"""Right: an object that is its own callback."""

class Count:
    def __init__(self, show):
        self.show = show
        self.done = self.failed = self.cancelled = 0

    def __call__(self, task):
        if task.cancelled():
            self.cancelled += 1
        elif task.exception():
            self.failed += 1
        else:
            self.done += 1
        self.show(self.done, self.failed, self.cancelled)


def watch(tasks, show):
    count = Count(show)
    for task in tasks:
        task.add_done_callback(count)
