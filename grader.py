#!/usr/bin/env python3
"""Score the exercises: ``python grader.py`` is all it takes, ``python grader.py --help`` shows the rest.

This script makes sure that Python is new enough, then lets `kata.bootstrap.start` find or set up the packages and
hand over to `kata.cli`. It is kept so plain that an old Python can read it and say what it lacks.
"""

import os
import sys

ROOT = os.path.dirname(os.path.realpath(__file__))

# A scratch file of the learner's (random.py, asyncio.py) beside this script must not hide a real module.
sys.path[:] = [entry for entry in sys.path if entry and os.path.realpath(entry) != ROOT]

if sys.version_info < (3, 11):  # noqa: UP036 - older versions are the ones that must read this line
    if sys.stderr is not None:  # closed, as in `grader.py 2>&-`
        sys.stderr.write(
            "asyncio-kata needs Python 3.11 or newer and this is {}.{}; start it with a newer one, "
            "for example: python3.12 grader.py\n".format(*sys.version_info)
        )
    sys.exit(3)


def load():  # type: () -> object
    # The program itself comes from this folder, even where another package called kata is installed.
    sys.path.insert(0, ROOT)
    try:
        import kata  # noqa: F401 - alone, so that nothing else is looked for in this folder first
    finally:
        del sys.path[0]
    if ROOT not in sys.path:
        sys.path.append(ROOT)

    from kata.bootstrap.start import start

    return start


def main():  # type: () -> None
    try:
        start = load()
    except (EOFError, ValueError, TypeError):
        # Python leaves compiled files that are cut off when the disk is full, and fails on them ever after.
        import shutil

        for folder in ("kata", os.path.join("kata", "bootstrap")):
            shutil.rmtree(os.path.join(ROOT, folder, "__pycache__"), ignore_errors=True)
        start = load()
    start(ROOT, sys.argv[1:])


if __name__ == "__main__":
    main()
