"""A submission that is judged by one hidden test, and what it is told."""

from __future__ import annotations

import asyncio
import textwrap
from collections.abc import Awaitable, Callable, Iterator

import pytest

from kata.contract.scorecard import Diagnosis
from kata.judge import explain
from kata.judge.diagnosis import Case, diagnose
from kata.judge.exercise import ExercisePlayer, PlayLog
from kata.sandbox.client import Sandbox

Hidden = Callable[[ExercisePlayer], Awaitable[None]]
Told = Callable[[str, Hidden], dict[str, Diagnosis]]


@pytest.fixture(scope="module")
def told() -> Iterator[Told]:
    """``told(body, hidden)`` are the diagnoses of a submission, by their names, when the hidden test refuses it.

    The submission begins with ``import asyncio``, so that the body begins in line 2.
    """
    with Sandbox(1) as sandbox:

        def diagnosed(body: str, hidden: Hidden) -> dict[str, Diagnosis]:
            text = "import asyncio\n" + textwrap.dedent(body).lstrip("\n")
            log = PlayLog()
            player = ExercisePlayer(text, text, "exercises/answer.py", sandbox.connections[0], log)
            try:
                asyncio.run(hidden(player))
            except Exception as error:
                case = Case(log.runs[-1], text, error, explain.compared(error))
                return {found.name: found for found in diagnose(case)}
            pytest.fail("the hidden test accepts this")

        yield diagnosed
