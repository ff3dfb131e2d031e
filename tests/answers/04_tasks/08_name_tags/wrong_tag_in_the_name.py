"""Mistake: the tag is written into the name, and a second one behind the first.
Caught by: test_tags_stand_beside_the_names
"""

import asyncio


class Monitor:
    def start(self, name, work):
        return asyncio.create_task(work, name=name)

    def tag(self, text):
        task = asyncio.current_task()
        task.set_name(f"{task.get_name()}: {text}")

    def running(self):
        me = asyncio.current_task()
        return sorted(task.get_name() for task in asyncio.all_tasks() if task is not me)
