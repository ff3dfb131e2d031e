"""``python -m kata.bootstrap`` prints the interpreter that has everything, the ``dev`` extra included."""

from __future__ import annotations

import os
import sys

from kata.bootstrap.packages import SetupError
from kata.bootstrap.start import EXIT_FAILED, find, open_streams
from kata.program import ROOT


def main() -> int:
    """Set up what is missing and print one path; the exit code is 3 when that cannot be done."""
    open_streams()
    try:
        environment = find(str(ROOT), True, os.environ)
    except SetupError as error:
        sys.stderr.write(f"{error}\n")
        return EXIT_FAILED
    sys.stdout.buffer.write(os.fsencode(environment.python if environment else sys.executable) + b"\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
