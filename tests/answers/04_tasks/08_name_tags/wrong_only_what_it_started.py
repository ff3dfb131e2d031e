"""Mistake: lists only what was started by the monitor.
Caught by: test_every_running_task_is_listed
"""

import asyncio
import weakref


class Monitor:
    def __init__(self):
        self.tasks = weakref.WeakSet()
        self.tags = weakref.WeakKeyDictionary()

    def start(self, name, work):
        task = asyncio.create_task(work, name=name)
        self.tasks.add(task)
        return task

    def tag(self, text):
        self.tags[asyncio.current_task()] = text

    def running(self):
        me = asyncio.current_task()
        return sorted(self.entry(task) for task in self.tasks if task is not me and not task.done())

    def entry(self, task):
        name = task.get_name()
        return f"{name}: {self.tags[task]}" if task in self.tags else name
