"""Watching without a screen."""

from __future__ import annotations

import io
import signal
import subprocess
import sys

import pytest
from rich.console import Console

from kata.program import ROOT
from kata.project.catalog import Exercise
from kata.tui.given import Given
from kata.tui.judging import Judged, Pictured
from kata.tui.plain import Lines
from tests.engine.tui.conftest import told


def printed(given: Given, exercise: Exercise, status: str, text: str = "x = 1\n") -> list[str]:
    """What is printed of one judgement."""
    console = Console(file=io.StringIO(), width=80, markup=False, emoji=False, highlight=False)
    lines = Lines(given, console)
    lines.judging(exercise)
    path = given.project.workspace.path(exercise)
    path.write_text(text, encoding="utf-8")
    for news in told(exercise, given.project.workspace.read(exercise), status):  # type: ignore[arg-type]
        if isinstance(news, Judged):
            lines.judged(news)
        elif isinstance(news, Pictured):
            lines.pictured(news)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue().splitlines()


def test_a_failure_is_shown_as_run_shows_it_and_names_the_hint(given: Given, exercise: Exercise) -> None:
    lines = printed(given, exercise, "failed")
    assert "✗ 05.01 Gather basics  0 of 10 points" in lines
    assert "   It does not: x = 1" in [line.rstrip() for line in lines]
    assert lines[-4:] == ["A picture in 80 columns.", "", "0 of 1 criteria met.", lines[-1]]
    assert lines[-1].startswith("A hint: ") and lines[-1].endswith("hint 05.01")


def test_a_pass_names_what_comes_next(given: Given, exercise: Exercise) -> None:
    lines = printed(given, exercise, "passed")
    assert lines[-3] == "Passed, 10 of 10 points."
    assert lines[-2].endswith("solution 05.01")
    assert lines[-1].startswith("On to 05.02 Wait to gather: ") and lines[-1].endswith("watch 05.02")


def test_a_file_that_is_not_started_says_what_is_waited_for(given: Given, exercise: Exercise) -> None:
    assert printed(given, exercise, "not_started")[-1] == f"Save exercises/{exercise.id}.py, and it is judged."


WATCH = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # what starts this may ignore it
sys.path.insert(0, sys.argv.pop(1))
from kata.cli import main
sys.exit(main(["watch", "02.01"]))
"""


@pytest.mark.once
@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="Windows has another Ctrl-C")
def test_without_a_terminal_it_prints_lines_until_it_is_interrupted() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", WATCH, str(ROOT)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline().startswith("Watching 02.01 Who runs next: ")
            assert process.stdout.readline() == "Ctrl-C ends this.\n"
            process.send_signal(signal.SIGINT)
            _, said = process.communicate(timeout=50)
            assert said.split() == ["Stopped."]
            assert process.returncode == 130
        finally:
            process.kill()
