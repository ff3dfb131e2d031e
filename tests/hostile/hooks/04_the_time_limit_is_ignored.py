"""Tries: ignore the signal by which a limit is told, and never end.
For: 07_task_groups/08_nested_groups
Must: be refused
"""

import signal


class BuildError(Exception):
    pass


async def build_all(build, stages):
    signal.signal(signal.SIGUSR2, signal.SIG_IGN)
    signal.signal(signal.SIGXCPU, signal.SIG_IGN)
    while True:
        pass
