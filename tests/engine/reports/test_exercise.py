"""What a learner reads of one exercise: one cause, told once, and a first screen that holds what one needs."""

from __future__ import annotations

import io

import msgspec
import pytest
from rich.cells import cell_len
from rich.console import Console

from kata.contract.run import Limit, Line, Run, Unfit
from kata.contract.scorecard import Diagnosis, ExerciseVerdict, Scorecard
from kata.reports import exercise

WIDTHS = [40, 60, 80, 100, 160]
FILE = "exercises/05_gather_and_wait/02_wait_to_gather.py"


def in_full(
    verdict: ExerciseVerdict, width: int = 80, encoding: str = "utf-8", colour: bool = False, **how: object
) -> str:
    buffer = io.BytesIO()
    stream = io.TextIOWrapper(buffer, encoding=encoding, errors="replace", newline="\n")
    console = Console(file=stream, width=width, force_terminal=colour, highlight=False, markup=False, emoji=False)
    exercise.show(verdict, console, **how)  # type: ignore[arg-type]
    stream.flush()
    return buffer.getvalue().decode(encoding)


def words(text: str) -> str:
    return " ".join(text.split())


def test_every_criterion_with_its_points_reason_and_diagnosis(failing: ExerciseVerdict) -> None:
    text = words(in_full(failing, 100))
    assert "✗ 05.02 From wait to gather 2.5 of 10 points" in text
    assert "✓ Pages come back in the order of the URLs. 2.5" in text
    assert "✗ Ten 1-second requests take 1 second in all, however many pages there are. 0 of 5" in text
    assert "It took 10 seconds; ten requests that wait together take 1." in text
    assert "→ blocking: time.sleep(1) stops the loop for 1 s. (docs/diagnoses.md#blocking) 02_wait.py:12" in text


def test_what_was_printed_comes_with_its_virtual_second(failing: ExerciseVerdict) -> None:
    rows = [row.strip() for row in in_full(failing).splitlines()]
    assert rows[rows.index("printed:") + 1 :][:3] == ["[0.0s] start", "[0.5s] page 1", "[1.0s] page 2"]


def test_a_long_output_is_cut_and_counted(failing: ExerciseVerdict) -> None:
    failing.criteria[2].runs[0].lines_dropped = 1000
    assert "line 10" not in in_full(failing)  # one play's lines are enough to see what it prints
    failing.criteria[1].runs = []
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


def test_a_file_that_does_not_load_gets_its_line_and_no_list_of_criteria(failing: ExerciseVerdict) -> None:
    cause = Diagnosis("unfit", "'await' works only inside async def.", FILE, 6, "await asyncio.sleep(1)", 1)
    failing.status, failing.message = "error", cause.text
    for criterion in failing.criteria:
        criterion.passed, criterion.message, criterion.diagnoses = False, cause.text, [cause]
        criterion.runs = [Run(unfit=Unfit("syntax", "SyntaxError"))]
    text = in_full(failing, 100)
    rows = text.splitlines()
    assert text.count("works only inside") == 1 and "✗" not in text
    row = next(number for number, row in enumerate(rows) if f"{FILE}:6" in row)
    assert rows[row + 1].index("^") == rows[row].index("await")


def test_what_two_criteria_have_in_common_is_told_once_above_them(failing: ExerciseVerdict) -> None:
    first, second = failing.criteria[1:]
    second.diagnoses = [msgspec.structs.replace(first.diagnoses[0], text="time.sleep(1) stops the loop for 9 s.")]
    text = in_full(failing, 100)
    assert text.count("blocking:") == text.count("docs/diagnoses.md#blocking") == 1
    assert "This keeps the criteria marked ↑ from being met." in text
    assert text.index("blocking:") < text.index("Pages come back")
    assert [row[:2] for row in text.splitlines()[5:] if row[:1] in ("✓", "✗")] == ["✓ ", "✗↑", "✗↑"]
    assert "It took 10 seconds" in text  # what the first of them looks like; the others are told by the cause
    assert "no such page" not in text and "no such page" in in_full(failing, 100, all_reasons=True)


def test_the_same_message_of_several_criteria_is_told_once_above_them(failing: ExerciseVerdict) -> None:
    for criterion in failing.criteria[1:]:
        criterion.message = "NameError: name 'asynci' is not defined\n  line 6, in f: asynci"
        criterion.diagnoses = []
    text = in_full(failing)
    assert text.count("NameError") == 1
    assert text.index("NameError") < text.index("Pages come back")


def test_what_another_criterion_lacks_is_told_in_a_line_unless_all_is_asked_for(failing: ExerciseVerdict) -> None:
    failing.criteria[:0] = failing.criteria[:1] * 24
    text, everything = in_full(failing), in_full(failing, all_reasons=True)
    assert "ValueError: no such page" in text and "line 14" not in text
    assert "With --all, every reason is shown in full." in text
    assert "line 14, in fetch_all" in everything and "--all" not in everything


def test_reasons_are_whole_where_the_first_screen_has_room(failing: ExerciseVerdict) -> None:
    failing.criteria[2].message = f"it went {'round ' * 30}and came home"
    few = msgspec.structs.replace(failing, criteria=failing.criteria[1:])
    few.criteria[0].runs = []
    many = msgspec.structs.replace(few, criteria=[*failing.criteria[:1] * 24, *few.criteria])
    assert "round round and came home" in " ".join(in_full(few, 100).split())
    cut = [row for row in in_full(many, 100).splitlines() if "round" in row]
    assert len(cut) == 1 and cut[0].rstrip().endswith("…")


