"""What grading costs: a play, everything, one exercise, and the same in the ways of others."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from kata.contract.request import Request, argument_to_wire
from kata.fakes import Service
from kata.project.catalog import Catalog
from kata.project.catalog_reader import load
from kata.sandbox.client import Sandbox, Spawner

ROOT = Path(__file__).resolve().parents[1]

_SUBMISSION = """
import asyncio
async def fetch_all(fetch, urls):
    return await asyncio.gather(*(fetch(url) for url in urls))
"""


def play(spawn: bool = False, series: str = "", times: int = 100) -> float:
    """Real seconds of one play, on average.

    Args:
        spawn: whether each has a fresh interpreter.
        series: with a name, the plays follow one another in one process.
        times: how many are measured, after a first one.
    """
    request = Request(
        source=_SUBMISSION,
        file="submission.py",
        name="fetch_all",
        args=[argument_to_wire(Service(1)), argument_to_wire(["a", "b", "c"])],
        series=series,
    )

    async def many(plays: object) -> float:
        await plays.play(request)  # type: ignore[attr-defined]
        start = time.perf_counter()
        for _ in range(times):
            await plays.play(request)  # type: ignore[attr-defined]
        return (time.perf_counter() - start) / times

    if spawn:
        return asyncio.run(many(Spawner()))
    with Sandbox(1) as sandbox:
        return asyncio.run(many(sandbox.connections[0]))


def _seconds(command: list[str], **environment: str) -> float:
    start = time.perf_counter()
    subprocess.run(
        command,
        cwd=ROOT,
        check=False,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | environment,
    )
    return time.perf_counter() - start


def _grade(*options: str) -> list[str]:
    return [sys.executable, "grader.py", "grade", *options]


def everything(*options: str) -> float:
    """Real seconds of one uncached grade of all solutions, start of the interpreter included."""
    return _seconds(_grade("--submission", "solutions", *options))


def cached() -> float:
    """Real seconds of a grade in which nothing has changed, in a copy of the clone."""
    with tempfile.TemporaryDirectory() as directory:
        copy = Path(directory) / "clone"
        ignored = shutil.ignore_patterns(".git", ".venv*", ".kata", ".*_cache", ".hypothesis")
        shutil.copytree(ROOT, copy, ignore=ignored)
        shutil.copytree(copy / "solutions", copy / "exercises", dirs_exist_ok=True)
        command = [sys.executable, str(copy / "grader.py")]
        _seconds(command)
        return _seconds(command)


def one_exercise() -> float:
    """Real seconds from a saved file to the verdict on it."""
    return _seconds(_grade("05.02", "--submission", "solutions"))


def process_each(catalog: Catalog, at_once: int) -> float:
    """Real seconds of one bare pytest process for each exercise's hidden tests, so many ``at_once``."""
    commands = [
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(exercise.hidden(ROOT))]
        for exercise in catalog.exercises
    ]
    start = time.perf_counter()
    running: list[subprocess.Popen[bytes]] = []
    for command in commands:
        while len(running) >= at_once:
            running = [process for process in running if process.poll() is None]
            time.sleep(0.005)
        running.append(subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
    for process in running:
        process.wait()
    return time.perf_counter() - start


def catalog() -> Catalog:
    """The exercises that are measured."""
    return load(ROOT)
