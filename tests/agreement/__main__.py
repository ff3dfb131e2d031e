"""Compare many programs: ``python -m tests.agreement --programs 200 --seed 0``.

Exit code 1 when a program comes out differently on the two loops; it is printed, made as small as possible. With
``--turns`` the recording of each program's turns is compared with what another observer of its loop sees.
"""

from __future__ import annotations

import argparse
import platform
import sys
import time

from tests.agreement.compare import Tally, compare, seeds
from tests.agreement.turns import differences


def main() -> int:
    """Entry of the command."""
    parser = argparse.ArgumentParser(prog="python -m tests.agreement", description=__doc__)
    parser.add_argument("--programs", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0, help="of the first program")
    parser.add_argument("--timed", type=float, default=0.2, metavar="SHARE", help="how many of them use timers")
    parser.add_argument("--jobs", type=int, default=8, help="processes that wait in real time")
    parser.add_argument("--turns", action="store_true", help="compare what is recorded of turns with what is seen")
    options = parser.parse_args()
    if options.turns:
        return _compare_turns(options.seed, options.programs)
    began = time.monotonic()

    def say(line: str) -> None:
        if sys.stderr.isatty():
            print(f"\r{line:<70}", end="", file=sys.stderr, flush=True)

    tally = Tally()
    timed = round(options.programs * options.timed)
    compare(seeds(options.seed, options.programs - timed), timed=False, jobs=1, say=say, tally=tally)
    compare(seeds(options.seed, timed), timed=True, jobs=options.jobs, say=say, tally=tally)
    say("")
    for difference in tally.differences:
        print(difference)
    print(
        f"Python {platform.python_version()}: {tally.plain} programs of order alone, {tally.timed} with timers; "
        f"{tally.left_out} left out, their order is not asyncio's to decide. {tally.entries} log entries, "
        f"{tally.stuck} deadlocks, {tally.late} agreed only when played again. "
        f"{len(tally.differences)} differences. {time.monotonic() - began:.0f} s"
    )
    return 1 if tally.differences else 0


def _compare_turns(first: int, count: int) -> int:
    half = count // 2
    sys.unraisablehook = lambda _: None
    found = [*differences(seeds(first, count - half), timed=False), *differences(seeds(first, half), timed=True)]
    for difference in found:
        print(difference)
    print(f"Python {platform.python_version()}: the turns of {count} programs, {len(found)} differences.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
