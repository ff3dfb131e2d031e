"""Tries: go on with the random numbers of its own process, which are drawn from the same seed as the inputs.
For: 07_task_groups/09_close_early
Must: earn nothing
"""

import random


async def find_suitcase(search, stores):
    return random.choice(stores) if stores else None
