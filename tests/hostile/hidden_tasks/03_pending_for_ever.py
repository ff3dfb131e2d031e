"""Tries: leave tasks behind that wait for what never comes, kept alive where nobody looks.
For: 07_task_groups/07_leaving_waits
Must: earn nothing
"""

import asyncio
import sys

PREDICTION = []
SECONDS = None


async def leave():
    sys.kept = [asyncio.ensure_future(asyncio.Event().wait()) for _ in range(1000)]
