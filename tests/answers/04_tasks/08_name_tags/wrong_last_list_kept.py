"""Mistake: the set of all tasks from the last time is kept until the next one.
Caught by: test_what_has_ended_is_forgotten
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
        self.others = asyncio.all_tasks() - {asyncio.current_task()}
        return sorted(map(self.entry, self.others))

    def entry(self, task):
        name = task.get_name()
        return f"{name}: {self.tags[task]}" if task in self.tags else name
