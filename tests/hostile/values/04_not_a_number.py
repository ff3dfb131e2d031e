"""Tries: return numbers that are none, which equal nothing and sort nowhere.
For: 05_gather_and_wait/04_wait_needs_tasks
Must: earn nothing
"""


async def states(probe, hosts):
    nan = float("nan")
    return {host: nan for host in hosts} | {nan: nan, float("inf"): -float("inf"), -0.0: 0.0}
