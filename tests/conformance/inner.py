"""One module of CPython's tests on one loop: run as a script in a process of its own, prints one line of JSON.

    python inner.py virtual|stock test.test_asyncio.test_queues

It depends on nothing but kata.virtualtime, so that any Python with freezegun and msgspec can run it.
"""

from __future__ import annotations

import asyncio
import importlib
import io
import json
import os
import sys
import time
import unittest
import warnings
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[2]))

made = 0
"""Loops of ours that were really made."""


def install_virtual_loop() -> None:
    """Make `VirtualLoop` what ``asyncio.new_event_loop()`` gives, through the factory of the unix policy.

    The tests put the policy itself back all the time, but never look into it.
    """
    from kata.virtualtime import VirtualLoop

    class CountedLoop(VirtualLoop):
        def __init__(self, *args: object, **kwargs: object) -> None:
            global made
            made += 1
            # The stock loop takes a selector; one that a test brings along is not ours to use.
            super().__init__()

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        policy = getattr(asyncio, "_DefaultEventLoopPolicy", None) or asyncio.DefaultEventLoopPolicy
    policy._loop_factory = CountedLoop


def run(module: str) -> dict[str, object]:
    """Run all tests of ``module``; seconds are real."""
    output = io.StringIO()
    began = time.perf_counter()
    loaded = unittest.defaultTestLoader.loadTestsFromModule(importlib.import_module(module))
    result = unittest.TextTestRunner(stream=output, verbosity=0).run(loaded)
    bad = [str(test) for test, _ in (*result.failures, *result.errors)]
    bad += [f"{test} (should have failed)" for test in result.unexpectedSuccesses]
    return {
        "tests": result.testsRun,
        "skipped": len(result.skipped),
        "bad": sorted(bad),
        "made": made,
        "seconds": time.perf_counter() - began,
        "report": output.getvalue(),
    }


def main() -> None:
    """Entry: the name of the loop, then the module."""
    which, module = sys.argv[1:]
    answer = os.dup(1)
    os.dup2(2, 1)  # what the tests print is not the answer
    if which == "virtual":
        install_virtual_loop()
    try:
        told = run(module)
    except ImportError as error:
        told = {"missing": str(error)}
    os.write(answer, json.dumps(told).encode() + b"\n")
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
