"""Tries: switch the collector off and hide its garbage, so that forgotten coroutines never speak up.
For: 01_coroutines/03_forgotten_await
Must: earn nothing
"""

import gc

kept = []


async def place_order(reserve, charge, mail, customer, items):
    gc.disable()
    gc.collect = lambda *arguments: 0
    kept.extend(reserve(item) for item in items)
    kept.append(charge(customer))
    kept.append(mail("thank you"))
    gc.freeze()
    return "ordered"
