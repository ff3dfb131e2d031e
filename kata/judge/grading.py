"""Grading: which exercises need judging, judging them, and the scorecard."""

from __future__ import annotations

import contextlib
import os
import platform
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache as once
from pathlib import Path

from kata.contract.scorecard import Criterion, ExerciseVerdict, Scorecard
from kata.judge.cache import VerdictCache, engine_digest, verdict_key
from kata.judge.orders import Order, Submission, orders_of
from kata.judge.rubric import RubricError, RubricItem, read_rubric
from kata.judge.scoring import not_judged, score
from kata.judge.workers import SessionFailed, Workers
from kata.project.catalog import Catalog, Exercise
from kata.project.workspace import ArchiveError, Unreadable, Workspace
from kata.sandbox.client import SandboxError

__all__ = ["GraderError", "grade", "judge_all", "scorecard"]

REAL_JOBS = 32
"""Processes on the real clock, where nearly all time is spent waiting."""


def default_jobs(clock: str) -> int:
    """Judging sessions at once: one a core, and one more for when another waits; many on the real clock."""
    return REAL_JOBS if clock == "real" else (os.cpu_count() or 1) + 1


class GraderError(Exception):
    """The grader itself failed. One line that says what to do next."""


def grade(
    catalog: Catalog,
    workspace: Workspace,
    exercises: Sequence[Exercise],
    *,
    seed: int = 0,
    clock: str = "virtual",
    jobs: int | None = None,
    cache: VerdictCache | None = None,
    progress: Callable[[ExerciseVerdict], None] | None = None,
    warn: Callable[[str], None] | None = None,
    workers: Workers | None = None,
    untouched: bool = False,
) -> Scorecard:
    """Grade ``exercises`` of the workspace's submission: judge what has no verdict yet, and share out the points.

    Args:
        catalog: all exercises.
        workspace: where the submission is.
        exercises: which to grade, in the order of the scorecard.
        seed: of random inputs. They also depend on each submission's text, so that nothing can be learned by heart.
        clock: ``virtual`` or ``real``.
        jobs: how many processes share the work; `default_jobs` when None.
        cache: where verdicts are kept and looked up; None judges everything anew.
        progress: called with each verdict as soon as it stands.
        warn: called with a line when verdicts cannot be saved.
        workers: judge with these, of the same seed and clock, and leave them at work; None has its own.
        untouched: judge files that are as they came like any other, to show how they fail. They earn nothing, and
            their verdicts are not saved. Else they are not played, and are told as not started.

    Raises:
        GraderError: see there.
    """
    began = time.monotonic()
    grading = _Grading(catalog, workspace, seed, clock, cache, progress, warn, untouched)
    with _failures_in_a_line(), contextlib.ExitStack() as stack:
        if workers is None:
            workers = Workers(workspace.root, seed=seed, clock=clock, jobs=jobs or default_jobs(clock))
            stack.enter_context(workers)
        verdicts = grading.verdicts(exercises, workers)
    return scorecard(exercises, verdicts, clock=clock, seed=seed, seconds=time.monotonic() - began)


def judge_all(
    submissions: Iterable[tuple[Exercise, Submission]], catalog: Catalog, workspace: Workspace, workers: Workers
) -> Iterator[tuple[Submission, ExerciseVerdict]]:
    """Judge any number of submissions, also many of one exercise; yields each verdict as soon as it stands.

    Args:
        submissions: asked for a few at a time, as processes become free. Each is an object of its own, and started.
        catalog: all exercises.
        workspace: of the judge.
        workers: who judges.

    Raises:
        GraderError: see there.
    """
    root, clock = workspace.root, workers.conditions.clock
    decided: dict[int, tuple[Submission, dict[str, Criterion]]] = {}

    def orders() -> Iterator[Order]:
        for exercise, submission in submissions:
            decided[id(submission)] = submission, {}
            yield from orders_of(exercise, submission, root, clock)

    with _failures_in_a_line():
        for order, event in workers.carry_out(orders()):
            submission, known = decided[id(order.submission)]
            known[event.criterion.test] = event.criterion
            rubric = read_rubric(order.exercise.hidden(root), order.exercise.points)
            if known.keys() == {item.test for item in rubric}:
                del decided[id(submission)]
                yield submission, _scored(order.exercise, catalog, workspace, rubric, known, event.isolation)
        for submission, known in decided.values():
            raise SessionFailed(f"{len(known)} hidden tests were run on {submission.sha256[:12]}, and there are more.")


@contextlib.contextmanager
def _failures_in_a_line() -> Iterator[None]:
    """What breaks the judge is told as a `GraderError`, unless everything is wanted."""
    try:
        yield
    except (SessionFailed, SandboxError, ArchiveError, RubricError) as error:
        if os.environ.get("KATA_DEBUG"):
            raise
        line = str(error).strip().splitlines()[-1] if str(error).strip() else type(error).__name__
        raise GraderError(f"The grader failed: {line}") from error


def _scored(
    exercise: Exercise,
    catalog: Catalog,
    workspace: Workspace,
    rubric: tuple[RubricItem, ...],
    decided: dict[str, Criterion],
    isolation: str,
) -> ExerciseVerdict:
    """The verdict that these criteria make."""
    seconds = sum(criterion.seconds for criterion in decided.values())
    verdict = score(exercise, rubric, decided, workspace.free_criteria(exercise), seconds)
    verdict.isolation = isolation
    verdict.chapter = catalog.chapter(exercise.chapter).title
    return verdict


