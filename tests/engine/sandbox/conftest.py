"""One sandbox for all tests here, and a way to see what it leaves behind."""

from __future__ import annotations

import asyncio
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kata.contract.request import Limits, Request, argument_to_wire
from kata.contract.run import Run
from kata.sandbox.client import Sandbox, Spawner

Play = Callable[..., Run]


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    """A zygote with one connection; fresh processes are what it is for, so all tests share it."""
    with Sandbox(1) as sandbox:
        _ = sandbox.connections[0].isolation
        yield sandbox


def _request(source: str, *args: Any, name: str = "solve", is_async: bool = True, **options: Any) -> Request:
    limits = {key: options.pop(key) for key in tuple(options) if key in Limits.__struct_fields__}
    return Request(
        source=textwrap.dedent(source),
        file="exercises/99_test/01_test.py",
        name=name,
        is_async=is_async,
        args=[argument_to_wire(arg) for arg in args],
        limits=Limits(**limits),
        **options,
    )


@pytest.fixture
def play(sandbox: Sandbox) -> Play:
    """``play(source, *args)`` plays ``solve(*args)`` of a submission in a forked process."""

    def run(source: str, *args: Any, **options: Any) -> Run:
        return asyncio.run(sandbox.connections[0].play(_request(source, *args, **options)))

    return run


@pytest.fixture
def spawn() -> Play:
    """The same in a fresh interpreter."""

    def run(source: str, *args: Any, **options: Any) -> Run:
        return asyncio.run(Spawner().play(_request(source, *args, **options)))

    return run


def children(pid: int) -> list[int]:
    """The processes that the first thread of one has started."""
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def descendants(pid: int) -> list[int]:
    """All processes below ``pid``."""
    found = [pid]
    for parent in found:
        found += children(parent)
    return found[1:]


@pytest.fixture
def nothing_left(sandbox: Sandbox) -> Iterator[None]:
    """Fails if a process is left behind that was not there before, or a file in the sandbox's directory."""
    zygote = sandbox.process.pid
    before, lanes = descendants(zygote), len(children(zygote))
    yield
    deadline = time.monotonic() + 30
    # A keeper may have given its place to another one, so of the zygote's own children only the number counts.
    while (left := set(descendants(zygote)) - {*before, *children(zygote)}) or len(children(zygote)) > lanes:
        assert time.monotonic() < deadline, f"processes are left behind: {left or children(zygote)}"
        time.sleep(0.02)
    assert [entry for place in Path(sandbox.root).iterdir() for entry in place.iterdir()] == []
