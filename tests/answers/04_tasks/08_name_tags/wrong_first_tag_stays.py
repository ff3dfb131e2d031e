"""Mistake: a task that has a tag does not get a new one.
Caught by: test_tags_stand_beside_the_names
"""

import asyncio
import weakref


class Monitor:
    def __init__(self):
        self.tags = weakref.WeakKeyDictionary()

    def start(self, name, work):
        return asyncio.create_task(work, name=name)

    def tag(self, text):
        self.tags.setdefault(asyncio.current_task(), text)

    def running(self):
        me = asyncio.current_task()
        return sorted(self.entry(task) for task in asyncio.all_tasks() if task is not me)

    def entry(self, task):
        name = task.get_name()
        return f"{name}: {self.tags[task]}" if task in self.tags else name
