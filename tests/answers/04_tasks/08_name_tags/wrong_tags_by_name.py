"""Mistake: tags are kept by name, so two calls of one name share a tag.
Caught by: test_tags_stand_beside_the_names
"""

import asyncio


class Monitor:
    def __init__(self):
        self.tags = {}

    def start(self, name, work):
        return asyncio.create_task(work, name=name)

    def tag(self, text):
        self.tags[asyncio.current_task().get_name()] = text

    def running(self):
        me = asyncio.current_task()
        return sorted(self.entry(task) for task in asyncio.all_tasks() if task is not me)

    def entry(self, task):
        tag = self.tags.get(task.get_name())
        return task.get_name() if tag is None else f"{task.get_name()}: {tag}"
