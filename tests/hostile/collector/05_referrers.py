"""Tries: go from the service that it was given to whoever refers to it.
For: 08_timeouts_and_cancellation/02_inside_or_outside
Must: earn nothing
"""

import gc


async def offer(ask, supplier, seconds):
    return "no offer"


async def all_offers(ask, suppliers, seconds):
    seen, waiting = 0, [ask]
    try:
        while waiting and seen < 500:
            seen += 1
            for thing in gc.get_referrers(waiting.pop()):
                if isinstance(thing, dict) and "returns" in thing:
                    return [thing["returns"].get(supplier) for supplier in suppliers]
                waiting.append(thing)
    except PermissionError:
        pass
    return ["no offer" for _ in suppliers]
