"""The pytest plugin: options, the ``exercise`` and ``rng`` fixtures, the clean-run rule, and criteria.

Under plain ``pytest`` it judges ``solutions/``, or what ``--submission`` names. The grader registers `JudgePlugin` with
a sink instead, which receives each criterion as soon as it is decided.
"""

from __future__ import annotations

import hashlib
import os
import random
from collections.abc import Callable, Generator, Iterable, Iterator
from pathlib import Path

import pytest

from kata.contract.run import SubmissionFailed
from kata.contract.scorecard import Criterion
from kata.judge import clean, explain
from kata.judge.diagnosis import NAMES, Case, diagnose
from kata.judge.exercise import ExercisePlayer, PlayLog
from kata.judge.rubric import criterion_text
from kata.program import ROOT
from kata.project.catalog import Catalog, Exercise, load
from kata.project.workspace import Source, Unreadable, Workspace
from kata.sandbox.client import Plays, Sandbox, SandboxError, Spawner

__all__ = ["JudgePlugin"]

MAX_RUNS = 3
"""Recordings that a criterion keeps."""

_session = pytest.StashKey["JudgePlugin"]()
_log = pytest.StashKey[PlayLog]()


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("asyncio-kata")
    group.addoption("--submission", metavar="DIR", help="judge the files in DIR (default: solutions)")
    group.addoption("--clock", choices=["virtual", "real"], default="virtual", help="the clock to play on")
    group.addoption("--seed", type=int, default=0, help="seed of random inputs")
    group.addoption("--play", choices=["fork", "spawn"], default="fork", help="how to start each play")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "points(n): how much this criterion weighs (1 when unmarked)")
    config.addinivalue_line("markers", "fresh: each play of a test has a process of its own")
    config.addinivalue_line("markers", "allows(*names): what plays may leave behind in this test")
    plugin = next((known for known in config.pluginmanager.get_plugins() if isinstance(known, JudgePlugin)), None)
    if plugin is None:
        submission = config.getoption("--submission")
        plugin = JudgePlugin(
            load(ROOT),
            Workspace(ROOT, Path(submission).absolute() if submission else ROOT / "solutions"),
            plays=config.getoption("--play"),
            clock=config.getoption("--clock"),
            seed=config.getoption("--seed"),
        )
        config.pluginmanager.register(plugin)
    config.stash[_session] = plugin


@pytest.fixture
def exercise(request: pytest.FixtureRequest) -> ExercisePlayer:
    """The submission of the exercise that this test file judges."""
    judge = request.config.stash[_session]
    player, log = judge.player(request.node)
    request.node.stash[_log] = log
    return player


@pytest.fixture
def rng(request: pytest.FixtureRequest) -> random.Random:
    """Random numbers for inputs, drawn from the seed, the submission's text and the test's name."""
    return request.config.stash[_session].rng(request.node)


