"""Scripts of every kind print the same, played and for real. A sample: `python -m tests.corpus` plays all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from kata.sandbox.client import Connection, Sandbox
from tests.corpus.compare import difference, played, real_output, scripts

SAMPLE = scripts()[::8]

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="scripts are played in copied processes here")


@pytest.fixture(scope="module")
def plays() -> Iterator[Connection]:
    with Sandbox(1) as sandbox:
        yield sandbox.connections[0]


@pytest.fixture(scope="module")
def in_real_life() -> Iterator[dict[Path, Future[list[str]]]]:
    """What each script prints in real life; they wait beside one another."""
    with ThreadPoolExecutor(4) as pool:
        yield {script: pool.submit(real_output, script) for script in SAMPLE}


@pytest.mark.parametrize("script", SAMPLE, ids=lambda script: f"{script.parent.name}/{script.stem}")
def test_a_script_prints_the_same(script: Path, plays: Connection, in_real_life: dict[Path, Future[list[str]]]) -> None:
    told = difference(script, in_real_life[script].result(), played(script, plays))
    assert not told, told
