"""Tries: come back to life in each finalizer, so that collecting never ends.
For: 06_futures/07_set_it_once
Must: earn nothing
"""


class Undead:
    def __del__(self):
        for _ in range(3):
            other = Undead()
            other.itself = other


class Cell:
    def __init__(self):
        self.undead = Undead()

    async def get(self):
        return None

    def set(self, value):
        pass

    def fail(self, error):
        pass

    def cancel(self):
        pass
