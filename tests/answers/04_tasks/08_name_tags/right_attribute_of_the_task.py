"""Right: the tag is kept on the task itself and goes with it."""

import asyncio


class Monitor:
    def start(self, name, work):
        task = asyncio.get_running_loop().create_task(work)
        task.set_name(name)
        return task

    def tag(self, text):
        asyncio.current_task().hotline_tag = text

    def running(self):
        entries = []
        for task in asyncio.all_tasks():
            if task is not asyncio.current_task():
                tag = getattr(task, "hotline_tag", None)
                entries.append(task.get_name() + (f": {tag}" if tag is not None else ""))
        return sorted(entries)
