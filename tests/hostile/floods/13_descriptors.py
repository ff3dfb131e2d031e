"""Tries: open descriptors until there are no more, and then end the play in an ordinary way.
For: 06_futures/07_set_it_once
Must: earn nothing
"""

import os

kept = []
try:
    while True:
        kept.append(os.open("/dev/null", os.O_RDONLY))
except OSError:
    pass


class Cell:
    async def get(self):
        return None

    def set(self, value):
        pass

    def fail(self, error):
        pass

    def cancel(self):
        pass
