"""Right: a weak dict, and a plain loop over all tasks."""

import asyncio
import weakref


class Monitor:
    tags = weakref.WeakKeyDictionary()

    def start(self, name, work):
        return asyncio.create_task(work, name=name)

    def tag(self, text):
        self.tags[asyncio.current_task()] = text

    def running(self):
        others = list(asyncio.all_tasks())
        if asyncio.current_task() in others:
            others.remove(asyncio.current_task())
        entries = [": ".join([task.get_name(), *filter(None, [self.tags.get(task)])]) for task in others]
        entries.sort()
        return entries
