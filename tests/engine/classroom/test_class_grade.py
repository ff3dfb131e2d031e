"""`class grade` with the real judge on two exercises: a class in which everything goes wrong that can."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from kata.classroom.local import Conditions, Judged, Local, Text
from kata.classroom.run import Graded, grade_class
from kata.classroom.submissions import read as read_submission
from kata.cli import main
from kata.contract.scorecard import Scorecard
from kata.judge.grading import GraderError
from kata.program import ROOT
from kata.project.catalog_reader import load

CATALOG = load(ROOT)
EXERCISES = [CATALOG.find("1.1"), CATALOG.find("5.2")]
FIRST, FETCH = (exercise.id for exercise in EXERCISES)
CONDITIONS = Conditions(CATALOG, ROOT)

WRONG = {FIRST: "wrong_blocking_sleep", FETCH: "wrong_gather_one_at_a_time"}

HOSTILE = """import os, sys
print("::error::x\\x1b[2J<script>alert(1)</script>")
async def countdown(*a, **k):
    os._exit(0)
os.kill(os.getppid(), 9)
os._exit(0)
"""
NAMES = {
    "good": "Ana, \"the\" 'first'",
    "wrong": "=cmd|' /C calc'!A0",
    "same": "Zoë 🦊",
    "hostile": "<script>alert(1)</script>",
    "stub": "\x1b[31mRed\u202e",
}


def answer(kind: str, exercise: str) -> str:
    """An answer from the proofs of the exercises."""
    path = ROOT / "solutions" / f"{exercise}.py"
    if kind != "good":
        path = ROOT / "tests/answers" / exercise / f"{WRONG[exercise]}.py"
    return path.read_text(encoding="utf-8")


def hand_in(place: Path, texts: dict[str, str]) -> None:
    """Write a submission."""
    for exercise, text in texts.items():
        path = place / "exercises" / f"{exercise}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The submissions, each in a folder, and some things that are none; and the roster beside them."""
    place = tmp_path_factory.mktemp("class") / "submissions"
    hand_in(place / "good", {FIRST: answer("good", FIRST), FETCH: answer("good", FETCH)})
    hand_in(place / "same", {FIRST: answer("good", FIRST), FETCH: answer("wrong", FETCH)})
    hand_in(place / "wrong", {FIRST: answer("wrong", FIRST), FETCH: answer("wrong", FETCH)})
    hand_in(place / "hostile", {FIRST: HOSTILE, FETCH: HOSTILE})
    hand_in(place / "stub", {each.id: each.stub(ROOT).read_text() for each in EXERCISES})
    hand_in(place / "bytes", {FIRST: answer("good", FIRST)})
    (place / "bytes/exercises" / f"{FETCH}.py").parent.mkdir()
    (place / "bytes/exercises" / f"{FETCH}.py").write_bytes(b"# \xff\n")
    (place / "empty").mkdir()
    (place / "a file.txt").write_text("I forgot")
    hand_in(place / "twice", {FIRST: answer("good", FIRST)})
    shutil.make_archive(str(place / "twice"), "zip", place / "twice")
    rows = [["name", "login", "email"], *([name, login, ""] for login, name in NAMES.items())]
    rows += [["Nobody At All", "absent", "absent@x.example"], ["Twice", "twice", ""], ["Bytes", "bytes", ""]]
    with (place.parent / "roster.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return place


@pytest.fixture(scope="module")
def outcome(handed_in: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the command printed and wrote."""
    out = tmp_path_factory.mktemp("out")
    files = {name: out / f"extra.{name}" for name in ("csv", "canvas", "moodle", "json", "html")}
    capture = pytest.MonkeyPatch()
    streams = io.StringIO(), io.StringIO()
    capture.setattr("sys.stdout", streams[0])
    capture.setattr("sys.stderr", streams[1])
    options = [text for name, path in files.items() for text in (f"--{name}", str(path))]
    roster = str(handed_in.parent / "roster.csv")
    code = main(
        ["class", "grade", str(handed_in), "--roster", roster, "--out", str(out / "results"), "--only", "1.1,5.2",
         "--jobs", "2", *options]
    )  # fmt: skip
    capture.undo()
    texts = {name: path.read_text(encoding="utf-8") for name, path in files.items()}
    return {
        "code": code,
        "out": streams[0].getvalue(),
        "err": streams[1].getvalue(),
        "folder": out / "results",
        **texts,
    }


def test_everybody_gets_what_it_is_worth(outcome: dict[str, Any]) -> None:
    assert outcome["code"] == 0
    points = {each["submission"]: each["points"] for each in json.loads(outcome["json"])["students"]}
    full = sum(exercise.points for exercise in EXERCISES)
    assert points["good"] == full
    assert 0 < points["same"] < full
    assert points["wrong"] < points["same"]
    assert points["hostile"] == points["stub"] == 0
    assert points["bytes"] == EXERCISES[0].points
    assert points["empty"] is points["twice"] is points["a file.txt"] is points[""] is None


def test_each_thing_that_is_wrong_is_one_line(outcome: dict[str, Any]) -> None:
    assert sorted(outcome["err"].splitlines()) == sorted(
        [
            "a file.txt fits nobody on the roster; it is graded under its own name",
            "empty fits nobody on the roster; it is graded under its own name",
            "Twice: there are 2 submissions of one student: twice, twice.zip; leave the one that counts",
            "Nobody At All: nothing was handed in",
            "a file.txt: it is a file, and neither a folder nor a zip; ask for a folder or a zip",
            "empty: it is empty; ask for it again",
            f"Bytes: exercises/{FETCH}.py, line 1: the text is not UTF-8; save it as UTF-8.",
        ]
    )


def test_the_table_names_everybody_harmlessly(outcome: dict[str, Any]) -> None:
    assert "Ana, \"the\" 'first'" in outcome["out"]
    assert "Zoë 🦊" in outcome["out"]
    assert "\\x1b[31mRed\\u202e" in outcome["out"]
    assert "\x1b[31m" not in outcome["out"] + outcome["err"]
    assert "6 files judged; 3 files had a verdict already." in outcome["out"]


def test_a_scorecard_and_a_page_for_each(outcome: dict[str, Any]) -> None:
    for student in json.loads(outcome["json"])["students"]:
        if not student["page"]:
            continue
        card = json.loads((outcome["folder"] / student["scorecard"]).read_text(encoding="utf-8"))
        assert [each["id"] for each in card["exercises"]] == [FIRST, FETCH]
        if student["points"] is not None:
            assert card["points"] == student["points"]
        check_page((outcome["folder"] / student["page"]).read_text(encoding="utf-8"))
    assert json.loads((outcome["folder"] / "class.json").read_text()) == json.loads(outcome["json"])


class Page(HTMLParser):
    """The tags of a page, and where they lead."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src", "action", "style")]


