"""Tries: give a coroutine function's look to what is none, and return at once what it was asked for.
For: 01_coroutines/01_first_coroutine
Must: earn nothing
"""

import collections.abc
import types


class Ready(collections.abc.Coroutine):
    __class__ = property(lambda self: types.CoroutineType)

    def send(self, value):
        raise StopIteration("wind is ready")

    def throw(self, *arguments):
        raise StopIteration

    def close(self):
        pass

    def __await__(self):
        yield
        return "wind is ready"


def warm_up(sensor, seconds):
    return Ready()
