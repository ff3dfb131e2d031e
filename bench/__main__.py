"""``python -m bench``: all benchmarks, as the table that stands in bench/README.md.

``--quick`` leaves out what takes minutes (the real clock, a process for each exercise). Needs bench/requirements.txt.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import os
import platform
import subprocess
import sys
from pathlib import Path

from bench import grading
from bench.loops import LOOPS, WORKLOADS

ROOT = Path(__file__).resolve().parents[1]
SIZES = {"turns": 100_000, "timers": 5_000, "tasks": 10_000, "queues": 50_000}


def loop_seconds(loop: str, workload: str, n: int) -> float | None:
    """Real seconds for a workload on a loop, in a process of its own; None where the loop cannot do it."""
    command = [sys.executable, "-m", "bench.loops", loop, workload, str(n)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return float(done.stdout) if done.returncode == 0 else None


def loops() -> None:
    """The table of loops: units of work a second, and the ratio to the stock loop or, for timers, to looptime."""
    print("| loop | " + " | ".join(f"{name} /s" for name in WORKLOADS) + " |")
    print("| --- | " + " | ".join("---:" for _ in WORKLOADS) + " |")
    rates: dict[tuple[str, str], float] = {}
    for loop in LOOPS:
        cells = []
        for workload, n in SIZES.items():
            if loop == "stock" and workload == "timers":
                cells.append("(1)")  # it would take n seconds
                continue
            seconds = loop_seconds(loop, workload, n)
            if seconds is None:
                cells.append("failed")
                continue
            rate = rates[loop, workload] = n / seconds
            base = rates.get(("stock", workload))
            cells.append(f"{rate:,.0f}" + (f" ({rate / base:.2f})" if base and loop != "stock" else ""))
        print(f"| {loop} | " + " | ".join(cells) + " |")
    timers, other = rates.get(("virtual", "timers")), rates.get(("looptime", "timers"))
    if timers and other:
        print(f"\nTimers: VirtualLoop is {timers / other:.0f} times as fast as looptime.")
    million = loop_seconds("virtual", "timers", 333_334)
    if million:
        print(f"A million virtual sleeps in one task: {3 * million:.1f} s (best of three thirds, times three).")


def grades(quick: bool) -> None:
    """The table of grading costs."""
    catalog = grading.catalog()
    whole = min(grading.everything() for _ in range(3))
    rows = [
        ("one play, forked", f"{1000 * grading.play():.1f} ms"),
        ("one more play of a series", f"{1000 * grading.play(series='bench'):.1f} ms"),
        ("one play, fresh interpreter", f"{1000 * grading.play(spawn=True, times=5):.0f} ms"),
        (f"all {len(catalog.exercises)} exercises, uncached", f"{whole:.2f} s"),
        ("all, nothing changed", f"{grading.cached():.2f} s"),
        ("one exercise, from save to verdict", f"{grading.one_exercise():.2f} s"),
    ]
    if not quick:
        cores = os.cpu_count() or 1
        others = [
            ("one bare pytest process an exercise, one after another", grading.process_each(catalog, 1)),
            (f"the same, {cores} at a time", grading.process_each(catalog, cores)),
            ("the same tests on the real clock", grading.everything("--clock", "real", "--jobs", str(cores))),
        ]
        rows += [(what, f"{seconds:.0f} s ({seconds / whole:.1f} times)") for what, seconds in others]
    print("| what | wall time |")
    print("| --- | ---: |")
    for what, cost in rows:
        print(f"| {what} | {cost} |")


def main() -> None:
    """Run them all."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="leave out what takes minutes")
    options = parser.parse_args()
    versions = ", ".join(
        f"{name} {importlib.metadata.version(name)}" for name in ("pytest", "looptime", "async-solipsism", "freezegun")
    )
    machine = f"{platform.machine()} {platform.system()}, {os.cpu_count()} cores"
    print(f"Python {platform.python_version()} on {machine}; {versions}\n")
    loops()
    print()
    grades(options.quick)


if __name__ == "__main__":
    main()
