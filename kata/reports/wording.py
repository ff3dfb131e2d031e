"""How names, points and times are worded, the same in every report."""

from __future__ import annotations

import math
import re

from kata.contract.scorecard import ExerciseVerdict, Scorecard, Status

STATUS: dict[Status, str] = {
    "passed": "done",
    "failed": "in progress",
    "not_started": "not started",
    "error": "cannot be judged",
    "limit": "stopped at a limit",
}

_ID = re.compile(r"(\d+)_([^/]*)/(\d+)_(.*)")


def number(exercise_id: str) -> str:
    """``05.02`` for ``05_gather_and_wait/02_wait_to_gather``; any other id stays as it is."""
    found = _ID.fullmatch(exercise_id)
    return f"{found[1]}.{found[3]}" if found else exercise_id


def name(verdict: ExerciseVerdict) -> str:
    """Number and title of an exercise: ``05.02 From wait to gather``."""
    title = verdict.title
    if not title:
        found = _ID.fullmatch(verdict.id)
        title = _words(found[4]) if found else ""
    return f"{number(verdict.id)} {title}".rstrip()


def chapter(verdict: ExerciseVerdict) -> str:
    """Number and title of an exercise's chapter: ``05 Gather and wait``.

    The verdict may carry the chapter's id, its title, or nothing.
    """
    folder = verdict.id.split("/")[0]
    digits, _, rest = folder.partition("_")
    title = verdict.chapter
    if not title or title == folder:
        title = _words(rest) if digits.isdigit() else folder
    return f"{digits} {title}" if digits.isdigit() and not title.startswith(digits) else title


def file(verdict: ExerciseVerdict) -> str:
    """The file that the learner edits."""
    return verdict.file or f"exercises/{verdict.id}.py"


def amount(points: float) -> str:
    """Points without needless decimals: ``10``, ``2.5``, ``1,290``."""
    if not math.isfinite(points):
        return str(points)
    return f"{points:,.2f}".rstrip("0").rstrip(".")


def points(count: float) -> str:
    """``1 point``, ``2.5 points``."""
    return f"{amount(count)} {'point' if count == 1 else 'points'}"


def score(got: float, of: float) -> str:
    """``6 of 10 points``."""
    return f"{amount(got)} of {points(of)}"


def count(items: int, noun: str) -> str:
    """``1 exercise``, ``3 exercises``."""
    return f"{items:,} {noun}" if items == 1 else f"{items:,} {noun}s"


def percent(card: Scorecard) -> str:
    """The score in percent, rounded down: only full points read as 100 %."""
    tenths = math.floor(card.percent * 10 + 1e-9)
    return f"{tenths // 10} %" if tenths % 10 == 0 else f"{tenths / 10:.1f} %"


def moment(seconds: float) -> str:
    """A virtual second: ``1.0s``, ``0.25s``."""
    if not math.isfinite(seconds):
        return f"{seconds}s"
    text = f"{seconds:.3f}".rstrip("0")
    return f"{text}0s" if text.endswith(".") else f"{text}s"


def conditions(card: Scorecard) -> str:
    """Under what the verdicts were reached, so that a grading can be repeated."""
    return f"Python {card.python}, {card.clock} clock, isolation: {card.isolation}, seed {card.seed}"


def first_open(card: Scorecard) -> ExerciseVerdict | None:
    """The exercise to open next, or None when all are passed or the next one is not in this scorecard."""
    if card.next is not None:
        return next((verdict for verdict in card.exercises if verdict.id == card.next), None)
    return next((verdict for verdict in card.exercises if verdict.status != "passed"), None)


def by_chapter(card: Scorecard) -> dict[str, list[ExerciseVerdict]]:
    """The verdicts by the name of their chapter, in the order of the scorecard."""
    chapters: dict[str, list[ExerciseVerdict]] = {}
    for verdict in card.exercises:
        chapters.setdefault(chapter(verdict), []).append(verdict)
    return chapters


def _words(stem: str) -> str:
    words = stem.replace("_", " ")
    return words[:1].upper() + words[1:]


_NOISE = re.compile(r" at 0x[0-9a-fA-F]+|\b\w+\.<locals>\.")


def without_noise(text: str) -> str:
    """A text without where objects are in memory, which differs in each play, and in which function one was defined."""
    return _NOISE.sub("", text)