def check_page(html: str) -> Page:
    """A page that loads nothing and holds no script but ours."""
    page = Page()
    page.feed(html)
    assert not {"img", "link", "iframe", "object", "form"} & set(page.tags)
    assert not [link for link in page.links if ":" in link or link.startswith("/")]
    assert "default-src 'none'" in html
    assert "<script>alert" not in html and "\x1b" not in html and "\u202e" not in html
    return page


def test_the_class_page_shows_and_links_everybody(outcome: dict[str, Any]) -> None:
    html = outcome["html"]
    page = check_page(html)
    assert page.tags.count("script") == 1
    for login in (*NAMES, "bytes"):
        assert f"students/{login}.html" in page.links
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "What to repeat" in html and "The hardest criteria" in html and "commonest diagnoses" in html
    assert (outcome["folder"] / "index.html").read_text(encoding="utf-8") == html


def test_what_to_repeat_has_a_play_of_nobody_by_name(outcome: dict[str, Any]) -> None:
    result = json.loads(outcome["json"])
    most = result["diagnoses"][0]
    assert most["students"] >= 2
    shown = outcome["html"].partition('id="repeat"')[2].partition('id="hard"')[0]
    assert most["name"] in shown and "<pre" in shown
    assert not [name for name in (*NAMES, *NAMES.values()) if re.search(rf"\b{re.escape(name)}\b", shown)]


def test_gradebooks_hold_no_formula_and_everybody_once(outcome: dict[str, Any]) -> None:
    for name in ("csv", "canvas", "moodle"):
        rows = list(csv.reader(io.StringIO(outcome[name], newline="")))
        assert len({len(row) for row in rows}) == 1
        for cell in (cell for row in rows for cell in row if cell != "-"):
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
            assert cell.isprintable()
    plain = list(csv.DictReader(io.StringIO(outcome["csv"], newline="")))
    assert len(plain) == 10
    assert {row["name"]: row["points"] for row in plain}["Zoë 🦊"] != ""
    assert {row["name"]: row["status"] for row in plain}["Nobody At All"] == "missing"
    full = str(sum(exercise.points for exercise in EXERCISES))
    [good] = [row for row in plain if row["submission"] == "good"]
    assert (good["name"], good["points"], good["percent"]) == (NAMES["good"], full, "100.0")
    assert sum(float(value) for key, value in good.items() if re.match(r"\d\d ", key)) == float(full)


