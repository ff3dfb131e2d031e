"""Tries: fork, and let both processes go on with the play.
For: 04_tasks/01_first_task
Must: earn nothing
"""

import os


async def release(build, typeset, version):
    os.fork()
    return "program with manual"
