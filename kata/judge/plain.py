"""Plain pytest: which files it judges, which tests it skips, and how a failure reads there.

The grader's own sessions know nothing of this: they are told what to judge, one order after the other.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Sequence
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import pytest

from kata.contract.scorecard import Criterion, Diagnosis
from kata.judge.orders import Order, Submission
from kata.judge.rubric import has_tests
from kata.program import COMMAND
from kata.project.catalog_reader import load
from kata.project.submission import find_chapters
from kata.project.workspace import ArchiveError, Unreadable, Workspace
from kata.sandbox.client import SandboxError

__all__ = ["Finder", "PlainPytest", "finder", "workspace_of"]

Finder = Callable[[Path], Order]
"""Finds the exercise that a test file judges, and its submission."""

NOT_STARTED = "not started"
MESSAGE_LINES = 8


def workspace_of(root: Path, submission: str | None) -> Workspace:
    """The files that plain pytest judges.

    Args:
        root: the clone.
        submission: a folder of chapters or a clone, as it was typed; None is the learner's own ``exercises/``.

    Raises:
        UsageError: it holds no chapter.
    """
    if submission is None:
        return Workspace(root)
    chapters = find_chapters(Path(submission).absolute(), load(root))
    if chapters is None:
        raise pytest.UsageError(f"--submission {submission} holds no chapter; name the folder that holds them.")
    return Workspace(root, chapters)


def finder(workspace: Workspace) -> Finder:
    """What finds the exercise that a test file judges, and its submission in ``workspace``."""
    by_file = {exercise.hidden(workspace.root): exercise for exercise in load(workspace.root).exercises}

    @cache
    def find(file: Path) -> Order:
        exercise = by_file.get(_real(file))
        if exercise is None:
            raise LookupError(f"{file.name} judges no exercise of the catalog")
        return Order(exercise, Submission.of(exercise, workspace))

    return find


class Reason:
    """Why a test failed, in place of pytest's traceback: the cause first, then the criterion.

    Args:
        lines: the text; the first one stands in pytest's summary, too.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.reprcrash = SimpleNamespace(message=lines[0])
        """Where pytest and its plugins look for the message alone."""

    def __str__(self) -> str:
        return "\n".join(self.lines)

    def toterminal(self, writer: pytest.TerminalReporter) -> None:
        """Print it, as pytest asks."""
        for line in self.lines:
            writer.line(line)


class PlainPytest:
    """The hooks of a plain pytest that a person started.

    Args:
        workspace: what is judged.
        criterion: what the judge makes of a test that ended.
    """

    def __init__(
        self, workspace: Workspace, criterion: Callable[[pytest.Item, pytest.CallInfo[None]], Criterion]
    ) -> None:
        self.workspace = workspace
        self._criterion = criterion
        self._by_file = {each.hidden(workspace.root): each for each in load(workspace.root).exercises}
        self._judges = {_real(workspace.path(each)): file for file, each in self._by_file.items() if file.is_file()}
        self._judges |= {stub.parent: file.parent for stub, file in self._judges.items()}
        self._judges |= {chapter.parent: tests.parent for chapter, tests in self._judges.items() if tests.is_dir()}
        """The hidden tests for each exercise, for each chapter, and for all."""

    def pytest_configure(self, config: pytest.Config) -> None:
        """Let what a learner edits stand for its hidden tests: ``pytest exercises/01_coroutines``, or a file of it."""
        here = config.invocation_params.dir
        config.args = [str(self._judges.get(_real(here / argument), argument)) for argument in config.args]

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Skip what was not started, by a mark, as editors look for one before they run a test.

        Raises:
            UsageError: the archive of pristine stubs cannot be read.
        """
        untouched = {file for file in {item.path for item in items} if self._is_untouched(file)}
        for item in items:
            if item.path in untouched:
                item.add_marker(pytest.mark.skip(reason=NOT_STARTED))

    def _is_untouched(self, file: Path) -> bool:
        exercise = self._by_file.get(_real(file))
        try:
            return exercise is not None and not self.workspace.started(exercise)
        except Unreadable:
            return False  # its tests say so
        except ArchiveError as error:
            raise pytest.UsageError(str(error)) from None

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Say why a test of the submission fails as ``run`` does, unless another ``--tb`` is asked for."""
        report = yield
        error = call.excinfo.value if call.excinfo is not None else None
        judged = _real(item.path) in self._by_file and call.when == "call" and report.failed
        if (
            judged
            and not isinstance(error, SandboxError)
            and item.config.getoption("tbstyle") == "auto"
            and not item.config.getoption("fulltrace")
        ):
            report.longrepr = self._reason(self._criterion(item, call))  # type: ignore[assignment]
        return report

    def _reason(self, criterion: Criterion) -> Reason:
        lines: list[str] = []
        if criterion.message not in {found.text for found in criterion.diagnoses}:
            lines += criterion.message.rstrip().splitlines()[:MESSAGE_LINES]
        for found in criterion.diagnoses:
            lines += self._diagnosis(found)
        return Reason([*map(_visible, lines), "", f"Criterion: {criterion.text}"])

    def _diagnosis(self, found: Diagnosis) -> list[str]:
        """Its place first, as compilers write it and editors look for it."""
        told = f"{found.name}: {found.text} (docs/diagnoses.md#{found.name})".splitlines()
        if not (found.file and found.line):
            return told
        path = Path(found.file)
        if path.is_relative_to("exercises"):
            path = self.workspace.submission / path.relative_to("exercises")
        return [f"{_short(path)}:{found.line}: {told[0]}", *told[1:], f"    {found.source}"]

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """What to do next where nothing was judged."""
        skipped = terminalreporter.stats.get("skipped", [])
        if not has_tests(self.workspace.root):
            terminalreporter.line(f"This copy has no hidden tests; {COMMAND} run NAME says what will be checked.")
        elif skipped and not any(terminalreporter.stats.get(how) for how in ("passed", "failed", "error")):
            terminalreporter.line(f"Nothing of this is started; {COMMAND} next names the file to open.")


def _real(path: Path) -> Path:
    """Without links: the clone may have been opened by way of one."""
    return Path(os.path.realpath(path))


def _short(path: Path) -> str:
    """As short as an editor finds it from the current directory."""
    try:
        return str(path.relative_to(Path.cwd()))
    except (ValueError, OSError):
        return str(path)


def _visible(line: str) -> str:
    """Foreign text without what moves a cursor."""
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode("ascii")
        for character in line
    )
