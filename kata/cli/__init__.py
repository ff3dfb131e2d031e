"""The command line: thin commands over the catalog, the workspace, the judge and the reports."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from kata.cli.app import run


def main(argv: Sequence[str] | None = None, *, broken: Callable[[], str] = lambda: "") -> int:
    """Run a command line, that of the process unless one is given, and return the exit code.

    0: done; 1: below ``--fail-under``, or not passed; 2: wrong usage, or a name that matches nothing or
    several exercises; 3: the grader itself failed; 130: stopped with Ctrl-C.

    Args:
        argv: without the name of the program.
        broken: asked when the grader fails, for a line about installed packages that do not work and how to mend that;
            nothing when all are well.
    """
    return run(sys.argv[1:] if argv is None else argv, broken)
