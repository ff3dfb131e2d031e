"""The program itself: where its package lies, and the command that its user types. Standard library only."""

from __future__ import annotations

import os
import sys
from pathlib import Path

__all__ = ["COMMAND", "IN_A_CLONE", "MODULE", "ROOT"]

ROOT = Path(os.path.realpath(__file__)).parents[1]
"""The folder that holds the package ``kata``: the clone, or where packages are installed."""

MODULE = "python -m kata"
IN_A_CLONE = "python grader.py"
_INSTALLED = "asyncio-kata"


def _command() -> str:
    if os.environ.pop("KATA_AS_MODULE", ""):  # left by kata/__main__.py, for this process only
        return MODULE
    return _INSTALLED if Path(sys.argv[0]).stem == _INSTALLED else IN_A_CLONE


COMMAND = _command()
"""What to type, for messages: every one that names a command says it with this."""
