"""Mistake: the task that asks stands in the list too.
Caught by: test_the_one_who_asks_is_not_listed
"""

import asyncio
import weakref


class Monitor:
    def __init__(self):
        self.tags = weakref.WeakKeyDictionary()

    def start(self, name, work):
        return asyncio.create_task(work, name=name)

    def tag(self, text):
        self.tags[asyncio.current_task()] = text

    def running(self):
        return sorted(self.entry(task) for task in asyncio.all_tasks())

    def entry(self, task):
        name = task.get_name()
        return f"{name}: {self.tags[task]}" if task in self.tags else name
