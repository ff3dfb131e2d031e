"""The scorecard as Markdown, made for GitHub's job summary (1 MiB at most).

Foreign text is written as character references, inside cells and ``<pre>`` alike: they are shown as the
characters they stand for and never read as Markdown, HTML, or a workflow command.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kata.contract.scorecard import Criterion, Diagnosis, ExerciseVerdict, Scorecard
from kata.reports import wording
from kata.reports.causes import common, unmet
from kata.reports.escape import shorten, visible

MAX_BYTES = 1_000_000
"""Below GitHub's 1 MiB a step, with room for the last line."""

# What begins anything inside a line of Markdown, HTML or a workflow command; foreign text begins no line.
_PUNCTUATION = re.compile(r"[&<>|*_`\[\]()#~\\:@!{}$]")


def render(card: Scorecard) -> str:
    """The scorecard as Markdown: a table by chapter, then what is missing from each exercise in progress."""
    parts = [_top(card)]
    size = len(parts[0].encode("utf-8"))
    unfinished = [verdict for verdict in card.exercises if verdict.status not in ("passed", "not_started")]
    for index, verdict in enumerate(unfinished):
        part = _exercise(verdict)
        size += len(part.encode("utf-8"))
        if size > MAX_BYTES:
            parts.append(f"\n{wording.count(len(unfinished) - index, 'exercise')} more left out for length.\n")
            break
        parts.append(part)
    return "".join(parts)


def _top(card: Scorecard) -> str:
    lines = [f"## {wording.score(card.points, card.max_points)} ({wording.percent(card)})", ""]
    lines += ["| Chapter | Points | Done |", "|---|---:|---:|"]
    for chapter, verdicts in wording.by_chapter(card).items():
        got, of = sum(each.points for each in verdicts), sum(each.max_points for each in verdicts)
        done = sum(each.status == "passed" for each in verdicts)
        lines.append(
            f"| {_inline(chapter)} | {wording.amount(got)} of {wording.amount(of)} | {done} of {len(verdicts)} |"
        )
    lines += ["", *_next(card), _inline(wording.conditions(card)), ""]
    return "\n".join(lines)


def _next(card: Scorecard) -> Iterator[str]:
    verdict = wording.first_open(card)
    if verdict is not None:
        yield f"Next: {_inline(wording.name(verdict))}, <code>{_inline(wording.file(verdict))}</code>"
        yield ""


def _exercise(verdict: ExerciseVerdict) -> str:
    score = wording.score(verdict.points, verdict.max_points)
    lines = ["", f"### {_inline(wording.name(verdict))}: {score}", ""]
    cause = common(verdict)
    told = [found for found in (cause.diagnosis, *cause.more) if found is not None]
    above = [cause.message or (verdict.message if not told else ""), *map(_told, told)]
    if any(above):
        lines += [_block("\n".join(filter(None, above))), ""]
    if verdict.criteria:
        lines += ["| | Criterion | Points |", "|---|---|---:|"]
        lines += [_row(criterion) for criterion in verdict.criteria]
        lines.append("")
    if any(criterion.holds for criterion in verdict.criteria):
        lines += ["○ holds, and does not count yet", ""]
    for criterion in unmet(verdict):
        said = [cause.message_of(criterion), *(_told(one) for one in criterion.diagnoses if not cause.tells(one))]
        if any(said) and not criterion.holds:
            summary = f"<details><summary>{_inline(criterion.text or criterion.test)}</summary>"
            lines += [summary, "", _block("\n".join(filter(None, said))), "", "</details>", ""]
    return "\n".join(lines)


def _told(found: Diagnosis) -> str:
    place = f"\n  line {found.line}: {found.source}" if found.line and found.source else ""
    return f"{found.name}: {found.text}{place}"


def _row(criterion: Criterion) -> str:
    mark = "○" if criterion.holds else "✓" if criterion.passed else "✗"
    score = f"{wording.amount(criterion.points)} of {wording.amount(criterion.max_points)}"
    return f"| {mark} | {_inline(criterion.text or criterion.test)} | {score} |"


def _inline(text: str) -> str:
    return _escaped(shorten(" ".join(text.split()), lines=1, characters=500))


def _block(text: str) -> str:
    # One line of source, so that no line of it can begin anything.
    text = _escaped(shorten(text.strip(), lines=40, characters=4000)).replace("\n", "&#10;")
    return f"<pre>{text}</pre>"


def _escaped(text: str) -> str:
    return _PUNCTUATION.sub(lambda found: f"&#{ord(found.group())};", visible(text))
