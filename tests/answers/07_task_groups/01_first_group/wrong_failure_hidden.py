"""Mistake: the exception group is caught, and what was answered so far is passed off as the result.
Caught by: test_a_failure_stops_the_others
"""

import asyncio


async def count_parcels(ask, depots):
    tasks = {}
    try:
        async with asyncio.TaskGroup() as group:
            for depot in depots:
                tasks[depot] = group.create_task(ask(depot))
    except ExceptionGroup:
        pass
    return {d: t.result() for d, t in tasks.items() if not t.cancelled() and not t.exception()}
