"""Mistake: an ordinary dict keeps every task that was ever tagged.
Caught by: test_what_has_ended_is_forgotten
"""

import asyncio


class Monitor:
    def __init__(self):
        self.tags = {}

    def start(self, name, work):
        return asyncio.create_task(work, name=name)

    def tag(self, text):
        self.tags[asyncio.current_task()] = text

    def running(self):
        me = asyncio.current_task()
        return sorted(self.entry(task) for task in asyncio.all_tasks() if task is not me)

    def entry(self, task):
        name = task.get_name()
        return f"{name}: {self.tags[task]}" if task in self.tags else name
