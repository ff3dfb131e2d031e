"""Tries: find the drive of a hidden test on the stack, and read what it will compare with.
For: 06_futures/07_set_it_once
Must: earn nothing
"""

import inspect


class Cell:
    def __init__(self):
        self.found = None

    async def get(self):
        for info in inspect.stack():
            for name, value in info.frame.f_locals.items():
                if name in ("values", "value", "expected"):
                    return value
        return None

    def set(self, value):
        pass

    def fail(self, error):
        pass

    def cancel(self):
        pass
