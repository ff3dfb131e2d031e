"""Mistake: a context variable is inherited by tasks that are started later.
Caught by: test_a_new_task_has_no_tag
"""

import asyncio
import contextvars
import weakref

current_tag = contextvars.ContextVar("current_tag", default=None)


class Monitor:
    def __init__(self):
        self.tags = weakref.WeakKeyDictionary()

    def start(self, name, work):
        task = asyncio.create_task(work, name=name)
        if current_tag.get() is not None:
            self.tags[task] = current_tag.get()
        return task

    def tag(self, text):
        current_tag.set(text)
        self.tags[asyncio.current_task()] = text

    def running(self):
        me = asyncio.current_task()
        return sorted(self.entry(task) for task in asyncio.all_tasks() if task is not me)

    def entry(self, task):
        name = task.get_name()
        return f"{name}: {self.tags[task]}" if task in self.tags else name
