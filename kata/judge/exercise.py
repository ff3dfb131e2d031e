"""The ``exercise`` fixture: plays the submission and hands recordings to a hidden test."""

from __future__ import annotations

import copy
import dataclasses
import datetime
import functools
import inspect
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import msgspec

from kata.contract.request import Limits, Request, argument_to_wire
from kata.contract.run import Run
from kata.fakes import BlockingService, Service
from kata.judge.source import SourceQuery, query
from kata.sandbox.client import Plays

__all__ = ["ExercisePlayer", "PlayLog"]

PATIENT = Limits()
IMPATIENT = Limits(seconds=1.0, cpu=1)
"""For the plays of an exercise after one of them had to be stopped: nobody waits five seconds for each."""
AT_THE_END = Limits(seconds=0.25, cpu=1)
"""For those that follow when all of them together have taken too long."""

DETAILED = Limits(seconds=10.0, cpu=10)
"""For a play that is recorded with the turns of its event loop, which takes several times as long."""

QUICK = 0.25
"""Real seconds of a play that do not count: the play of an answer that does not keep the processor takes some 0.01."""

ALL_PLAYS = 12.0
"""Real seconds beyond these that the plays of an exercise may take together."""


class Patience:
    """How long the plays of one exercise may take, after those that there were. Real seconds."""

    def __init__(self, *, stopped: bool = False) -> None:
        self._stopped = stopped
        self._slow = 0.0

    def limits(self) -> Limits:
        """Those of the next play."""
        if self._slow > ALL_PLAYS:
            return AT_THE_END
        return IMPATIENT if self._stopped else PATIENT

    def took(self, run: Run) -> None:
        """Another one is over."""
        self._stopped = self._stopped or run.limit is not None
        self._slow += max(run.cost - QUICK, 0.0)


class PlayLog:
    """The runs of a submission in one test, and what is known of it from the tests before.

    Args:
        patience: how long plays may take.
        detailed: the number of the play that is recorded with the turns of its event loop, counted from 0.
    """

    def __init__(self, patience: Patience | None = None, detailed: int | None = None) -> None:
        self.runs: list[Run] = []
        self.patience = patience or Patience()
        self.detailed = detailed


