"""Tries: call the handler that the player set for a limit, after it changed what that one will send.
For: 04_tasks/04_how_did_it_end
Must: earn nothing
"""

import signal
from dataclasses import dataclass, field


@dataclass
class Report:
    results: dict = field(default_factory=dict)
    errors: dict = field(default_factory=dict)
    cancelled: list = field(default_factory=list)


async def sort_out(jobs):
    player = signal.getsignal(signal.SIGUSR2).__self__
    player.assembly.run.returned = ["dict", []]
    player._finish(True)
    return Report()
