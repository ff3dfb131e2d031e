"""A lane: a process that grades one hostile submission after the other, and looks at what each leaves behind.

After each it grades right answers to other exercises, in the same grading session: they must be unharmed. Names come on
standard input, a line of JSON for each goes to standard output.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import shutil
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

from kata.contract.scorecard import Scorecard
from kata.judge.grading import GraderError, grade
from kata.judge.workers import Workers
from kata.project.catalog_reader import load
from kata.project.workspace import Workspace
from kata.reports import json_report, junit, markdown
from tests.hostile.files import FOLDER, REFUSED, Hostile, read
from tests.hostile.outside import Outside, Peaks, now, watched

__all__ = ["Lane", "Outcome"]

ROOT = Path(__file__).resolve().parents[2]

OTHERS = ("01_coroutines/01_first_coroutine", "04_tasks/01_first_task", "08_timeouts_and_cancellation/01_time_limit")
"""Exercises whose solutions are graded after each hostile submission, two of them that are not its own."""

SECONDS = 20.0
"""Real seconds that grading a hostile submission may take."""

MOST = Peaks(processes=600, memory=1_300.0, disk=80.0, trusted=400.0)
"""What may be used at once: 1 GiB and 64 MiB of files of a play, what the grader itself needs, and as many processes
as a play can start until somebody looks whether it has more than its 64: the system stops it at 512."""

_PR_SET_CHILD_SUBREAPER = 36


@dataclass
class Outcome:
    """What came of a hostile submission. ``faults`` says what does not hold; empty when all does."""

    name: str
    points: float = 0.0
    of: float = 0.0
    status: str = ""
    seconds: float = 0.0
    isolation: str = ""
    earned: list[str] = field(default_factory=list)
    """The tests that gave points."""
    faults: list[str] = field(default_factory=list)
    peaks: dict[str, float] = field(default_factory=dict)


class Lane:
    """Grades in one grading session, as long as that is unharmed.

    Args:
        temporary: a directory for temporary files that nobody else uses.
    """

    def __init__(self, temporary: Path) -> None:
        self._temporary = temporary
        self._catalog = load(ROOT)
        self._exercises = {exercise.id: exercise for exercise in self._catalog.exercises}
        self._hand_in = temporary / "handed in"
        self._workers: Workers | None = None

    def close(self) -> None:
        """End the session."""
        if self._workers is not None:
            self._workers.__exit__(None, None, None)
            self._workers = None

    def outcome(self, hostile: Hostile) -> Outcome:
        """Grade one submission, and others after it."""
        outcome = Outcome(hostile.name)
        if self._workers is None:
            self._workers = Workers(ROOT, seed=0, jobs=1)
            if problem := self._others(hostile):
                raise GraderError(f"Right answers are not graded as such even before: {problem}")
        before = Outside(ROOT, self._temporary, hostile.text)
        with watched(self._temporary) as peaks:
            began = time.monotonic()
            self._grade(hostile, outcome)
            outcome.seconds = round(time.monotonic() - began, 2)
        moment = now()
        time.sleep(1.5 / os.sysconf("SC_CLK_TCK"))
        if self._workers is not None and (problem := self._others(hostile)):
            outcome.faults.append(problem)
        outcome.faults += before.changed(moment)
        before.restore()
        outcome.peaks = {name: round(value) for name, value in asdict(peaks).items() if not name.startswith("_")}
        for name, value in outcome.peaks.items():
            if value > getattr(MOST, name):
                unit = "" if name == "processes" else " MiB"
                outcome.faults.append(f"it used {value:g}{unit} of {name}; at most {getattr(MOST, name):g} are its own")
        if outcome.seconds > SECONDS:
            outcome.faults.append(f"it took {outcome.seconds:g} seconds")
        if outcome.faults:
            self.close()
        return outcome

    def _grade(self, hostile: Hostile, outcome: Outcome) -> None:
        try:
            card = self._card(hostile.exercise, hostile.text)
        except GraderError as error:
            outcome.status = "broken"
            outcome.faults.append(f"the grade broke off: {error}")
            return
        verdict = card.exercises[0]
        outcome.points, outcome.of, outcome.status = verdict.points, verdict.max_points, verdict.status
        outcome.isolation = verdict.isolation
        outcome.earned = [criterion.test for criterion in verdict.criteria if criterion.points]
        outcome.faults += _unmet(hostile, outcome)
        for report in (json_report, junit, markdown):
            try:
                report.render(card)
            except Exception as error:
                outcome.faults.append(f"{report.__name__} cannot show it: {type(error).__name__}: {error}"[:200])

    def _others(self, hostile: Hostile) -> str:
        """What is wrong with how right answers to other exercises are graded; empty when nothing is."""
        for name in [name for name in OTHERS if name != hostile.exercise][:2]:
            solution = self._exercises[name].solution(ROOT).read_text(encoding="utf-8")
            try:
                verdict = self._card(name, solution).exercises[0]
            except GraderError as error:
                return f"after it, the right answer to {name} could not be graded: {error}"
            if verdict.points != verdict.max_points or verdict.status != "passed":
                return f"after it, the right answer to {name} earned {verdict.points:g} of {verdict.max_points:g}"
        return ""

    def _card(self, name: str, text: str) -> Scorecard:
        exercise = self._exercises[name]
        file = self._hand_in / f"{name}.py"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        try:
            return grade(self._catalog, Workspace(ROOT, self._hand_in), [exercise], workers=self._workers)
        except GraderError:
            self.close()
            raise
        finally:
            shutil.rmtree(self._hand_in)


def _unmet(hostile: Hostile, outcome: Outcome) -> list[str]:
    """What the header asks for and is not so."""
    earned = f"it earned {outcome.points:g} of {outcome.of:g} points, for {', '.join(outcome.earned)}"
    if hostile.must in ("earn nothing", "be refused") and outcome.points:
        return [earned]
    if forged := [test for test in hostile.given_up if test in outcome.earned]:
        return [f"it earned points for {', '.join(forged)}"]
    if hostile.must == "be refused" and outcome.status not in REFUSED:
        return [f"its status is {outcome.status}, not {' or '.join(REFUSED)}"]
    if hostile.must == "earn all" and outcome.status != "passed":
        return [earned if outcome.points else "it earned no points"]
    return []


def main() -> None:
    """Be a lane until standard input ends."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
    os.dup2(2, 1)
    if sys.platform == "linux":  # what breaks out of all else still becomes a child of this process
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    with contextlib.ExitStack() as stack:
        temporary = Path(tempfile.gettempdir())
        lane = Lane(temporary)
        stack.callback(lane.close)
        for line in sys.stdin:
            hostile = read(FOLDER / f"{line.strip()}.py")
            answers.write(json.dumps(asdict(lane.outcome(hostile))) + "\n")


if __name__ == "__main__":
    main()
