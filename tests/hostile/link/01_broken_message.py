"""Tries: write the message by which a player says that the grader is at fault, which would end the grade of a class.
For: 05_gather_and_wait/02_wait_to_gather
Must: be refused
"""

import os
import struct

data = b"\x92\xa6broken\xa1x"
os.write(3, struct.pack("!I", len(data)) + data)