def test_a_line_of_code_that_does_not_fit_behind_its_place_stands_below_it(failing: ExerciseVerdict) -> None:
    long = f"return await asyncio.gather({'x' * 60})"
    found = msgspec.structs.replace(failing.criteria[1].diagnoses[0], source=long)
    failing.criteria[1].diagnoses = [found]
    rows = in_full(failing, 100).splitlines()
    place = next(number for number, row in enumerate(rows) if f"{found.file}:{found.line}" in row)
    assert rows[place].strip() == f"{found.file}:{found.line}"
    assert rows[place + 1].strip() == found.source


def test_other_lines_that_block_stand_with_the_cause(failing: ExerciseVerdict) -> None:
    first, second = failing.criteria[1:]
    found = first.diagnoses[0]
    other = msgspec.structs.replace(found, line=found.line + 9, source="time.sleep(9)")
    second.diagnoses = [found]
    held = msgspec.structs.replace(second, holds=True, diagnoses=[other])
    text = in_full(msgspec.structs.replace(failing, criteria=[*failing.criteria, held]), 100)
    assert text.count("blocking:") == 1
    assert text.index("time.sleep(9)") < text.index("This keeps")


def test_of_two_places_the_second_is_told_when_all_is_asked_for(failing: ExerciseVerdict) -> None:
    first, second = (
        Diagnosis("polled", f"The sleep in line {line} came back.", "02_wait.py", line) for line in (9, 14)
    )
    failing.criteria[1].diagnoses, failing.criteria[2].diagnoses = [first], [second]
    failing.criteria[:0] = failing.criteria[:1] * 24
    text, everything = in_full(failing), in_full(failing, all_reasons=True)
    assert "in line 9 came" in text and "in line 14 came" not in text
    assert "in line 9 came" in everything and "in line 14 came" in everything
    assert everything.count("docs/diagnoses.md#polled") == 1


def test_a_criterion_that_holds_and_does_not_count_is_marked_as_such(failing: ExerciseVerdict) -> None:
    held = failing.criteria[1]
    held.message, held.holds = held.diagnoses[0].text, True
    text = in_full(failing)
    assert "○ Ten 1-second requests" in text and "✗ Ten 1-second requests" not in text
    assert '○ This holds; it counts once "blocking" is mended.' in text


def test_a_message_that_a_diagnosis_repeats_is_said_once(failing: ExerciseVerdict) -> None:
    criterion = failing.criteria[1]
    criterion.message = criterion.diagnoses[0].text
    assert in_full(failing).count("time.sleep(1) stops the loop") == 1


def test_a_limit_that_several_plays_came_to_is_told_once(failing: ExerciseVerdict) -> None:
    cause = Diagnosis("limit", "The code was stopped after 5 real seconds.", "02_wait.py", 3)
    failing.status, failing.message = "limit", cause.text
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
    assert "→ unfit: The file cannot be loaded; it stops in line 3 with SystemExit: 0" in text
    assert "(docs/diagnoses.md#unfit) 02_wait.py:3" in text
    assert "→ stands_alone: There is a helper.py." in text
    assert text.count("The file cannot be loaded") == text.count("There is a helper.py") == 1


def test_with_a_picture_below_no_printed_lines_are_listed(failing: ExerciseVerdict) -> None:
    text = in_full(failing, pictured=True)
    assert "It took 10 seconds" in text and "printed:" not in text


def test_a_criterion_that_the_stub_meets_too_says_that_it_does_not_count_yet(failing: ExerciseVerdict) -> None:
    failing.criteria[0].points, failing.criteria[0].holds = 0.0, True
    text = in_full(failing)
    assert "□ Pages come back" in text
    assert "□ An untouched file meets this, too: it counts once another criterion is met." in text


@pytest.mark.parametrize("width", WIDTHS)
def test_no_line_is_wider_than_the_screen_but_what_is_to_be_copied(failing: ExerciseVerdict, width: int) -> None:
    rows = in_full(failing, width).splitlines()
    assert [row for row in rows if cell_len(row.rstrip()) > min(width, 100) and not row.startswith("exercises/")] == []


@pytest.mark.parametrize("width", [60, 80, 100])
def test_words_stay_whole(failing: ExerciseVerdict, width: int) -> None:
    text = in_full(failing, width, all_reasons=True)
    for word in failing.criteria[1].text.split() + failing.criteria[1].message.split():
        assert word in text.split()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("colour", [False, True])
@pytest.mark.parametrize("all_reasons", [False, True])
def test_a_hostile_recording_moves_no_cursor(nasty: Scorecard, width: int, colour: bool, all_reasons: bool) -> None:
    text = in_full(nasty.exercises[0], width, colour=colour, all_reasons=all_reasons)
    if not colour:
        assert "\x1b" not in text
    assert "\x1b[2J" not in text and "\x1b]" not in text
    assert not set("\x07\x00\x85\u202e\u2028") & set(text)
    assert "[bold red]" in words(text) or not all_reasons
    assert "##[" not in text
    assert not any(row.lstrip().startswith("::") for row in text.splitlines())


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "cp437"])
def test_other_encodings_get_marks_that_they_can_show(failing: ExerciseVerdict, encoding: str) -> None:
    failing.criteria[2].holds = True
    text = words(in_full(failing, encoding=encoding))
    assert "ok Pages come back" in text
    assert "no Ten 1-second requests" in text
    assert "(ok) A page that cannot be read" in text
    assert "-> blocking:" in text
    assert "?" not in text
