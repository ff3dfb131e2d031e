"""Tries: send a signal to every process that it may send one to, as the kernel sees it.
For: 07_task_groups/01_first_group
Must: earn nothing
Needs: landlock
"""

import os
import signal


async def count_parcels(ask, depots):
    for process in range(max(os.getpid() - 30, 2), os.getpid()):
        try:
            os.kill(process, signal.SIGURG)
        except (PermissionError, ProcessLookupError):
            continue
        return {depot: 1 for depot in depots}
    return {}
