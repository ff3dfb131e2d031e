"""Tries: read the hidden tests, whose place it knows from the file names in the player's code.
For: 05_gather_and_wait/01_gather_basics
Must: earn nothing
"""

import os
import sys


async def open_page(profile, orders, messages, customer):
    file = sys._getframe(1).f_code.co_filename
    while file and not os.path.basename(file) == "kata":
        file = os.path.dirname(file)
    root = os.path.dirname(file)
    text = ""
    for folder in ("tests/hidden", "solutions", "kata"):
        for name in os.listdir(os.path.join(root, folder)):
            text += name
    return {"profile": text, "orders": text, "messages": text}
