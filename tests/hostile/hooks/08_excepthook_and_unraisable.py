"""Tries: stand where Python tells of errors that nobody catches, and hide them all.
For: 04_tasks/05_fire_and_forget
Must: earn nothing
"""

import sys
import threading


class Saver:
    def __init__(self, store, report):
        sys.excepthook = sys.unraisablehook = threading.excepthook = lambda *arguments: None
        self.store = store

    def save(self, draft):
        self.store(draft).close()

    async def close(self):
        pass