def test_canvas_and_moodle_get_the_roster_and_nobody_else(outcome: dict[str, Any]) -> None:
    canvas = list(csv.reader(io.StringIO(outcome["canvas"], newline="")))
    assert canvas[0] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "asyncio-kata"]
    assert canvas[1] == ["Points Possible", "", "", "", "", str(sum(exercise.points for exercise in EXERCISES))]
    assert {row[3] for row in canvas[2:]} == {*NAMES, "absent", "twice", "bytes"}
    assert {row[3]: row[5] for row in canvas}["absent"] == ""
    moodle = list(csv.DictReader(io.StringIO(outcome["moodle"], newline="")))
    assert {row["Username"]: row["asyncio-kata"] for row in moodle}["absent"] == "-"
    for row in moodle:
        assert row["asyncio-kata"] == "-" or float(row["asyncio-kata"]) >= 0


class NoJudge:
    """For what must not be judged."""

    def judge(self, texts: Iterable[Text]) -> Iterator[Judged]:
        for text in texts:
            raise AssertionError(f"{text.exercise.id} judged again")
        return iter(())


def files_of(folder: Path) -> dict[str, bytes]:
    """All files below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def graded(place: Path, out: Path, judge: Any) -> Graded:
    """The class, without a roster."""
    return grade_class(place, CONDITIONS, EXERCISES, judge, out)


class Interrupted(Exception):
    """Somebody pressed Ctrl-C."""


class StopsAfter:
    """Judges some texts, and is interrupted."""

    def __init__(self, count: int) -> None:
        self.count = count

    def judge(self, texts: Iterable[Text]) -> Iterator[Judged]:
        for number, judged in enumerate(Local(CONDITIONS, 2).judge(texts)):
            if number == self.count:
                raise Interrupted
            yield judged


class Counts:
    """Judges, and remembers what."""

    def __init__(self) -> None:
        self.judged: list[str] = []

    def judge(self, texts: Iterable[Text]) -> Iterator[Judged]:
        return Local(CONDITIONS, 2).judge(map(self.noted, texts))

    def noted(self, text: Text) -> Text:
        """Remember this one."""
        self.judged.append(f"{text.exercise.id} {text.sha256}")
        return text


def test_interrupted_and_started_again_it_goes_on(tmp_path: Path) -> None:
    place = tmp_path / "submissions"
    texts = {FIRST: answer("good", FIRST), FETCH: answer("wrong", FETCH)}
    for name in ("ana", "bo", "cy"):
        hand_in(place / name, texts)
    hand_in(place / "di", {FIRST: answer("wrong", FIRST)})
    with pytest.raises(Interrupted):
        graded(place, tmp_path / "out", StopsAfter(1))
    again = Counts()
    whole = graded(place, tmp_path / "out", again)
    assert len(again.judged) == len(set(again.judged)) == 2
    at_once = Counts()
    assert graded(place, tmp_path / "other", at_once).result == whole.result
    assert len(at_once.judged) == 3
    assert files_of(tmp_path / "out" / "students") == files_of(tmp_path / "other" / "students")
    before = files_of(tmp_path / "out")
    third = graded(place, tmp_path / "out", NoJudge())
    assert (third.played, third.shared) == (0, 7)
    assert files_of(tmp_path / "out") == before
    hand_in(place / "bo", {FIRST: answer("wrong", FIRST)})
    changed = graded(place, tmp_path / "out", NoJudge())
    assert [each.points for each in changed.result.students] != [each.points for each in third.result.students]


def test_a_class_is_graded_as_each_of_its_students_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], outcome: dict[str, Any], handed_in: Path
) -> None:
    for name in ("good", "same"):
        options = ["--only", "1.1,5.2", "--no-cache", "--json", str(tmp_path / "card.json")]
        assert main(["grade", "--submission", str(handed_in / name), *options]) == 0
        alone = json.loads((tmp_path / "card.json").read_text())
        card = json.loads((outcome["folder"] / "students" / f"{name}.json").read_text())
        assert plain(alone) == plain(card)


def plain(value: Any) -> Any:
    """A scorecard without real seconds and recordings."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items() if key not in ("seconds", "runs")}
    return [plain(item) for item in value] if isinstance(value, list) else value


