"""The program itself: where its package lies, and the command that its user types. Standard library only."""

from __future__ import annotations

import os
import sys
from pathlib import Path

__all__ = ["COMMAND", "INSTALLED", "ROOT"]

ROOT = Path(os.path.realpath(__file__)).parents[1]
"""The folder that holds the package ``kata``: the clone, or where packages are installed."""

INSTALLED = Path(sys.argv[0]).stem == "asyncio-kata"
"""True for the command of an installed package, False for the script of a clone."""

COMMAND = "asyncio-kata" if INSTALLED else "python grader.py"
"""What to type, for messages: every one that names a command says it with this."""
