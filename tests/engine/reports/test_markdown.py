"""Markdown for a job summary: short enough, and nothing in it can be forged."""

from __future__ import annotations

import html
import re

from kata.contract.scorecard import Diagnosis, Scorecard
from kata.reports import markdown


def test_it_says_the_score_by_chapter_and_what_is_next(halfway: Scorecard) -> None:
    text = html.unescape(markdown.render(halfway))
    assert "## 22.5 of 60 points (37.5 %)" in text
    assert "| 05 Gather and wait | 2.5 of 20 | 0 of 2 |" in text
    assert "Next: 05.02 From wait to gather, <code>exercises/05_gather_and_wait/02_wait_to_gather.py" in text
    assert "Python 3.11.7, virtual clock, isolation: landlock+rlimits, seed 0" in text


def test_only_what_is_in_progress_is_told_in_detail(halfway: Scorecard) -> None:
    text = html.unescape(markdown.render(halfway))
    assert re.findall(r"### (\S+)", text) == ["05.02", "05.03", "06.01"]
    assert "| ✗ | A page that cannot be read is reported. | 0 of 2.5 |" in text
    assert "no such page" in text


def test_foreign_text_forges_nothing(nasty: Scorecard) -> None:
    text = markdown.render(nasty)
    allowed = {"<details>", "</details>", "<summary>", "</summary>", "<pre>", "</pre>", "<code>", "</code>"}
    assert set(re.findall(r"<[^>]*>", text)) <= allowed
    assert text.count("<pre>") == text.count("</pre>") == 2  # what two criteria share is told once
    assert all(row.count("|") == 4 for row in text.splitlines() if row.startswith("|"))
    assert "::set-output" not in text and "##[" not in text
    assert "\x1b" not in text and "\u202e" not in text
    assert not any(line.startswith(("    ", "\t", "::")) for line in text.splitlines())


def test_a_message_keeps_its_lines(nasty: Scorecard) -> None:
    nasty.exercises[1].message = "first\n\n| a | b |\nlast"
    assert "<pre>first&#10;&#10;&#124; a &#124; b &#124;&#10;last</pre>" in markdown.render(nasty)


def test_it_stays_below_one_mebibyte(nasty: Scorecard) -> None:
    nasty.exercises = [nasty.exercises[0]] * 500
    for criterion in nasty.exercises[0].criteria:
        criterion.message = "<>" * 1_000_000
    text = markdown.render(nasty)
    assert len(text.encode("utf-8")) < 1024 * 1024
    assert re.search(r"\d+ exercises more left out for length", text)


def test_what_stops_all_criteria_is_explained_once(halfway: Scorecard) -> None:
    failing = halfway.exercises[2]
    failing.status, failing.message = "error", "The file cannot be loaded"
    for criterion in failing.criteria:
        criterion.passed, criterion.message = False, failing.message
        criterion.diagnoses = [Diagnosis("unfit", failing.message)]
    assert markdown.render(halfway).count("unfit&#58;") == 1
