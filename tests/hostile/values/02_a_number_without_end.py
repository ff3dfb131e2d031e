"""Tries: call the service with a number of five thousand digits.
For: 07_task_groups/01_first_group
Must: earn nothing
"""


async def count_parcels(ask, depots):
    return {depot: await ask(10**5000) for depot in depots}
