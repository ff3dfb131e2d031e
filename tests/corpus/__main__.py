"""Play and run the corpus, and print what differs; exits with 1 when anything does."""

from __future__ import annotations

import argparse
import difflib
import multiprocessing
import os
import sys
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from kata.contract.run import Run
from kata.sandbox.client import Connection, Sandbox
from tests.corpus.compare import CORPUS, difference, missing_packages, played, real_output, recorded, scripts

BESIDE = 3 * (os.cpu_count() or 1)
"""Scripts at one time in real life, where they mostly wait."""


def main() -> int:
    """Entry of the command."""
    parser = argparse.ArgumentParser(prog="python -m tests.corpus", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help="a part of the name of a script or its family")
    parser.add_argument("--packages", action="store_true", help="the scripts that use packages, and no others")
    parser.add_argument("--again", type=int, default=0, metavar="N", help="play each N times instead")
    parser.add_argument("--busy", type=int, default=0, metavar="N", help="beside N processes that compute")
    options = parser.parse_args()
    if options.packages and (missing := missing_packages()):
        print(f"not installed here: {', '.join(missing)}; see tests/corpus/packages/requirements.txt", file=sys.stderr)
        return 2
    found = scripts(options.parts, packages=options.packages)
    if not found:
        print("no script has such a name; they are in tests/corpus/", file=sys.stderr)
        return 2
    busy = [multiprocessing.Process(target=_compute, daemon=True) for _ in range(options.busy)]
    for process in busy:
        process.start()
    try:
        return _play_again(found, options.again) if options.again else _compare(found)
    finally:
        for process in busy:
            process.kill()


def _compute() -> None:
    while True:
        pass


def _play_each(found: Sequence[Path], plays: Connection, into: dict[Path, Run]) -> None:
    for script in found:
        into[script] = played(script, plays)


def _compare(found: Sequence[Path]) -> int:
    at_once = os.cpu_count() or 1
    virtual: dict[Path, Run] = {}
    with ThreadPoolExecutor(BESIDE) as pool, Sandbox(at_once) as sandbox:
        real = {script: pool.submit(real_output, script) for script in found}
        players = [
            threading.Thread(target=_play_each, args=(found[number::at_once], plays, virtual))
            for number, plays in enumerate(sandbox.connections)
        ]
        for player in players:
            player.start()
        for player in players:
            player.join()
        printed = {script: real[script].result() for script in found}
    told = {script: difference(script, printed[script], virtual[script]) for script in found if script in virtual}
    differ = [script for script in found if told.get(script, "not played")]
    for script in differ:
        print(f"{_name(script)}\n{told.get(script, 'not played')}\n")
    print(f"{len(found) - len(differ)} of {len(found)} scripts print the same")
    return 1 if differ else 0


def _play_again(found: Sequence[Path], times: int) -> int:
    """Play each so many times; everything recorded must be the same each time."""
    differing = 0
    with Sandbox(1) as sandbox:
        for script in found:
            first, others = recorded(script, played(script, sandbox.connections[0])), 0
            for told in _others(first, script, sandbox.connections[0], times - 1):
                others += 1
                print(f"{_name(script)}, another play:\n{told}\n", flush=True)
            print(f"{_name(script)}: {times - others} of {times} plays the same", flush=True)
            differing += others
    print(f"{len(found)} scripts, {times} plays each: {differing} plays differed from the first")
    return 1 if differing else 0


def _others(first: str, script: Path, plays: Connection, times: int) -> Iterator[str]:
    for _ in range(times):
        again = recorded(script, played(script, plays))
        if again != first:
            yield "\n".join(difflib.unified_diff(first.splitlines(), again.splitlines(), "first", "again", lineterm=""))


def _name(script: Path) -> str:
    return str(script.relative_to(CORPUS).with_suffix(""))


if __name__ == "__main__":
    sys.exit(main())
