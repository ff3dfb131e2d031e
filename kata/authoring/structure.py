"""What an exercise must consist of, checked without playing anything: files, docstrings, hints, headers, links."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from kata.judge.rubric import RubricError, read_rubric
from kata.project.catalog import Catalog, Exercise

__all__ = ["Answer", "answers", "can_be_judged", "in_exercise", "in_repository"]

_LINK = re.compile(r"https?://[^\s)>\"'`]+")
_HEADER = re.compile(r"Caught by:\s*(test_\w+)")
_MIN_LEAK = 18
"""Characters of a line of the solution that a hint must not quote."""

MOST_WORDS, WORDS = 200, 120
"""Words of a stub's text: the most, and the median of all of them."""


@dataclass(frozen=True)
class Answer:
    """An answer that must be accepted (``caught_by`` is None) or refused by the test that it names."""

    name: str
    text: str
    caught_by: str | None


def answers(exercise: Exercise, root: Path) -> list[Answer]:
    """The right and wrong answers of an exercise, by name."""
    found = []
    for path in sorted(exercise.answers(root).glob("*.py")):
        text = path.read_text(encoding="utf-8")
        header = _HEADER.search(_docstring(text))
        caught_by = None if path.stem.startswith("right_") else (header.group(1) if header else "")
        found.append(Answer(path.stem, text, caught_by))
    return found


def _docstring(text: str) -> str:
    try:
        return ast.get_docstring(ast.parse(text)) or ""
    except (SyntaxError, ValueError):
        # A wrong answer may be one that does not even parse; its header stands at the top all the same.
        return text.partition('"""')[2].partition('"""')[0]


def can_be_judged(exercise: Exercise, root: Path) -> bool:
    """True when an exercise has a stub, a solution and hidden tests that can be read."""
    try:
        return bool(read_rubric(exercise.hidden(root), exercise.points)) and all(
            path.is_file() for path in (exercise.stub(root), exercise.solution(root))
        )
    except RubricError:
        return False


def in_exercise(exercise: Exercise, root: Path) -> Iterator[str]:
    """Problems of one exercise's files, each in one line."""
    stub, solution = exercise.stub(root), exercise.solution(root)
    for path in (stub, solution, exercise.hidden(root)):
        if not path.is_file():
            yield f"{path.relative_to(root)} is missing"
            return
    yield from _stub(stub.read_text(encoding="utf-8"))
    yield from _solution(exercise, solution.read_text(encoding="utf-8"))
    try:
        rubric = read_rubric(exercise.hidden(root), exercise.points)
    except RubricError as error:
        yield str(error)
        return
    if not 3 <= len(rubric) <= 7:
        yield f"there are {len(rubric)} criteria; 3 to 7 are asked for"
    for item in rubric:
        if item.text == item.test.removeprefix("test_").replace("_", " "):
            yield f"{item.test} has no docstring, so it has no criterion"
    if len({item.text for item in rubric}) < len(rubric):
        yield "two criteria have the same text"
    yield from _answers(exercise, root, {item.test for item in rubric})


def _stub(text: str) -> Iterator[str]:
    docstring = _docstring(text)
    words = len(docstring.split())
    if words > MOST_WORDS:
        yield f"the stub's docstring has {words} words; {MOST_WORDS} are the most that anybody reads"
    for section in ("Task:", "Example:"):
        if section not in docstring:
            yield f"the stub's docstring has no section {section}"
    if "as it is" not in docstring and "as they are" not in docstring:
        yield "the stub's docstring does not say what to leave as it is"
    if '__name__ == "__main__"' not in text:
        yield "the stub cannot be run: it has no main() under if __name__ == '__main__'"
    yield from _links(text, "the stub")


def _solution(exercise: Exercise, text: str) -> Iterator[str]:
    if "why" not in text.lower():
        yield "the solution does not say why it is good"
    lines = {line.strip() for line in text.splitlines() if len(line.strip()) >= _MIN_LEAK}
    for level, hint in enumerate(exercise.hints, 1):
        leaked = next((line for line in lines if line in hint), None)
        if leaked:
            yield f"hint {level} quotes the solution: {leaked}"


def _answers(exercise: Exercise, root: Path, tests: set[str]) -> Iterator[str]:
    found = answers(exercise, root)
    right = [answer for answer in found if answer.caught_by is None]
    wrong = [answer for answer in found if answer.caught_by is not None]
    least = 1 if exercise.kind == "predict" else 2
    if len(right) < least:
        yield f"there are {len(right)} right answers; at least {least} are asked for"
    if len(wrong) < 3:
        yield f"there are {len(wrong)} wrong answers; at least 3 are asked for"
    for answer in wrong:
        if not answer.name.startswith("wrong_"):
            yield f"{answer.name}.py is neither right_*.py nor wrong_*.py"
        elif not _docstring(answer.text).startswith("Mistake:"):
            yield f"{answer.name}.py does not begin with its mistake"
        elif answer.caught_by not in tests:
            yield f"{answer.name}.py names the test {answer.caught_by or '(none)'}, which does not exist"


def in_repository(catalog: Catalog, root: Path) -> Iterator[str]:
    """Problems of the whole: files that no exercise owns, chapters without a README, malformed links, long texts."""
    stubs = [each.stub(root) for each in catalog.exercises]
    words = [len(_docstring(stub.read_text(encoding="utf-8")).split()) for stub in stubs if stub.is_file()]
    if words and median(words) > WORDS:
        yield f"the texts of the stubs have {median(words):g} words at the median; {WORDS} are enough"
    known = {exercise.id for exercise in catalog.exercises}
    for folder in ("exercises", "solutions"):
        for path in sorted((root / folder).glob("*/*.py")):
            name = path.relative_to(root / folder).with_suffix("").as_posix()
            if name not in known:
                yield f"{folder}/{name}.py is not in the catalog"
    for path in sorted((root / "tests" / "hidden").glob("*/test_*.py")):
        if f"{path.parent.name}/{path.stem.removeprefix('test_')}" not in known:
            yield f"{path.relative_to(root)} judges no exercise of the catalog"
    for chapter in catalog.chapters:
        readme = root / "exercises" / chapter.id / "README.md"
        if not readme.is_file():
            yield f"exercises/{chapter.id}/README.md is missing"
        else:
            yield from _links(readme.read_text(encoding="utf-8"), f"exercises/{chapter.id}/README.md")


def _links(text: str, where: str) -> Iterator[str]:
    for link in _LINK.findall(text):
        if link.startswith("http://") or " " in link or ".." in link.partition("://")[2]:
            yield f"{where} has a malformed link: {link}"
