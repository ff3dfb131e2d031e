"""Tries: return whole numbers just beyond what 64 bits hold, and far beyond, also as keys.
For: 04_tasks/03_awaited_too_soon
Must: earn nothing
"""


async def copy_all(copy, folders):
    return [2**63, -(2**63) - 1, 2**64, {2**70: 10**4999}, 10**5000]
