"""Compare: ``python -m tests.conformance [--python PATH ...] [MODULE ...]``.

Exit code 1 when a test fails on VirtualLoop that passes on the stock loop, and no reason for it is listed here.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

MODULES = (
    "test_taskgroups",
    "test_timeouts",
    "test_queues",
    "test_locks",
    "test_waitfor",
    "test_eager_task_factory",
    "test_threads",
    "test_staggered",
    "test_streams",
    "test_server",
    "test_subprocess",
    "test_ssl",
    "test_unix_events",
    "test_tasks",
    "test_events",
    "test_base_events",
    "test_context",
)
"""Those of test.test_asyncio that make default loops. test_futures, test_pep492, test_runners, test_selector_events,
test_transports, test_protocols, test_sock_lowlevel, test_sendfile and test_buffered_proto never do, and so would prove
nothing."""

EXPECTED: dict[str, str] = {}
"""Tests that may fail on VirtualLoop, by a part of their name, each with the reason."""

SECONDS = 300
"""Real seconds after which a module counts as hanging."""

RETRIES = 2
"""How often a module with a difference is run again, alone: some of CPython's tests need a quick machine."""

INNER = Path(__file__).with_name("inner.py")


class Row(NamedTuple):
    """One module on both loops."""

    module: str
    ours: dict[str, object]
    stock: dict[str, object]

    @property
    def worse(self) -> list[str]:
        """Tests that fail on our loop only, and that no reason is listed for."""
        known = _bad(self.stock)
        return [name for name in _bad(self.ours) if name not in known and not any(part in name for part in EXPECTED)]


def _bad(told: dict[str, object]) -> list[str]:
    bad = told.get("bad", [])
    assert isinstance(bad, list)
    return bad


def run(python: str, which: str, module: str) -> dict[str, object]:
    """What ``inner.py`` tells of one module on one loop; ``bad`` names what went wrong."""
    environment = {**os.environ, "PYTHONHASHSEED": "0", "PYTHONWARNINGS": "ignore"}
    command = [python, str(INNER), which, f"test.test_asyncio.{module}"]
    try:
        done = subprocess.run(
            command, capture_output=True, timeout=SECONDS, env=environment, check=False, stdin=subprocess.DEVNULL
        )
    except subprocess.TimeoutExpired:
        return {"bad": [f"{module} hangs"], "seconds": float(SECONDS)}
    lines = done.stdout.splitlines()
    if not lines:
        last = done.stderr.decode(errors="replace").strip().splitlines()[-1:] or [""]
        return {"bad": [f"{module} ended with code {done.returncode}: {last[0]}"]}
    told: dict[str, object] = json.loads(lines[-1])
    return told


def compare(python: str, module: str) -> Row:
    """One module on both loops, again if they differ."""
    row = Row(module, run(python, "virtual", module), run(python, "stock", module))
    for _ in range(RETRIES):
        if not row.worse:
            break
        row = Row(module, run(python, "virtual", module), run(python, "stock", module))
    return row


def table(python: str, modules: list[str], jobs: int, *, verbose: bool) -> tuple[int, int, bool]:
    """Print the comparison for one Python; tests run on our loop, differences, and whether any module was there."""
    version = subprocess.run(
        [python, "-c", "import sys; print(sys.version.split()[0])"], capture_output=True, text=True, check=True
    ).stdout.strip()
    print(f"Python {version} ({python})")
    print(f"{'module':<26}{'tests':>6}{'loops':>7}{'failed: ours':>14}{'stock':>7}{'seconds: ours':>15}{'stock':>8}")
    total = differences = 0
    found = False
    with ThreadPoolExecutor(jobs) as pool:
        for row in pool.map(lambda module: compare(python, module), modules):
            if "missing" in row.stock:
                if f"test_asyncio.{row.module}" in str(row.stock["missing"]):
                    continue  # a module of a newer Python
                print(f"  This Python comes without its test package: {row.stock['missing']}.")
                return 0, 0, False
            found = True
            ours, stock = row.ours, row.stock
            if "missing" in ours:
                print(f"  This Python lacks what the loop needs: {ours['missing']}.")
                return 0, 0, False
            print(
                f"{row.module:<26}{ours.get('tests', 0)!s:>6}{ours.get('made', 0)!s:>7}"
                f"{len(_bad(ours)):>14}{len(_bad(stock)):>7}"
                f"{ours.get('seconds', 0):>15.1f}{stock.get('seconds', 0):>8.1f}",
                flush=True,
            )
            for name in row.worse:
                print(f"    differs: {name}", flush=True)
            if verbose and row.worse:
                print(ours.get("report", ""))
            total += int(str(ours.get("tests", 0)))
            differences += len(row.worse)
    print(f"{total} tests; {differences} fail on VirtualLoop only.\n", flush=True)
    return total, differences, found


def main() -> int:
    """Entry of the command."""
    parser = argparse.ArgumentParser(prog="python -m tests.conformance", description=__doc__)
    parser.add_argument("modules", nargs="*", metavar="MODULE", help="such as test_queues; all by default")
    parser.add_argument("--python", action="append", metavar="PATH", help="another Python; can be repeated")
    parser.add_argument("--jobs", type=int, default=2, help="modules at once")
    parser.add_argument("--verbose", action="store_true", help="show the tracebacks of what differs")
    options = parser.parse_args()
    modules = options.modules or list(MODULES)
    results = [
        table(python, modules, options.jobs, verbose=options.verbose) for python in options.python or [sys.executable]
    ]
    return 1 if any(differences for _, differences, _ in results) or not any(found for *_, found in results) else 0


if __name__ == "__main__":
    sys.exit(main())
