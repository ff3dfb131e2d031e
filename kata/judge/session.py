"""One judging session: pytest over hidden tests, in this process. Orders are asked for one by one, criteria go out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from kata.judge.orders import Conditions, Decided, Order
from kata.sandbox.client import Plays

__all__ = ["SessionFailed", "import_all", "run"]


class SessionFailed(Exception):
    """A judging session broke down: a fault of the grader or of a hidden test. One line and details."""


def import_all() -> None:
    """Import what a session needs: once, before processes part."""
    import pytest_asyncio.plugin
    import pytest_timeout

    from kata.judge import plugin

    del pytest_asyncio, pytest_timeout, plugin


def run(conditions: Conditions, plays: Plays, orders: Iterable[Order], sink: Callable[[Decided], None]) -> None:
    """Carry out orders. The process is in the clone, and its environment is that of a judge: see `workers`.

    Args:
        conditions: what is the same for all orders.
        plays: the sandbox.
        orders: asked for one by one, when the one before is done.
        sink: given each criterion as soon as it is decided.

    Raises:
        SessionFailed: pytest did not come to its end.
        BaseException: what broke it.
    """
    import pytest

    from kata.judge import plugin as fixtures

    judge = fixtures.JudgePlugin(
        conditions.folder,
        orders=orders,
        plays=plays,
        clock=conditions.clock,
        seed=conditions.seed,
        sink=lambda exercise, criterion: sink(Decided(exercise, criterion, plays.isolation)),
    )
    # Paths are relative, as pytest expands what looks like a variable in --rootdir, and splits arguments at brackets.
    code = pytest.main([*_OPTIONS, "--rootdir=.", "tests/hidden"], plugins=[fixtures, judge])
    if judge.fault is not None:
        raise judge.fault
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.NO_TESTS_COLLECTED):
        raise SessionFailed(f"pytest ended with {pytest.ExitCode(code).name}")


_OPTIONS = [
    "-q",
    "--tb=native",  # of pytest's own ways, each parses the test's file anew for each test that fails
    "--capture=no",
    "--assert=plain",  # rewriting asserts costs more than judging; kata.judge.explain looks at those that fail
    f"--config-file={Path(__file__).with_name('judging.ini')}",
    "-p",
    "pytest_asyncio.plugin",
    "-p",
    "pytest_timeout",
    "-p",
    "no:cacheprovider",
    "-p",
    "no:logging",
    "-p",
    "no:faulthandler",
    "-p",
    "no:doctest",
    "-p",
    "no:unittest",
    "-p",
    "no:junitxml",
    "-p",
    "no:pastebin",
    "-p",
    "no:unraisableexception",
    "-p",
    "no:threadexception",
]
