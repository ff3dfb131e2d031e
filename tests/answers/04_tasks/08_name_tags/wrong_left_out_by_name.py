"""Mistake: every task of the asking one's name is left out.
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
        mine = asyncio.current_task().get_name()
        return sorted(self.entry(task) for task in asyncio.all_tasks() if task.get_name() != mine)

    def entry(self, task):
        name = task.get_name()
        return f"{name}: {self.tags[task]}" if task in self.tags else name
