"""Mistake: start makes the task and keeps it to itself.
Caught by: test_every_running_task_is_listed
"""

import asyncio
import weakref


class Monitor:
    def __init__(self):
        self.tags = weakref.WeakKeyDictionary()

    def start(self, name, work):
        asyncio.create_task(work, name=name)

    def tag(self, text):
        self.tags[asyncio.current_task()] = text

    def running(self):
        me = asyncio.current_task()
        return sorted(self.entry(task) for task in asyncio.all_tasks() if task is not me)

    def entry(self, task):
        name = task.get_name()
        return f"{name}: {self.tags[task]}" if task in self.tags else name
