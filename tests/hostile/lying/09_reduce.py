"""Tries: return an object that would run code where it is unpickled or copied.
For: 06_futures/01_promise
Must: earn nothing
"""

import os


class Bomb:
    def __reduce__(self):
        return os.system, ("touch /tmp/kata-hostile-reduce",)

    __reduce_ex__ = __deepcopy__ = __copy__ = lambda self, *arguments: self.__reduce__()


def new_slip():
    return Bomb()


async def fill_in(slip, answer, question):
    return Bomb()


async def read(slip):
    return Bomb()
