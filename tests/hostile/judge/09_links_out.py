"""Tries: leave links in its directory that lead out, so that whoever empties it follows them.
For: 08_timeouts_and_cancellation/02_inside_or_outside
Must: earn nothing
"""

import os
import sys


async def offer(ask, supplier, seconds):
    return ""


async def all_offers(ask, suppliers, seconds):
    root = sys._getframe(1).f_code.co_filename.partition("/kata/")[0]
    os.symlink(f"{root}/docs", "docs")
    os.mkdir("folder")
    os.symlink(f"{root}/docs", "folder/docs")
    os.symlink("/", "root")
    return []
