"""What a learner sees, at any width and in any encoding."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from rich.cells import cell_len
from rich.console import Console

from kata.contract.scorecard import Scorecard
from kata.reports import terminal

WIDTHS = [40, 60, 80, 160]


def drawn(draw: Callable[[Console], None], width: int = 80, encoding: str = "utf-8", colour: bool = False) -> str:
    buffer = io.BytesIO()
    stream = io.TextIOWrapper(buffer, encoding=encoding, errors="replace", newline="\n")
    draw(Console(file=stream, width=width, force_terminal=colour, highlight=False, markup=False, emoji=False))
    stream.flush()
    return buffer.getvalue().decode(encoding)


def overview(card: Scorecard, width: int = 80, **how: object) -> str:
    return drawn(lambda console: terminal.overview(card, console), width, **how)  # type: ignore[arg-type]


def words(text: str) -> str:
    return " ".join(text.split())


def test_a_fresh_clone_is_told_where_to_begin(untouched: Scorecard) -> None:
    text = overview(untouched)
    assert "0 of 30 points, 3 exercises not started." in text
    assert "Begin with 01.01 Hello" in text
    assert "open   exercises/01_first_steps/01_hello.py" in text
    assert "read   python grader.py show 01.01" in text
    assert "judge  python grader.py run 01.01" in text


def test_the_score_by_chapter(halfway: Scorecard) -> None:
    rows = [words(row) for row in overview(halfway).splitlines()]
    assert "01 First steps 20 of 20 ████████████████████ 2 of 2" in rows
    assert "05 Gather and wait 2.5 of 20 ██░░░░░░░░░░░░░░░░░░ 0 of 2" in rows
    assert "22.5 of 60 points (37.5 %), 2 of 6 exercises done." in rows
    assert "Next: 05.02 From wait to gather" in rows


def test_what_was_started_is_listed_with_its_state(halfway: Scorecard) -> None:
    text = words(overview(halfway))
    assert "✗ 05.02 From wait to gather 2.5 of 10, in progress" in text
    assert "! 05.03 Order of results 0 of 10, stopped at a limit" in text
    assert "! 06.01 Promise 0 of 10, cannot be judged" in text


def test_unchanged_exercises_are_counted(halfway: Scorecard) -> None:
    assert "Judged 4 exercises in 0.4 s, 1 unchanged since the last time." in overview(halfway)


def test_when_nothing_was_judged_nothing_is_said_of_the_conditions(halfway: Scorecard, untouched: Scorecard) -> None:
    for verdict in halfway.exercises:
        verdict.cached = True
    assert overview(halfway).rstrip().endswith("Nothing has changed since the last time.")
    assert overview(untouched).rstrip().endswith("judge  python grader.py run 01.01")


def test_one_chapter_is_shown_by_exercise(halfway: Scorecard) -> None:
    halfway.exercises = halfway.exercises[2:4]
    text = words(overview(halfway))
    assert "05.02 From wait to gather 2.5 of 10 █████░░░░░░░░░░░░░░░ ✗" in text
    assert "05.03 Order of results" in text


def test_when_all_is_done_nothing_is_next(finished: Scorecard) -> None:
    text = overview(finished)
    assert "20 of 20 points (100 %), 2 of 2 exercises done." in text
    assert "Next" not in text


def test_a_next_exercise_that_was_not_graded_is_not_guessed(finished: Scorecard) -> None:
    finished.next = "03_elsewhere/01_x"
    assert "Next" not in overview(finished)


@pytest.mark.parametrize("width", WIDTHS)
def test_no_line_is_wider_than_the_screen_but_what_is_to_be_copied(halfway: Scorecard, width: int) -> None:
    text = overview(halfway, width)
    copied = ("exercises/", "open ", "read ", "judge ")
    wide = [row for row in text.splitlines() if cell_len(row.rstrip()) > width]
    assert [row for row in wide if not row.strip().startswith(copied)] == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("colour", [False, True])
def test_a_hostile_recording_moves_no_cursor(nasty: Scorecard, width: int, colour: bool) -> None:
    text = overview(nasty, width, colour=colour)
    if not colour:
        assert "\x1b" not in text
    assert "\x1b[2J" not in text and "\x1b]" not in text
    assert not set("\x07\x00\x85\u202e\u2028") & set(text)
    assert "[bold red]" in words(text)
    assert "##[" not in text
    assert not any(row.lstrip().startswith("::") for row in text.splitlines())


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "cp437"])
def test_other_encodings_get_marks_that_they_can_show(halfway: Scorecard, encoding: str) -> None:
    text = overview(halfway, encoding=encoding)
    assert "ok" not in text  # no row of the overview is of a passed exercise alone
    assert "no" in words(text) and "##" in text and "?" not in text


def test_marks_differ_without_colour() -> None:
    for signs in (terminal.UNICODE, terminal.ASCII):
        assert len({signs.passed, signs.failed, signs.waiting, signs.stopped, signs.holds}) == 5
        assert signs.full != signs.empty
