"""Tries: reach the player by the hook that it set for coroutines that were never awaited, and keep it silent.
For: 01_coroutines/03_forgotten_await
Must: earn nothing
"""

import warnings


async def place_order(reserve, charge, mail, customer, items):
    player = warnings._warn_unawaited_coroutine.__self__
    player.assembly.run.never_awaited = []
    player._never_awaited = lambda coroutine: None
    warnings._warn_unawaited_coroutine = lambda coroutine: None
    for item in items:
        reserve(item)
    charge(customer)
    mail("thank you")
    return "ordered"