class JudgePlugin:
    """The state of one judging session.

    Args:
        catalog, workspace: what is judged.
        exercises: whose tests to run, asked for one by one; None runs what pytest was given.
        plays: the sandbox, or how to start one when it is first needed.
        clock: ``virtual`` or ``real``.
        seed: of random inputs.
        only: told an exercise's id and a test's name; says whether to run it.
        keep: which play of a test that passes is kept as its recording, counted from 0.
        sink: called with an exercise's id and a criterion without points, as soon as it is decided.
    """

    def __init__(
        self,
        catalog: Catalog,
        workspace: Workspace,
        exercises: Iterable[Exercise] | None = None,
        *,
        plays: Plays | str = "fork",
        clock: str = "virtual",
        seed: int = 0,
        only: Callable[[str, str], bool] | None = None,
        keep: int = 0,
        sink: Callable[[str, Criterion], None] | None = None,
    ) -> None:
        self.catalog = catalog
        self.workspace = workspace
        self.exercises = exercises
        self.clock = clock
        self.seed = seed
        self.only = only
        self.keep = keep
        self.sink = sink
        self._plays = plays
        self._sandbox: Sandbox | None = None
        self._by_file = {str(exercise.hidden(workspace.root)): exercise for exercise in catalog.exercises}
        self._sources: dict[str, Source | Unreadable] = {}
        self._stopped: set[str] = set()

    # For fixtures --------------------------------------------------------------------------------------------

    def exercise_of(self, item: pytest.Item) -> Exercise:
        """The exercise that a test file judges."""
        try:
            return self._by_file[str(item.path)]
        except KeyError:
            raise LookupError(f"{item.path.name} judges no exercise of the catalog") from None

    def player(self, item: pytest.Item) -> tuple[ExercisePlayer, PlayLog]:
        """The player for one test, and the log of its runs."""
        exercise = self.exercise_of(item)
        source = self._source(exercise)
        if isinstance(source, Unreadable):
            pytest.fail(str(source), pytrace=False)
        log = PlayLog()
        log.stopped = exercise.id in self._stopped
        file = f"exercises/{exercise.id}.py"
        seed = self.rng(item).getrandbits(32)
        pristine = self.workspace.pristine(exercise)
        series = "" if item.get_closest_marker("fresh") else os.urandom(8).hex()
        return ExercisePlayer(source.text, pristine, file, self.plays, log, self.clock, seed, series), log

    def rng(self, item: pytest.Item) -> random.Random:
        """Random numbers that depend on the seed, the submission and the test, and on nothing else."""
        source = self._source(self.exercise_of(item))
        mark = source.sha256 if isinstance(source, Source) else ""
        text = f"{self.seed}/{mark}/{item.path.name}/{item.name}"
        return random.Random(hashlib.sha256(text.encode()).digest())

    def _source(self, exercise: Exercise) -> Source | Unreadable:
        if exercise.id not in self._sources:
            try:
                self._sources[exercise.id] = self.workspace.read(exercise)
            except Unreadable as error:
                self._sources[exercise.id] = error
        return self._sources[exercise.id]

    @property
    def plays(self) -> Plays:
        """The sandbox; started when first needed."""
        if not isinstance(self._plays, str):
            return self._plays
        plays: Plays
        if self._plays == "fork" and hasattr(os, "fork"):
            self._sandbox = Sandbox(1)
            plays = self._sandbox.connections[0]
        else:
            plays = Spawner()
        self._plays = plays
        return plays

    # Hooks ---------------------------------------------------------------------------------------------------

    def pytest_collection(self) -> bool | None:
        """Collect nothing ahead where exercises are asked for one by one."""
        return None if self.exercises is None else True

    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        """Run the tests of one exercise after the other."""
        if self.exercises is None:
            return None
        items = self._items(session, self.exercises)
        item = next(items, None)
        while item is not None:
            following = next(items, None)  # pytest tears down what that one does not share
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            item = following
        return True

    def _items(self, session: pytest.Session, exercises: Iterable[Exercise]) -> Iterator[pytest.Item]:
        for exercise in exercises:
            # Not by way of the session's own collection, which looks through all directories above the file each time.
            items = list(
                session.genitems(pytest.Module.from_parent(session, path=exercise.hidden(self.workspace.root)))
            )
            session.config.hook.pytest_collection_modifyitems(session=session, config=session.config, items=items)
            yield from items

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave out the tests that are not asked for."""
        if self.only is not None:
            only = self.only
            items[:] = [item for item in items if only(self.exercise_of(item).id, item.name)]

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None, object, object]:
        """Run the test, then hold its plays to the clean-run rule."""
        result = yield
        log = item.stash.get(_log, None)
        if log is not None:
            self._hold_to_the_rule(item, log)
        return result

    def _hold_to_the_rule(self, item: pytest.Item, log: PlayLog) -> None:
        for run in log.runs:
            if run.failed and not run.looked_at_outcome and not (run.deadlock and "deadlock" in allowed(item)):
                raise SubmissionFailed(run)
            unclean = clean.find(run, allowed(item))
            if unclean:
                raise explain.NotClean(run, unclean[0].text)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Turn the outcome of a test into a criterion."""
        report = yield
        if self.sink is not None and (call.when == "call" or (call.when == "setup" and call.excinfo)):
            self.sink(self.exercise_of(item).id, self._criterion(item, call))
        return report

    def _criterion(self, item: pytest.Item, call: pytest.CallInfo[None]) -> Criterion:
        exercise = self.exercise_of(item)
        log = item.stash.get(_log, None) or PlayLog()
        if log.stopped:
            self._stopped.add(exercise.id)
        error = call.excinfo.value if call.excinfo is not None else None
        if isinstance(error, SandboxError):
            raise error
        name = getattr(item, "originalname", None) or item.name
        criterion = Criterion(
            test=name,
            text=criterion_text(getattr(item.function, "__doc__", None), name),  # type: ignore[attr-defined]
            passed=error is None,
            points=0.0,
            max_points=0.0,
            seconds=call.duration,
            played=max((run.elapsed for run in log.runs), default=0.0),
        )
        if error is not None:
            guilty = getattr(error, "run", None) or (log.runs[-1] if log.runs else None)
            comparison = explain.compared(error)
            criterion.message = explain.message(error, comparison)
            if guilty is not None:
                source = self._source(exercise)
                text = source.text if isinstance(source, Source) else ""
                criterion.diagnoses = diagnose(Case(guilty, text, error, comparison, allowed(item)))
            criterion.play = next((number for number, run in enumerate(log.runs) if run is guilty), 0)
            kept = [run for run in log.runs if run is not guilty][: MAX_RUNS - 1]
            criterion.runs = ([guilty] if guilty is not None else []) + kept
        else:
            criterion.play = self.keep
            criterion.runs = log.runs[self.keep :][:1]
        return criterion

    def pytest_sessionfinish(self) -> None:
        """Hang up the sandbox that this plugin started."""
        if self._sandbox is not None:
            self._sandbox.close()


def allowed(item: pytest.Item) -> frozenset[str]:
    """What the plays of a test may leave behind.

    Raises:
        ValueError: a mark names something that the rule does not know.
    """
    names = frozenset(name for mark in item.iter_markers("allows") for name in mark.args)
    unknown = names.difference(clean.KINDS, NAMES)
    if unknown:
        known = ", ".join(dict.fromkeys((*clean.KINDS, *NAMES)))
        raise ValueError(f"allows() knows {known}, not {', '.join(sorted(unknown))}")
    return names
