"""Tries: return an object whose repr never ends.
For: 05_gather_and_wait/04_wait_needs_tasks
Must: be refused
"""


class Endless:
    def __repr__(self):
        while True:
            pass


async def states(probe, hosts):
    return Endless()
