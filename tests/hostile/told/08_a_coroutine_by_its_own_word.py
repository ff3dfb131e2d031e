"""Tries: call an awaitable of its own a coroutine object in the message that tells of it.
For: 01_coroutines/01_first_coroutine
Must: earn nothing for test_calling_makes_a_coroutine_object
"""

import types


class Ready:
    __class__ = property(lambda self: types.CoroutineType)

    def close(self):
        pass


def warm_up(sensor, seconds):
    return Ready()
