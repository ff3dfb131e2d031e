"""Right: an ordinary dict, from which a callback takes each task when it has ended."""

import asyncio


class Monitor:
    def __init__(self):
        self.tags = {}

    def start(self, name, work):
        return asyncio.create_task(work, name=name)

    def tag(self, text):
        task = asyncio.current_task()
        if task not in self.tags:
            task.add_done_callback(self.tags.pop)
        self.tags[task] = text

    def running(self):
        me = asyncio.current_task()
        return sorted(self.entry(task) for task in asyncio.all_tasks() if task is not me)

    def entry(self, task):
        name = task.get_name()
        return f"{name}: {self.tags[task]}" if task in self.tags else name
