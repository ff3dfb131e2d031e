"""What a learner sees, at any width and in any encoding."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from rich.cells import cell_len
from rich.console import Console

from kata.contract.run import Limit, Line, Run
from kata.contract.scorecard import Diagnosis, ExerciseVerdict, Scorecard, Status
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


def in_full(verdict: ExerciseVerdict, width: int = 80, **how: object) -> str:
    return drawn(lambda console: terminal.exercise(verdict, console), width, **how)  # type: ignore[arg-type]


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


def test_every_criterion_with_its_points_reason_and_diagnosis(failing: ExerciseVerdict) -> None:
    text = words(in_full(failing, 100))
    assert "✗ 05.02 From wait to gather 2.5 of 10 points" in text
    assert "✓ Pages come back in the order of the URLs. 2.5" in text
    assert "✗ Ten 1-second requests take 1 second in all, however many pages there are. 0 of 5" in text
    assert "It took 10 seconds; ten requests that wait together take 1." in text
    assert "→ blocking: time.sleep(1) stops the loop for 1 s. (02_wait.py:12)" in text


def test_what_was_printed_comes_with_its_virtual_second(failing: ExerciseVerdict) -> None:
    rows = [row.strip() for row in in_full(failing).splitlines()]
    assert rows[rows.index("printed:") + 1 :][:3] == ["[0.0s] start", "[0.5s] page 1", "[1.0s] page 2"]


def test_a_long_output_is_cut_and_counted(failing: ExerciseVerdict) -> None:
    failing.criteria[2].runs[0].lines_dropped = 1000
    text = in_full(failing)
    assert "line 10" in text and "line 11" not in text
    assert "(1,029 more lines)" in text


def test_the_same_output_is_not_shown_twice(failing: ExerciseVerdict) -> None:
    failing.criteria[2].runs = [Run(lines=list(failing.criteria[1].runs[0].lines))]
    assert in_full(failing).count("printed:") == 1


def test_lines_on_standard_error_say_so(failing: ExerciseVerdict) -> None:
    failing.criteria[1].runs = [Run(lines=[Line("oh", 0.5, stream="stderr")])]
    assert "[0.5s] stderr: oh" in in_full(failing)


def test_an_untouched_exercise_gets_no_reproach(failing: ExerciseVerdict) -> None:
    failing.status = "not_started"
    text = in_full(failing)
    assert "Not started" in text
    assert "It took 10 seconds" not in text and "✗" not in text


def test_what_stopped_an_exercise_is_said(halfway: Scorecard) -> None:
    assert "Stopped after 5 seconds." in in_full(halfway.exercises[3])


def test_a_message_that_stops_all_criteria_is_said_once(failing: ExerciseVerdict) -> None:
    failing.status, failing.message = "error", "line 3: invalid syntax"
    for criterion in failing.criteria:
        criterion.passed, criterion.message, criterion.runs = False, failing.message, []
    assert in_full(failing).count("invalid syntax") == 1


def test_a_diagnosis_names_the_section_that_explains_it_once(failing: ExerciseVerdict) -> None:
    first, second = failing.criteria[1:]
    second.diagnoses = [Diagnosis("blocking", "time.sleep(2) stops the loop for 2 s.", "02_wait.py", 14)]
    text = in_full(failing)
    assert text.count("docs/diagnoses.md#blocking") == 1
    assert "time.sleep(1)" in text and "time.sleep(2)" in text
    second.diagnoses = first.diagnoses
    assert "→ blocking, as above" in in_full(failing)


def test_a_message_that_a_diagnosis_repeats_is_said_once(failing: ExerciseVerdict) -> None:
    criterion = failing.criteria[1]
    criterion.message = criterion.diagnoses[0].text
    assert in_full(failing).count("time.sleep(1) stops the loop") == 1


@pytest.mark.parametrize("status", ["error", "limit"])
def test_what_stops_an_exercise_is_explained_once_at_the_top(failing: ExerciseVerdict, status: Status) -> None:
    cause = Diagnosis("limit", "The code was stopped after 5 real seconds.", "02_wait.py", 3)
    failing.status, failing.message = status, cause.text
    for criterion in failing.criteria:
        criterion.passed, criterion.message, criterion.diagnoses = False, cause.text, [cause]
        criterion.runs = [Run(lines=[Line("printed", 0)], limit=Limit("seconds", "5 real seconds"))]
    failing.criteria[2].message = "The code was stopped after 1 real seconds."
    text = in_full(failing)
    assert text.count("The code was stopped") == 1
    assert text.count("docs/diagnoses.md#limit") == 1
    assert "printed" not in text
    assert text.count("✗") == 3


def test_what_stops_an_exercise_stands_behind_its_name(failing: ExerciseVerdict) -> None:
    cause = Diagnosis("unfit", "The file cannot be loaded; it stops in line 3 with SystemExit: 0", "02_wait.py", 3)
    more = Diagnosis("stands_alone", "There is a helper.py.")
    failing.status, failing.message = "error", cause.text
    for criterion in failing.criteria:
        criterion.passed, criterion.message, criterion.diagnoses = False, cause.text, [cause, more]
    text = words(in_full(failing))
    assert "→ unfit: The file cannot be loaded; it stops in line 3 with SystemExit: 0 (02_wait.py:3)" in text
    assert "→ stands_alone: There is a helper.py." in text
    assert text.count("The file cannot be loaded") == text.count("There is a helper.py") == 1


def test_with_a_picture_below_no_printed_lines_are_listed(failing: ExerciseVerdict) -> None:
    text = drawn(lambda console: terminal.exercise(failing, console, drawn=failing.criteria[1]))
    assert "It took 10 seconds" in text and "printed:" not in text


def test_a_criterion_that_does_not_count_yet_says_so(failing: ExerciseVerdict) -> None:
    failing.criteria[0].points = 0.0
    assert "✓ Pages come back in the order of the URLs. 0 of 2.5 Counts as soon as another" in words(in_full(failing))


@pytest.mark.parametrize("width", WIDTHS)
def test_no_line_is_wider_than_the_screen_but_what_is_to_be_copied(halfway: Scorecard, width: int) -> None:
    text = overview(halfway, width) + in_full(halfway.exercises[2], width)
    copied = ("exercises/", "open ", "read ", "judge ")
    wide = [row for row in text.splitlines() if cell_len(row.rstrip()) > width]
    assert [row for row in wide if not row.strip().startswith(copied)] == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("colour", [False, True])
def test_a_hostile_recording_moves_no_cursor(nasty: Scorecard, width: int, colour: bool) -> None:
    text = overview(nasty, width, colour=colour) + in_full(nasty.exercises[0], width, colour=colour)
    if not colour:
        assert "\x1b" not in text
    assert "\x1b[2J" not in text and "\x1b]" not in text
    assert not set("\x07\x00\x85\u202e\u2028") & set(text)
    assert "[bold red]" in words(text)
    assert "##[" not in text
    assert not any(row.lstrip().startswith("::") for row in text.splitlines())


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "cp437"])
def test_other_encodings_get_marks_that_they_can_show(failing: ExerciseVerdict, encoding: str) -> None:
    text = words(in_full(failing, encoding=encoding))
    assert "ok Pages come back" in text
    assert "no Ten 1-second requests" in text
    assert "-> blocking:" in text
    assert "?" not in text


def test_marks_differ_without_colour() -> None:
    for signs in (terminal.UNICODE, terminal.ASCII):
        assert len({signs.passed, signs.failed, signs.waiting, signs.stopped}) == 4
        assert signs.full != signs.empty
