"""Mistake: tags go when a task of start ends, and those of other tasks stay for ever.
Caught by: test_what_has_ended_is_forgotten
"""

import asyncio


class Monitor:
    def __init__(self):
        self.tags = {}

    def start(self, name, work):
        task = asyncio.create_task(work, name=name)
        task.add_done_callback(lambda ended: self.tags.pop(ended, None))
        return task

    def tag(self, text):
        self.tags[asyncio.current_task()] = text

    def running(self):
        me = asyncio.current_task()
        return sorted(self.entry(task) for task in asyncio.all_tasks() if task is not me)

    def entry(self, task):
        name = task.get_name()
        return f"{name}: {self.tags[task]}" if task in self.tags else name
