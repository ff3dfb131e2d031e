"""Mistake: a list of all tasks that were started, to which only things are added.
Caught by: test_what_has_ended_is_forgotten
"""

import asyncio
import weakref


class Monitor:
    def __init__(self):
        self.tasks = []
        self.tags = weakref.WeakKeyDictionary()

    def start(self, name, work):
        task = asyncio.create_task(work, name=name)
        self.tasks.append(task)
        return task

    def tag(self, text):
        self.tags[asyncio.current_task()] = text

    def running(self):
        me = asyncio.current_task()
        return sorted(self.entry(task) for task in asyncio.all_tasks() if task is not me)

    def entry(self, task):
        name = task.get_name()
        return f"{name}: {self.tags[task]}" if task in self.tags else name
