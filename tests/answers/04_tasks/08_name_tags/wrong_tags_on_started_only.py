"""Mistake: only tasks made by `start` can have a tag.
Caught by: test_tags_stand_beside_the_names
"""

import asyncio
import contextvars
import weakref
from collections.abc import Coroutine
from typing import Any
class Monitor:
    def __init__(self):
        self._tags = {}

    def start(self, name, work):
        t = asyncio.create_task(work, name=name)
        self._tags[t] = None
        t.add_done_callback(self._tags.pop)
        return t

    def tag(self, text):
        t = asyncio.current_task()
        if t in self._tags:
            self._tags[t] = text

    def running(self):
        return sorted(t.get_name() + (f": {self._tags[t]}" if self._tags.get(t) else "") for t in asyncio.all_tasks()
                      if t is not asyncio.current_task())
