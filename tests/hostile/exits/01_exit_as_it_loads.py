"""Tries: end its process as its file is loaded.
For: 05_gather_and_wait/02_wait_to_gather
Must: be refused
"""

import os

os._exit(0)