def scorecard(
    exercises: Sequence[Exercise],
    verdicts: Mapping[str, ExerciseVerdict],
    *,
    clock: str,
    seed: int,
    seconds: float = 0.0,
) -> Scorecard:
    """The scorecard that these verdicts make.

    Args:
        exercises: in the order of the scorecard.
        verdicts: one for each, by its id.
        clock: ``virtual`` or ``real``.
        seed: of random inputs.
        seconds: real ones that it took.
    """
    following = next((exercise for exercise in exercises if verdicts[exercise.id].status != "passed"), None)
    return Scorecard(
        points=sum(verdict.points for verdict in verdicts.values()),
        max_points=float(sum(exercise.points for exercise in exercises)),
        python=platform.python_version(),
        isolation=" ".join(dict.fromkeys(v.isolation for v in verdicts.values() if v.isolation))
        or "nothing was played",
        clock=clock,  # type: ignore[arg-type]
        seed=seed,
        exercises=[verdicts[exercise.id] for exercise in exercises],
        seconds=seconds,
        next=following.id if following else None,
    )


class _Grading:
    """One call of `grade`."""

    def __init__(
        self,
        catalog: Catalog,
        workspace: Workspace,
        seed: int,
        clock: str,
        cache: VerdictCache | None,
        progress: Callable[[ExerciseVerdict], None] | None,
        warn: Callable[[str], None] | None,
        untouched: bool,
    ) -> None:
        self.untouched = untouched
        self.catalog = catalog
        self.workspace = workspace
        self.seed = seed
        self.clock = clock
        self.cache = cache
        self.progress = progress or (lambda verdict: None)
        self.warn = warn or (lambda line: None)
        self._keys: dict[str, str] = {}
        """What the verdicts on what is judged now are kept under."""
        self._as_they_came: set[str] = set()

    def verdicts(self, exercises: Sequence[Exercise], workers: Workers) -> dict[str, ExerciseVerdict]:
        """A verdict for each exercise, from the cache where nothing changed."""
        found: dict[str, ExerciseVerdict] = {}
        pending: dict[Exercise, Submission] = {}
        for exercise in exercises:
            verdict = self._without_judging(exercise, pending)
            if verdict is not None:
                found[exercise.id] = verdict
                verdict.chapter = self.catalog.chapter(exercise.chapter).title
                self.progress(verdict)
        return found | self._judged(pending, workers)

    def _without_judging(self, exercise: Exercise, pending: dict[Exercise, Submission]) -> ExerciseVerdict | None:
        """The verdict that needs no judging, or None when the submission is now among those that are pending."""
        hidden = exercise.hidden(self.workspace.root)
        try:
            source = self.workspace.read(exercise)
        except Unreadable as error:
            return not_judged(exercise, hidden, "error", str(error))
        submission = Submission.read(source, exercise, self.workspace)
        if not self.workspace.started(exercise, source):
            if not self.untouched:
                return not_judged(exercise, hidden, "not_started")
            self._as_they_came.add(exercise.id)
            pending[exercise] = submission
            return None
        verdict = None
        if self.cache is not None:
            key = self._keys[exercise.id] = self._key(exercise, submission)
            verdict = self.cache.get(exercise.id, key)
        if verdict is None:
            pending[exercise] = submission
        return verdict

    def _key(self, exercise: Exercise, submission: Submission) -> str:
        return verdict_key(
            submission=submission.sha256.encode(),
            hidden=exercise.hidden(self.workspace.root).read_bytes(),
            pristine=submission.pristine.encode(),
            engine=_engine(self.workspace.root),
            seed=self.seed,
            clock=self.clock,
            python=platform.python_version(),
            isolation="",
            points=exercise.points,
        )

    def _judged(self, pending: Mapping[Exercise, Submission], workers: Workers) -> dict[str, ExerciseVerdict]:
        by_id = {exercise.id: exercise for exercise in pending}
        decided: dict[str, dict[str, Criterion]] = {exercise.id: {} for exercise in pending}
        verdicts: dict[str, ExerciseVerdict] = {}
        for event in workers.judge(pending):
            exercise = by_id[event.exercise]
            known = decided[exercise.id]
            known[event.criterion.test] = event.criterion
            if known.keys() == {item.test for item in self._rubric(exercise)}:
                verdict = self._verdict(exercise, pending[exercise], known, event.isolation)
                verdicts[verdict.id] = verdict
                self.progress(verdict)
        for exercise in pending:
            if exercise.id not in verdicts:
                there = decided[exercise.id]
                names = ", ".join(item.test for item in self._rubric(exercise) if item.test not in there)
                raise SessionFailed(f"The hidden tests of {exercise.id} were not run: {names}.")
        return verdicts

    def _rubric(self, exercise: Exercise) -> tuple[RubricItem, ...]:
        return read_rubric(exercise.hidden(self.workspace.root), exercise.points)

    def _verdict(
        self, exercise: Exercise, submission: Submission, decided: dict[str, Criterion], isolation: str
    ) -> ExerciseVerdict:
        verdict = _scored(exercise, self.catalog, self.workspace, self._rubric(exercise), decided, isolation)
        if exercise.id in self._as_they_came:
            verdict.points = 0.0
            for criterion in verdict.criteria:
                criterion.points = 0.0
            return verdict
        if self.cache is not None and not any(criterion.fault for criterion in verdict.criteria):
            warning = self.cache.put(self._keys[exercise.id], verdict, submission.sha256)
            if warning:
                self.warn(warning)
        return verdict


@once
def _engine(root: Path) -> str:
    return engine_digest(root)
