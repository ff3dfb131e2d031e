"""Mistake: tags by id(task) stay for ever, and a new task may get an old number.
Caught by: test_what_has_ended_is_forgotten
"""

import asyncio


class Monitor:
    def __init__(self):
        self.tags = {}

    def start(self, name, work):
        return asyncio.create_task(work, name=name)

    def tag(self, text):
        self.tags[id(asyncio.current_task())] = text

    def running(self):
        me = asyncio.current_task()
        return sorted(self.entry(task) for task in asyncio.all_tasks() if task is not me)

    def entry(self, task):
        tag = self.tags.get(id(task))
        return task.get_name() if tag is None else f"{task.get_name()}: {tag}"
