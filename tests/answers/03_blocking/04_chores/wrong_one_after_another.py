"""Mistake: stands in front of each machine until it is done.
Caught by: test_the_evening_is_as_short_as_can_be
"""


async def evening(do, chores):
    return [await do(name) for name, _ in chores]
