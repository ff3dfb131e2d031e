"""JUnit XML that any parser reads, whatever a submission printed."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from kata.contract.scorecard import ExerciseVerdict, Scorecard
from kata.reports import junit


def parsed(card: Scorecard) -> ElementTree.Element:
    return ElementTree.fromstring(junit.render(card).encode("utf-8"))


@pytest.mark.parametrize("card", ["untouched", "halfway", "finished", "nasty"])
def test_it_is_xml(card: str, request: pytest.FixtureRequest) -> None:
    assert parsed(request.getfixturevalue(card)).tag == "testsuites"


def test_each_criterion_is_a_test_case_with_what_gitlab_reads(halfway: Scorecard) -> None:
    exercise = "05_gather_and_wait/02_wait_to_gather"
    cases = [case for case in parsed(halfway).iter("testcase") if case.get("classname") == exercise]
    assert [case.get("name", "")[:5] for case in cases] == ["Pages", "Ten 1", "A pag"]
    assert {case.get("file") for case in cases} == {f"exercises/{exercise}.py"}
    assert cases[0].get("time") == "0.010"
    assert [len(case.findall("failure")) for case in cases] == [0, 1, 1]
    failure = cases[1].find("failure")
    assert failure is not None and failure.text is not None
    assert failure.get("message", "").startswith("It took 10 seconds")
    assert "blocking: time.sleep(1) stops the loop" in failure.text


def test_the_counts_add_up(halfway: Scorecard) -> None:
    root = parsed(halfway)
    assert {name: root.get(name) for name in ("tests", "failures", "errors", "skipped")} == {
        "tests": "8",
        "failures": "2",
        "errors": "2",
        "skipped": "1",
    }
    for name in ("tests", "failures", "errors", "skipped"):
        assert sum(int(suite.get(name, "")) for suite in root) == int(root.get(name, ""))


def test_not_started_is_skipped_and_what_cannot_be_judged_is_an_error(halfway: Scorecard) -> None:
    by_exercise = {case.get("classname"): case for case in parsed(halfway).iter("testcase")}
    assert by_exercise["06_futures/02_who_is_what"].find("skipped") is not None
    error = by_exercise["06_futures/01_promise"].find("error")
    assert error is not None and error.text == "line 3: invalid syntax"


def test_criteria_of_the_same_words_get_names_of_their_own(failing: ExerciseVerdict, halfway: Scorecard) -> None:
    for criterion in failing.criteria:
        criterion.text = "The same."
    names = [case.get("name") for case in parsed(halfway).iter("testcase")]
    assert {"The same.", "The same. (2)", "The same. (3)"} <= set(names)


def test_controls_are_shown_and_nothing_acts(nasty: Scorecard) -> None:
    text = junit.render(nasty)
    assert "\\x1b[2J" in text
    assert "\x1b" not in text
    assert "##[" not in text
    assert not any(line.lstrip().startswith("::") for line in text.splitlines())


def test_characters_that_xml_cannot_hold(nasty: Scorecard) -> None:
    nasty.exercises[1].message = "a\ufffeb\uffffc\ud800"
    failure = parsed(nasty).find("testsuite[2]/testcase/error")
    assert failure is not None and failure.text == "a\\ufffeb\\uffffc\\ud800"
