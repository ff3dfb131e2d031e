"""The catalog: read strictly, and searched by whatever a learner types."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kata.project import catalog, catalog_reader

CHAPTER = '[[chapter]]\nid = "{id}"\ntitle = "A title"\nsummary = "One sentence."\n'
EXERCISE = """
[[chapter.exercise]]
name = "{name}"
title = "{title}"
kind = "build"
points = 10
difficulty = 1
minutes = 8
requires = [{requires}]
hints = ["A nudge.", "A direction.", "Nearly there."]
"""


def written(root: Path, text: str) -> Path:
    (root / "exercises").mkdir(exist_ok=True)
    (root / "exercises" / "catalog.toml").write_text(text, encoding="utf-8")
    return root


def exercise(name: str, requires: str = "", title: str = "A title") -> str:
    return EXERCISE.format(name=name, requires=requires, title=title)


GOOD = (
    CHAPTER.format(id="01_coroutines")
    + exercise("01_first_coroutine")
    + exercise("04_await_in_sequence", '"01_coroutines/01_first_coroutine"')
    + CHAPTER.format(id="05_gather_and_wait")
    + exercise("02_wait_to_gather", title="When does it start?")
    + exercise("04_gather")
)


@pytest.fixture
def good(tmp_path: Path) -> catalog.Catalog:
    return catalog_reader.load(written(tmp_path, GOOD))


def test_everything_is_there_in_order(good: catalog.Catalog) -> None:
    assert [one.number for one in good.exercises] == ["01.01", "01.04", "05.02", "05.04"]
    assert [one.number for one in good.chapters] == ["01", "05"]


def test_an_exercise_knows_its_names_and_files(good: catalog.Catalog) -> None:
    one = good.exercises[2]
    root = Path("clone")
    assert (one.id, one.chapter) == ("05_gather_and_wait/02_wait_to_gather", "05_gather_and_wait")
    assert (one.name, one.stem, one.number) == ("wait_to_gather", "02_wait_to_gather", "05.02")
    assert one.hints == ("A nudge.", "A direction.", "Nearly there.")
    assert one.stub(root) == root / "exercises/05_gather_and_wait/02_wait_to_gather.py"
    assert one.solution(root) == root / "solutions/05_gather_and_wait/02_wait_to_gather.py"
    assert one.hidden(root) == root / "tests/hidden/05_gather_and_wait/test_02_wait_to_gather.py"
    assert one.answers(root) == root / "tests/answers/05_gather_and_wait/02_wait_to_gather"


def test_prerequisites_are_kept(good: catalog.Catalog) -> None:
    assert good.exercises[1].requires == ("01_coroutines/01_first_coroutine",)


@pytest.mark.parametrize(
    "text",
    [
        "05.02",
        "5.2",
        "5.02",
        "wait_to_gather",
        "wait-to-gather",
        "Wait To Gather",
        "02_wait_to_gather",
        "02_wait_to_gather.py",
        "05_gather_and_wait/02_wait_to_gather",
        "exercises/05_gather_and_wait/02_wait_to_gather.py",
        "./exercises/05_gather_and_wait/02_wait_to_gather.py",
        "exercises\\05_gather_and_wait\\02_wait_to_gather.py",
        "/home/ana/süß/exercises/05_gather_and_wait/02_wait_to_gather.py",
        "tests/hidden/05_gather_and_wait/test_02_wait_to_gather.py",
        "tests/answers/05_gather_and_wait/02_wait_to_gather/wrong_order.py",
        "to_gath",
        "502",
        "0502",
        "5-2",
        "5 2",
        "#5.2:",
        "05.02 wait_to_gather",
        "When does it start?",
        "when does it start",
        "05.02 When does it start?",
        "does it st",
        '"05.02"',
    ],
)
def test_an_exercise_goes_by_many_names(good: catalog.Catalog, text: str) -> None:
    assert good.find(text).id == "05_gather_and_wait/02_wait_to_gather"


def test_an_exact_name_beats_a_part(good: catalog.Catalog) -> None:
    assert good.find("gather").number == "05.04"


def test_a_part_that_fits_several_names_them(good: catalog.Catalog) -> None:
    with pytest.raises(catalog.SeveralExercises) as caught:
        good.find("01_coroutines")
    assert [one.number for one in caught.value.matches] == ["01.01", "01.04"]
    assert str(caught.value) == (
        '"01_coroutines" fits 2 exercises: 01.01 first_coroutine, 01.04 await_in_sequence; type more of the name.'
    )


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("wait_to_gathr", ["05.02"]),
        ("frist_coroutine", ["01.01"]),
        ("5.3", ["05.02", "05.04"]),
        ("503", ["05.02", "05.04"]),
        ("05.02 gather", ["05.02", "05.04"]),
        ("When did it start", ["05.02"]),
        ("exercises/05_gather_and_wait/02_wait_to_gahter.py", ["05.02"]),
        ("quicksort", []),
        ("", []),
    ],
)
def test_an_unknown_name_gives_the_nearest(good: catalog.Catalog, text: str, nearest: list[str]) -> None:
    with pytest.raises(catalog.NoSuchExercise) as caught:
        good.find(text)
    assert [one.number for one in caught.value.nearest] == nearest


def test_an_unknown_name_cannot_break_the_line(good: catalog.Catalog) -> None:
    with pytest.raises(catalog.NoSuchExercise) as caught:
        good.find("no\nsuch\x1b[31m" + "x" * 500)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 150


@pytest.mark.parametrize(
    "text",
    [
        "05",
        "5",
        "gather_and_wait",
        "05_gather_and_wait",
        "gather",
        "Gather, and wait",
        "05 gather and wait",
        "exercises/05_gather_and_wait/README.md",
    ],
)
def test_a_chapter_goes_by_many_names(good: catalog.Catalog, text: str) -> None:
    assert good.chapter(text).id == "05_gather_and_wait"


def test_an_unknown_chapter_gives_the_nearest(good: catalog.Catalog) -> None:
    with pytest.raises(catalog.NoSuchChapter, match="the nearest: 01 coroutines"):
        good.chapter("corutines")


def test_a_part_of_several_chapters_names_them(good: catalog.Catalog) -> None:
    with pytest.raises(catalog.SeveralChapters) as caught:
        good.chapter("0")
    assert len(caught.value.matches) == 2


ONE = CHAPTER.format(id="01_a") + exercise("01_x")

MISTAKES = {
    "no chapter": ("", "top level: there is no chapter"),
    "broken TOML": ("[[chapter]]\nid = \n", "line 2, column 6: Invalid value"),
    "unknown top-level key": ("version = 1\n" + ONE, "top level: unknown key 'version'"),
    "chapter is no list": ('chapter = "01_a"', "top level: chapter is no list of tables"),
    "exercise is no list": (
        CHAPTER.format(id="01_a") + "exercise = 3\n",
        "01_a: exercise is no list of tables; begin each one with [[chapter.exercise]]",
    ),
    "chapter without a title": ('[[chapter]]\nid = "01_a"\nsummary = "S."\n', "01_a: title is missing"),
    "chapter without an id": ('[[chapter]]\ntitle = "T"\nsummary = "S."\n', "chapter 1: id is missing"),
    "chapter with an empty id": (CHAPTER.format(id=""), "chapter 1: id '' is not of the form"),
    "chapter with a bad id": (CHAPTER.format(id="1_a"), "1_a: id '1_a' is not of the form NN_snake_case"),
    "chapter with an unknown key": (
        ONE.replace("summary", "sumary", 1),
        "01_a: unknown key 'sumary'; perhaps 'summary' is meant",
    ),
    "chapter with an empty title": (
        '[[chapter]]\nid = "01_a"\ntitle = " "\nsummary = "S."\n',
        "01_a: title is empty",
    ),
    "summary with two lines": (
        '[[chapter]]\nid = "01_a"\ntitle = "T"\nsummary = "S.\\nT."\n',
        "01_a: summary has several lines",
    ),
    "chapter twice": (ONE + ONE, "chapter 01_a: it is there twice"),
    "chapters share a number": (ONE + CHAPTER.format(id="01_b"), "chapter 01_b: it has the number of 01_a"),
    "chapters out of order": (
        CHAPTER.format(id="02_b") + CHAPTER.format(id="01_a"),
        "chapter 01_a: it comes after 02_b",
    ),
    "exercise without a name": (
        ONE.replace('name = "01_x"\n', ""),
        "01_a, exercise 1: name is missing; add it",
    ),
    "exercise with a bad name": (ONE.replace("01_x", "01_X"), "01_a/01_X: name '01_X' is not of the form"),
    "exercise twice": (ONE + exercise("01_x"), "exercise 01_x: it is there twice"),
    "exercises share a number": (ONE + exercise("01_y"), "exercise 01_y: it has the number of 01_x"),
    "exercises out of order": (
        CHAPTER.format(id="01_a") + exercise("02_y") + exercise("01_x"),
        "exercise 01_x: it comes after 02_y",
    ),
    "unknown key": (ONE.replace("minutes", "minuts"), "01_a/01_x: unknown key 'minuts'; perhaps 'minutes'"),
    "unknown kind": (
        ONE.replace('"build"', '"quiz"'),
        "01_a/01_x: kind 'quiz' does not exist; use one of fix",
    ),
    "points of zero": (ONE.replace("points = 10", "points = 0"), "01_a/01_x: points is 0"),
    "points as text": (ONE.replace("= 10", '= "10"'), "01_a/01_x: points: expected int, got str"),
    "points as a boolean": (ONE.replace("= 10", "= true"), "01_a/01_x: points: expected int, got bool"),
    "difficulty of four": (ONE.replace("difficulty = 1", "difficulty = 4"), "01_a/01_x: difficulty is 4"),
    "minutes below one": (ONE.replace("minutes = 8", "minutes = -8"), "01_a/01_x: minutes is -8"),
    "two hints": (ONE.replace('"A nudge.", ', ""), "01_a/01_x: there are 2 hints with text; write exactly"),
    "empty hint": (ONE.replace("A nudge.", " "), "01_a/01_x: there are 2 hints with text; write exactly"),
    "hint that is a number": (ONE.replace('"A nudge."', "1"), "01_a/01_x: hints[0]: expected str, got int"),
    "python that is no version": (ONE + 'python = ">=3.12"\n', "01_a/01_x: python '>=3.12' is no version"),
    "requires what does not exist": (
        ONE + exercise("02_y", '"01_a/01_z"'),
        "01_a/02_y: it requires '01_a/01_z', which does not exist; perhaps '01_a/01_x' is meant",
    ),
    "requires what comes later": (
        CHAPTER.format(id="01_a") + exercise("01_x", '"01_a/02_y"') + exercise("02_y"),
        "01_a/01_x: it requires '01_a/02_y', which comes later",
    ),
    "requires itself": (ONE + exercise("02_y", '"01_a/02_y"'), "01_a/02_y: it requires itself"),
    "requires twice": (
        ONE + exercise("02_y", '"01_a/01_x", "01_a/01_x"'),
        "01_a/02_y: it requires '01_a/01_x' twice",
    ),
}


@pytest.mark.parametrize(("text", "line"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_is_one_line_that_names_the_place(tmp_path: Path, text: str, line: str) -> None:
    with pytest.raises(catalog.CatalogError) as caught:
        catalog_reader.load(written(tmp_path, text))
    message = str(caught.value)
    assert message.startswith("exercises/catalog.toml, ")
    assert line in message
    assert message.isprintable()
    assert message.endswith(".")


def test_a_missing_catalog_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(catalog.CatalogError, match=r"^exercises/catalog\.toml is missing; "):
        catalog_reader.load(tmp_path)


def test_a_catalog_that_is_no_utf_8_names_the_line(tmp_path: Path) -> None:
    written(tmp_path, "")
    (tmp_path / "exercises/catalog.toml").write_bytes(b'[[chapter]]\nid = "\xe4"\n')
    with pytest.raises(catalog.CatalogError, match=r"line 2: the text is not UTF-8"):
        catalog_reader.load(tmp_path)


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    written(tmp_path, "\ufeff" + GOOD)
    assert len(catalog_reader.load(tmp_path).exercises) == 4


def test_a_lowest_python_version_is_kept(tmp_path: Path) -> None:
    loaded = catalog_reader.load(written(tmp_path, ONE + 'python = "3.12"\n'))
    assert loaded.exercises[0].python == "3.12"


def test_the_overview_for_learners_lists_what_is_there_and_nothing_else() -> None:
    root = Path(__file__).resolve().parents[3]
    loaded = catalog_reader.load(root)
    readme = (root / "exercises/README.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| (\d\d) \| \[.*?\]\((\w+)/README\.md\)", readme, re.MULTILINE)
    assert listed == [(chapter.number, chapter.id) for chapter in loaded.chapters]
    kinds = re.findall(r"^\| \*\*(\w+)\*\*", readme, re.MULTILINE)
    assert sorted(kinds) == sorted({exercise.kind for exercise in loaded.exercises})


@pytest.mark.parametrize("text", ["05_gather_and_wait", "gather_and_wait", "05", "5", "exercises/05_gather_and_wait/"])
def test_a_whole_name_of_a_chapter_is_enough_where_a_part_is_not(good: catalog.Catalog, text: str) -> None:
    assert good.chapter(text, whole=True).id == "05_gather_and_wait"


@pytest.mark.parametrize("text", ["gather", "05_gather", "0", ""])
def test_a_part_of_a_chapters_name_is_not_the_whole(good: catalog.Catalog, text: str) -> None:
    with pytest.raises(catalog.NoSuchChapter):
        good.chapter(text, whole=True)
