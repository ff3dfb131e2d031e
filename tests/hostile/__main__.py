"""Grade all hostile submissions: ``python -m tests.hostile [NAME…] [--jobs N]``; exit code 1 if what must hold does not.

The table says what each earned, how it ended, how long it took, and what it used at most: processes, MiB of memory and
of temporary files.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter

from tests.hostile.files import HeaderError, find
from tests.hostile.grading import outcomes, verdict


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.hostile", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="part of the name of a file, such as frames/")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="lanes beside one another")
    options = parser.parse_args()
    try:
        hostiles = {hostile.name: hostile for hostile in find(options.names)}
    except (HeaderError, LookupError) as error:
        print(error, file=sys.stderr)
        return 2
    began, counts = time.monotonic(), Counter[str]()
    print(f"{'':42} {'points':>7} {'status':12} {'s':>5} {'procs':>5} {'MiB':>5} {'disk':>4}")
    for outcome in outcomes(list(hostiles.values()), options.jobs):
        hostile = hostiles[outcome.name]
        how = verdict(hostile, outcome)
        counts[how] += 1
        used = outcome.peaks or {"processes": 0, "memory": 0, "disk": 0}
        print(
            f"{outcome.name:42} {outcome.points:>3g}/{outcome.of:<3g} {outcome.status:12} {outcome.seconds:5.1f} "
            f"{used['processes']:5.0f} {used['memory']:5.0f} {used['disk']:4.0f}  {how}",
            flush=True,
        )
        for fault in outcome.faults:
            print(f"    {fault}")
        if how == "open":
            print(f"    open: {hostile.open}")
        elif how == "holds now":
            print("    what was open holds on this machine; where it holds on each, take the line from the header")
    print(f"{', '.join(f'{count} {how}' for how, count in sorted(counts.items()))}; {time.monotonic() - began:.0f} s")
    return 1 if counts["FAILS"] else 0


if __name__ == "__main__":
    sys.exit(main())
