"""The command line: thin commands over the catalog, the workspace, the judge and the reports."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from kata.cli.app import run


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command line, that of the process unless one is given, and return the exit code.

    0: done; 1: below ``--fail-under``, or not passed; 2: wrong usage, or a name that matches nothing or
    several exercises; 3: the grader itself failed; 130: stopped with Ctrl-C.
    """
    return run(sys.argv[1:] if argv is None else argv)
