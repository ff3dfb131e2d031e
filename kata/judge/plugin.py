"""The pytest plugin: options, the ``exercise`` and ``rng`` fixtures, the clean-run rule, and criteria.

Under plain ``pytest`` it judges ``exercises/``, or what ``--submission`` names: see `plain`. The grader registers
`JudgePlugin` with a sink instead, which receives each criterion as soon as it is decided.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import random
from collections.abc import Callable, Generator, Iterable
from itertools import pairwise
from pathlib import Path
from typing import cast

import pytest

from kata.contract.run import Run, SubmissionFailed
from kata.contract.scorecard import Criterion
from kata.contract.texts import class_name, message_of
from kata.judge import clean, explain
from kata.judge.diagnosis import NAMES, Case, diagnose
from kata.judge.exercise import ExercisePlayer, Patience, PlayLog
from kata.judge.orders import Order
from kata.judge.plain import Finder, PlainPytest, finder, workspace_of
from kata.judge.rubric import criterion_text
from kata.program import ROOT
from kata.project.catalog import CatalogError
from kata.project.workspace import Unreadable
from kata.sandbox.client import Plays, Sandbox, SandboxError, Spawner

__all__ = ["JudgePlugin"]

MAX_RUNS = 3
"""Recordings that a criterion keeps."""

_session = pytest.StashKey["JudgePlugin"]()
_log = pytest.StashKey[PlayLog]()


def pytest_addoption(parser: pytest.Parser) -> None:
    # Of all hooks this comes first: no plugin and no time-out that is set elsewhere decides a verdict.
    for name in ("PYTEST_PLUGINS", "PYTEST_TIMEOUT"):
        os.environ.pop(name, None)
    group = parser.getgroup("asyncio-kata")
    group.addoption(
        "--submission",
        metavar="DIR",
        help="judge the files in DIR (default: exercises); one that lies elsewhere takes the form --submission=DIR",
    )
    group.addoption("--clock", choices=["virtual", "real"], default="virtual", help="the clock to play on")
    group.addoption("--seed", type=int, default=0, help="seed of random inputs")
    group.addoption("--play", choices=["fork", "spawn"], default="fork", help="how to start each play")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "points(n): how much this criterion weighs (1 when unmarked)")
    config.addinivalue_line("markers", "fresh: each play of a test has a process of its own")
    config.addinivalue_line("markers", "virtual: its moments can only be told apart on virtual time")
    config.addinivalue_line("markers", "allows(*names): what plays may leave behind in this test")
    plugin = next((known for known in config.pluginmanager.get_plugins() if isinstance(known, JudgePlugin)), None)
    if plugin is None:
        try:
            workspace = workspace_of(ROOT, config.getoption("--submission"))
            find = finder(workspace)
        except CatalogError as error:
            raise pytest.UsageError(str(error)) from None
        plugin = JudgePlugin(
            ROOT,
            find=find,
            plays=config.getoption("--play"),
            clock=config.getoption("--clock"),
            seed=config.getoption("--seed"),
        )
        config.pluginmanager.register(plugin)
        config.pluginmanager.register(PlainPytest(workspace, plugin.criterion))
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
        root: the clone.
        find: finds what a test file judges, where pytest itself chooses the tests.
        orders: what to judge, asked for one by one; None judges what pytest was given.
        plays: the sandbox, or how to start one when it is first needed.
        clock: ``virtual`` or ``real``.
        seed: of random inputs.
        sink: called with an exercise's id and a criterion without points, as soon as it is decided.
    """

    def __init__(
        self,
        root: Path,
        *,
        find: Finder | None = None,
        orders: Iterable[Order] | None = None,
        plays: Plays | str = "fork",
        clock: str = "virtual",
        seed: int = 0,
        sink: Callable[[str, Criterion], None] | None = None,
    ) -> None:
        self.root = root
        self.orders = orders
        self.clock = clock
        self.seed = seed
        self.sink = sink
        self.fault: BaseException | None = None
        """What broke this session: a fault of the grader."""
        self._find = find
        self._plays = plays
        self._sandbox: Sandbox | None = None
        self._taken: dict[Path, Order] = {}
        self._patience: dict[str, Patience] = {}
        self._refused = False
        """Whether a criterion of the order that is carried out is not met."""
        self._loads: dict[str, Run] = {}
        """For each exercise a play that shows whether its file loads."""

    # For fixtures --------------------------------------------------------------------------------------------

    def order_of(self, item: pytest.Item) -> Order:
        """What a test judges."""
        if self._find is None:
            return self._taken[item.path]
        try:
            return self._find(item.path)
        except Unreadable as error:
            reason = str(error)
        pytest.fail(reason, pytrace=False)

    def player(self, item: pytest.Item) -> tuple[ExercisePlayer, PlayLog]:
        """The player for one test, and the log of its runs."""
        order = self.order_of(item)
        known = self._loads.get(order.exercise.id)
        # Under plain pytest each test says itself why it fails, not its set-up.
        if self._find is None and known is not None and not_loaded(known):
            raise SubmissionFailed(known)
        log = PlayLog(self._patience.setdefault(order.exercise.id, Patience()), order.keep if order.detail else None)
        file = f"exercises/{order.exercise.id}.py"
        seed = self.rng(item).getrandbits(32)
        series = "" if item.get_closest_marker("fresh") else os.urandom(8).hex()
        text, pristine = order.submission.text, order.submission.pristine
        clock = "virtual" if item.get_closest_marker("virtual") else self.clock
        return ExercisePlayer(text, pristine, file, self.plays, log, clock, seed, series), log

    def rng(self, item: pytest.Item) -> random.Random:
        """Random numbers that depend on the seed, the submission and the test, and on nothing else."""
        text = f"{self.seed}/{self.order_of(item).submission.sha256}/{item.path.name}/{item.name}"
        return random.Random(hashlib.sha256(text.encode()).digest())

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
        """Collect nothing ahead where orders are asked for one by one."""
        return None if self.orders is None else True

    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        """Run the tests of one order after the other."""
        if self.orders is None:
            return None
        # What follows the last test of an order is not known yet: it shares nothing but the session.
        end = cast(pytest.Item, session)
        for order in self.orders:
            items = self._items(session, order)
            for item, following in pairwise([*items, end]):
                # Any test of a hasty order may be its last one, and must not leave its module set up.
                following = end if order.hasty else following
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
                if order.hasty and self._refused:
                    break
        return True

    def _items(self, session: pytest.Session, order: Order) -> list[pytest.Item]:
        file = order.exercise.hidden(self.root)
        self._taken[file] = order
        self._patience.pop(order.exercise.id, None)
        self._loads.pop(order.exercise.id, None)
        self._refused = False
        if order.hasty:
            self._patience[order.exercise.id] = Patience(stopped=True)
        # Not by way of the session's own collection, which looks through all directories above the file each time.
        items = list(session.genitems(pytest.Module.from_parent(session, path=file)))
        return [item for item in items if order.tests is None or _function(item) in order.tests]

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None, object, object]:
        """Run the test, then hold its plays to the clean-run rule.

        What kept the submission from being played is the reason, whatever the test looked at first.
        """
        log = item.stash.get(_log, None)
        try:
            result = yield
        except Exception as error:
            stopped = self._stopped_play(item, log) if log is not None else None
            if stopped is None or isinstance(error, SubmissionFailed | SandboxError):
                raise
            raise SubmissionFailed(stopped) from error
        if log is not None:
            stopped = self._stopped_play(item, log)
            if stopped is not None:
                raise SubmissionFailed(stopped)
            self._hold_to_the_rule(item, log)
        return result

    def _stopped_play(self, item: pytest.Item, log: PlayLog) -> Run | None:
        """The play of this test that could not be made, or was stopped.

        A test that played nothing, since it looks at the text alone, holds only for a file that loads.
        """
        exercise = self.order_of(item).exercise.id
        if not log.runs:
            if exercise not in self._loads:
                with asyncio.Runner(loop_factory=asyncio.new_event_loop) as runner:
                    self._loads[exercise] = runner.run(item.funcargs["exercise"].load())  # type: ignore[attr-defined]
                log.runs.clear()
            return self._loads[exercise] if self._loads[exercise].failed else None
        stopped = next((run for run in log.runs if run.unfit or run.limit), None)
        for run in log.runs:
            if not run.failed or not_loaded(run):
                self._loads[exercise] = run
        return stopped

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
            self.sink(self.order_of(item).exercise.id, self.criterion(item, call))
        return report

    def criterion(self, item: pytest.Item, call: pytest.CallInfo[None]) -> Criterion:
        """What becomes of a test that ended.

        Raises:
            SandboxError: the sandbox failed, which says nothing of the submission.
        """
        order = self.order_of(item)
        log = item.stash.get(_log, None) or PlayLog()
        error = call.excinfo.value if call.excinfo is not None else None
        if isinstance(error, SandboxError):
            raise error
        name = _function(item)
        self._refused = self._refused or error is not None
        criterion = Criterion(
            test=name,
            text=criterion_text(getattr(item.function, "__doc__", None), name),  # type: ignore[attr-defined]
            passed=error is None,
            points=0.0,
            max_points=0.0,
            seconds=call.duration,
            played=max((run.elapsed for run in log.runs), default=0.0),
        )
        if error is None:
            criterion.play = order.keep
            criterion.runs = log.runs[order.keep :][:1]
            return criterion
        criterion.holds = isinstance(error, explain.NotClean)
        guilty = getattr(error, "run", None) or (log.runs[-1] if log.runs else None)
        criterion.play = next((number for number, run in enumerate(log.runs) if run is guilty), 0)
        kept = [run for run in log.runs if run is not guilty][: MAX_RUNS - 1]
        criterion.runs = ([guilty] if guilty is not None else []) + kept
        try:
            comparison = explain.compared(error)
            criterion.message = explain.message(error, comparison)
            if guilty is not None:
                case = Case(guilty, order.submission.text, error, comparison, allowed(item), order.submission.places)
                criterion.diagnoses = [
                    explain.with_its_line(found, case.text, f"exercises/{order.exercise.id}.py", guilty.unfit)
                    for found in diagnose(case)
                ]
        except Exception as broken:  # a fault of the judge's, which costs this criterion and no other
            criterion.fault = f"{class_name(type(broken))}: {message_of(broken)}"[:500]
            criterion.message = (
                criterion.message or f"Why this check does not hold could not be told: {criterion.fault}"
            )
        return criterion

    def pytest_internalerror(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        """Keep what broke pytest, which itself only says that something did."""
        self.fault = excinfo.value

    def pytest_sessionfinish(self) -> None:
        """Hang up the sandbox that this plugin started."""
        if self._sandbox is not None:
            self._sandbox.close()


def _function(item: pytest.Item) -> str:
    """The name of a test as the rubric has it: without parameters."""
    return getattr(item, "originalname", None) or item.name


def not_loaded(run: Run) -> bool:
    """True when a play shows that the file does not load, whatever is played of it."""
    return run.unfit is not None and run.unfit.kind in ("syntax", "import")


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
