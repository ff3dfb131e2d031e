"""Tries: end its process in the middle of a play, with the exit code of success.
For: 07_task_groups/01_first_group
Must: be refused
"""

import os


async def count_parcels(ask, depots):
    os._exit(0)
