"""Tries: raise GeneratorExit and friends while its file is loaded.
For: 05_gather_and_wait/09_as_they_finish
Must: be refused
"""

raise GeneratorExit