def test_how_many_students_are_in_memory_at_once_makes_no_difference(
    tmp_path: Path, handed_in: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kata.classroom.cohort.AT_ONCE", 2)
    read, most = [0], [0]

    class Looks(Counts):
        def noted(self, text: Text) -> Text:
            most[0] = max(most[0], read[0])
            return super().noted(text)

        def judge(self, texts: Iterable[Text]) -> Iterator[Judged]:
            read[0] = 0
            return super().judge(texts)

    def reads(entry: Any, exercises: Any) -> Any:
        read[0] += 1
        return read_submission(entry, exercises)

    monkeypatch.setattr("kata.classroom.submissions.read", reads)
    looks = Looks()
    graded(handed_in, tmp_path / "out", looks)
    assert most[0] == 2
    assert files_of(tmp_path / "out" / "students").keys() >= {"good.html", "same.json"}
    assert len(looks.judged) == len(set(looks.judged))


class Broken:
    """Cannot judge anything."""

    def judge(self, texts: Iterable[Text]) -> Iterator[Judged]:
        raise GraderError("The grader failed: the sandbox cannot play anything.")


def test_a_judge_that_cannot_judge_ends_it_and_leaves_no_half_of_a_result(tmp_path: Path) -> None:
    hand_in(tmp_path / "submissions" / "ana", {FIRST: "mine"})
    with pytest.raises(GraderError):
        graded(tmp_path / "submissions", tmp_path / "out", Broken())
    assert files_of(tmp_path / "out") == {}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere"], "nowhere is not there"),
        ([".", "--canvas", "x"], "need --roster"),
        ([".", "--roster", "nowhere.csv"], "nowhere.csv cannot be read"),
        ([".", "--secret", "--seed", "3"], "leave --seed out"),
        ([".", "--csv", "-", "--json", "-"], "both go to"),
        ([".", "--chapters", "77"], "77"),
    ],
)
def test_wrong_usage_is_one_line(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["class", "grade", *arguments]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert said in err


def test_the_published_schema_of_a_class_is_current() -> None:
    from kata.classroom.results import schema

    published = (ROOT / "docs/class.schema.json").read_text(encoding="utf-8")
    assert published == schema(), "write it anew: python -m kata.classroom.results > docs/class.schema.json"


def test_a_scorecard_has_a_page_of_its_own(card: Any) -> None:
    from kata.classroom.page import exercise_part, scorecard_page

    made: Scorecard = card("mixed", "<b>\x1b[2J")
    html = scorecard_page(made, "A & B", exercise_part)
    check_page(html)
    assert "<h1>A &amp; B</h1>" in html and "&lt;b&gt;\\x1b[2J" in html


@pytest.mark.once
def test_names_between_backticks_are_code_and_stay_text(card: Any) -> None:
    from kata.classroom.page import exercise_part, scorecard_page

    html = scorecard_page(card("mixed", "`<img src=x>` and `resolve`, and ` alone"), "Ana", exercise_part)
    check_page(html)
    assert "<code>&lt;img src=x&gt;</code> and <code>resolve</code>, and ` alone" in html


def test_a_page_does_not_give_away_what_is_to_be_predicted(tmp_path: Path) -> None:
    predict = CATALOG.find("1.2")
    wrong = ROOT / "tests/answers" / predict.id / "wrong_the_call_gives_the_text.py"
    hand_in(tmp_path / "submissions" / "ana", {predict.id: wrong.read_text(), FETCH: answer("wrong", FETCH)})
    done = grade_class(
        tmp_path / "submissions", CONDITIONS, [predict, EXERCISES[1]], Local(CONDITIONS, 2), tmp_path / "out"
    )
    assert {each.status for each in done.result.students[0].exercises} == {"failed"}
    page = (tmp_path / "out/students/ana.html").read_text()
    of_predict, _, of_fetch = page.partition(CATALOG.find("5.2").title)
    assert "<pre" in of_fetch
    assert "<pre" not in of_predict
    assert main(["grade", "1.2", "--submission", str(tmp_path / "submissions/ana"), "--html", str(tmp_path / "x")]) == 0
    assert "<pre" not in (tmp_path / "x").read_text()