class ExercisePlayer:
    """Plays one submission.

    ``await exercise.fetch_all(...)`` plays its function ``fetch_all``; ``play`` a drive beside it. On the
    virtual clock its plays follow one another in one process, as long as none leaves anything behind there.

    Args:
        text: the submission.
        pristine: the stub as handed out; it says which functions are coroutine functions.
        file: the file name to show.
        plays: the sandbox.
        log: where runs are kept for the verdict.
        clock: ``virtual`` or ``real``.
        seed: for the submission's own `random`.
        series: the name of the series that its plays belong to; see `Request`. With "" each has a process of its own.
    """

    def __init__(
        self,
        text: str,
        pristine: str,
        file: str,
        plays: Plays,
        log: PlayLog,
        clock: str = "virtual",
        seed: int = 0,
        series: str = "",
    ) -> None:
        self._text = text
        self._pristine = pristine
        self._file = file
        self._plays = plays
        self._log = log
        self._clock = clock
        self._seed = seed
        self._series = series if clock == "virtual" else ""
        self._wall_ns: int | None = None
        self._judged = True

    @property
    def source(self) -> SourceQuery:
        """Questions about the submission's text."""
        return query(self._text)

    @property
    def original(self) -> ExercisePlayer:
        """The same for the stub as it was handed out; its runs do not count against the submission."""
        plays = _Remembered(self._plays)
        player = ExercisePlayer(self._pristine, self._pristine, self._file, plays, PlayLog(), self._clock)
        player._judged = False
        return player

    def at(self, when: str) -> ExercisePlayer:
        """The same with a wall clock that starts at ``when`` (ISO 8601, UTC), such as ``2026-03-29T23:59:30``."""
        moment = datetime.datetime.fromisoformat(when).replace(tzinfo=datetime.UTC)
        player = copy.copy(self)
        player._wall_ns = round(moment.timestamp()) * 1_000_000_000
        return player

    def __getattr__(self, name: str) -> Callable[..., Awaitable[Run]]:
        if name.startswith("_"):
            raise AttributeError(name)

        async def play_function(*args: Any, **kwargs: Any) -> Run:
            stub = query(self._pristine)
            declared = stub.is_async(name)
            if declared is None:
                declared = self.source.is_async(name) is not False
            return await self._play("call", name, declared, *named(stub.parameters(name), args, kwargs))

        return play_function

    async def play(self, drive: Callable[..., Any], *args: Any, **kwargs: Any) -> Run:
        """Play ``async def drive(ex, *args)`` beside the submission, in the world: what it sees is sure.

        What it hands over is data, or functions and objects that are called in the world. Its source is shipped, so it
        may use nothing but its arguments and the modules asyncio, time, contextlib, threading, concurrent.futures and
        warnings. On the real clock, which is no world's to tell, it runs in the played process.
        """
        in_the_world = self._judged and self._clock == "virtual"
        return await self._drive("drive" if in_the_world else "within", drive, args, kwargs)

    async def play_within(self, drive: Callable[..., Any], *args: Any, **kwargs: Any) -> Run:
        """Play a drive in the played process, where the submission could reach it: only for what must live there.

        For tasks, futures and coroutine objects that are handed over, for threads of the drive's own and for neighbours
        on the submission's event loop. docs/security.md lists the tests that do so.
        """
        return await self._drive("within", drive, args, kwargs)

    async def _drive(
        self, action: str, drive: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Run:
        _, *parameters = inspect.signature(drive).parameters
        is_async = inspect.iscoroutinefunction(drive)
        if action == "drive" and not is_async:
            raise TypeError(f"{drive.__name__} is no coroutine function; a plain drive is played within")
        return await self._play(action, drive.__name__, is_async, *named(parameters, args, kwargs), source_of(drive))

    async def load(self) -> Run:
        """Load the submission, and play nothing of it."""
        return await self._play("within", "load", False, (), {}, "def load(ex): pass")

    async def _play(
        self,
        action: str,
        name: str,
        is_async: bool,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        drive: str = "",
    ) -> Run:
        request = Request(
            source=self._text,
            file=self._file,
            action=action,  # type: ignore[arg-type]
            name=name,
            is_async=is_async,
            args=[argument_to_wire(value) for value in args],
            kwargs={key: argument_to_wire(value) for key, value in kwargs.items()},
            drive=drive,
            clock=self._clock,  # type: ignore[arg-type]
            wall_ns=self._wall_ns,
            seed=self._seed,
            series=self._series,
            detail=self._log.detailed == len(self._log.runs),
            limits=self._limits(),
        )
        run = await self._plays.play(request)
        run.tampered += hurried(run, [*args, *kwargs.values()])
        if self._clock == "real":
            run = on_the_grid(run)
        self._log.runs.append(run)
        self._log.patience.took(run)
        return run

    def _limits(self) -> Limits:
        if self._clock == "real":
            return Limits(seconds=30.0)
        if self._log.detailed == len(self._log.runs):
            return DETAILED
        return self._log.patience.limits()


_known: dict[bytes, Run] = {}


class _Remembered:
    """Plays of stubs as handed out: the same request gives the same recording, so it is played once."""

    def __init__(self, plays: Plays) -> None:
        self._plays = plays

    @property
    def isolation(self) -> str:
        return self._plays.isolation

    async def play(self, request: Request) -> Run:
        key = msgspec.msgpack.encode(request)
        if key not in _known:
            _known[key] = await self._plays.play(request)
        return msgspec.structs.replace(_known[key])


def named(
    parameters: Sequence[str], args: Sequence[Any], kwargs: dict[str, Any]
) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """The arguments of a play, each fake without a name of its own called after the parameter that it is passed as.

    So a learner reads of ``fetch`` where the function under test has a parameter ``fetch``.
    """

    def name(value: Any, parameter: str) -> Any:
        if isinstance(value, Service | BlockingService) and value.name == type(value).name:
            return dataclasses.replace(value, name=parameter)
        return value

    beyond = args[len(parameters) :]
    return (*map(name, args, parameters), *beyond), {key: name(value, key) for key, value in kwargs.items()}


def hurried(run: Run, arguments: Sequence[Any]) -> list[str]:
    """Names of fakes that answered sooner than their declaration says: somebody reached into them."""
    found = []
    for fake in arguments:
        if isinstance(fake, Service | BlockingService):
            for call in run.calls.get(fake.name, []):
                if call.end is None or call.outcome == "cancelled":
                    continue
                if call.end - call.start < fake.seconds(call.args) - 1e-6:
                    found.append(f"{fake.name}, which answered too soon")
                    break
    return found


@functools.cache
def source_of(drive: Callable[..., Any]) -> str:
    """The text of a drive: a function at the top level of its test file.

    Raises:
        LookupError: it is not one.
    """
    if not inspect.isfunction(drive) or drive.__qualname__ != drive.__name__ or not drive.__name__.isidentifier():
        raise LookupError(f"{drive!r} is no function at the top level of a file")
    return inspect.getsource(drive)


GRID = 0.1
"""Seconds. Times of a real clock are rounded down to this, so that they compare with virtual ones."""


def on_the_grid(run: Run) -> Run:
    """A recording of the real clock with its times rounded down to `GRID`: sleeps end late, never early."""

    def rounded(value: Any) -> Any:
        if isinstance(value, float):
            return round(int((value + 1e-3) / GRID) * GRID, 9)
        if isinstance(value, list):
            return [rounded(item) for item in value]
        if isinstance(value, msgspec.Struct) and type(value).__module__ == Run.__module__:
            changed = {
                field: rounded(getattr(value, field))
                for field in value.__struct_fields__
                if isinstance(getattr(value, field), float | list | msgspec.Struct)
                and field not in ("wired", "returned", "notes")
            }
            return msgspec.structs.replace(value, **changed)
        return value

    cost = run.cost
    run = rounded(run)
    run.calls = {name: rounded(calls) for name, calls in run.calls.items()}
    run.cost = cost
    return run
