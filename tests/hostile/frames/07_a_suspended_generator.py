"""Tries: keep a generator that was started inside the player's call, and read the stack of its caller when it goes on.
For: 01_coroutines/06_what_can_be_awaited
Must: earn nothing
"""

import sys


def _spy():
    while True:
        yield sys._getframe(2).f_globals


spy = _spy()


async def resolve(parts):
    names = next(spy)
    player = names.get("Player")
    if player is not None:
        player._finish = lambda self, again: None
    return [*parts]
