"""What asserts of hidden tests are about is said by topic, so that no diagnosis needs the words of a sentence."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from kata.judge.diagnosis.scene import scenes
from kata.judge.topics import TOPICS, about

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parents[3]
HIDDEN = sorted((ROOT / "tests" / "hidden").rglob("test_*.py"))
RULES = sorted((ROOT / "kata" / "judge" / "diagnosis").glob("*.py"))


def calls(path: Path, name: str) -> Iterator[ast.Call]:
    """The calls of a function or method of this name in a file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == name:
            yield node


def topics(paths: list[Path]) -> set[str]:
    return {
        call.args[0].value for path in paths for call in calls(path, "about") if isinstance(call.args[0], ast.Constant)
    }


def test_hidden_tests_and_diagnoses_speak_of_the_same_topics() -> None:
    """A topic that no rule asks for says nothing; one that no test names silences the rule that asks for it."""
    assert topics(HIDDEN) == topics(RULES) == set(TOPICS)


@pytest.mark.parametrize("path", HIDDEN, ids=lambda path: path.stem)
def test_a_topic_stands_in_the_assert_itself_where_it_is_found(path: Path) -> None:
    asserts = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Assert)]
    said = [node.msg for node in asserts if isinstance(node.msg, ast.Call) and ast.unparse(node.msg.func) == "about"]
    assert len(said) == len(list(calls(path, "about")))


def test_no_rule_reads_the_sentence_of_a_failed_assert() -> None:
    readers = [path.name for path in RULES if any(True for _ in calls(path, "message_of"))]
    readers += [
        path.name
        for path in RULES
        for name in ("str", "repr")
        for call in calls(path, name)
        if call.args and ast.unparse(call.args[0]) == "case.error"
    ]
    assert readers == []


def test_the_facts_of_a_topic_are_found_whatever_its_words() -> None:
    left = 2
    try:
        assert not left, about("threads left", "worded in any way", failed=left > 1)
    except AssertionError as error:
        [scene] = scenes(error)
    assert scene.facts("threads left") == {"failed": True}
    assert scene.facts("thread used") is None


def test_an_assert_without_a_topic_has_no_facts() -> None:
    try:
        assert not "left", "the threads are still there"
    except AssertionError as error:
        [scene] = scenes(error)
    assert scene.facts("threads left") is None


def test_a_topic_that_nobody_knows_is_refused() -> None:
    with pytest.raises(ValueError, match="there is no topic 'weather'"):
        about("weather", "it rains")  # type: ignore[arg-type]
