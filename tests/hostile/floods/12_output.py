"""Tries: print without end, in long lines, in short ones, and below Python.
For: 02_event_loop/07_countdown
Must: be refused
"""

import os


def countdown(seconds, tick):
    while True:
        print("x" * 100_000)
        print("\n" * 1000)
        os.write(1, b"x" * 10_000)
