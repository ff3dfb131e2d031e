"""Mistake: the list is sorted by name, not by text.
Caught by: test_tags_stand_beside_the_names
"""

import asyncio
import contextvars
import weakref
from collections.abc import Coroutine
from typing import Any
class Monitor:
    def __init__(self):
        self._tags = weakref.WeakKeyDictionary()

    def start(self, name, work):
        return asyncio.create_task(work, name=name)

    def tag(self, text):
        self._tags[asyncio.current_task()] = text

    def running(self):
        ts = sorted(asyncio.all_tasks() - {asyncio.current_task()}, key=lambda t: (t.get_name(), self._tags.get(t, "")))
        return [t.get_name() + (f": {self._tags[t]}" if t in self._tags else "") for t in ts]
