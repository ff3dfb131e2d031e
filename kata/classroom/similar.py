"""Pairs of submissions that are the same but for names, spacing and comments, beyond what an exercise makes alike.

Each text becomes its tokens (`tokenize`), in which names of the author's own count as one name, and those become short
runs. Runs that the stub, the solution or a known right answer has too, or that many of the class have, say nothing and
are left out. What is left and shared is counted. This lists; it says nothing about why two texts are alike.
"""

from __future__ import annotations

import builtins
import hashlib
import io
import keyword
import tokenize
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import msgspec

from kata.project.catalog import Exercise

__all__ = ["Fingerprints", "Pair", "Shared", "ordinary", "runs_of"]

RUN = 7
"""Tokens in a row that are compared. Shorter ones are in everybody's code."""

LEAST = 8
"""Runs of its own that an exercise must share with another one to be counted."""

HALF = 0.5
"""The part of the shorter text's own runs that must be shared."""

COMMON = 0.15
"""The part of a class from which on a run is common; two are never a class."""

_LEFT_OUT = frozenset({tokenize.COMMENT, tokenize.NL, tokenize.ENCODING, tokenize.ENDMARKER, tokenize.NEWLINE})
_SPACING = {tokenize.INDENT: ">", tokenize.DEDENT: "<"}
_KNOWN = frozenset(dir(builtins)) | frozenset(keyword.kwlist) | {"asyncio", "self"}


class Shared(msgspec.Struct, frozen=True):
    """How much two texts of one exercise share: runs of their own, and how many the shorter one has."""

    exercise: str
    shared: int
    of: int


class Pair(msgspec.Struct, frozen=True):
    """Two submissions and what they share, the exercise in which they share most first."""

    first: str
    second: str
    exercises: list[Shared]

    @property
    def shared(self) -> int:
        """Runs that both have, in all exercises."""
        return sum(each.shared for each in self.exercises)


@dataclass(frozen=True)
class _Text:
    who: str
    own: frozenset[int]


class Fingerprints:
    """The runs of a class, exercise by exercise.

    Args:
        known: for each exercise, the runs that say nothing: of its stub and of what is known to be right.
    """

    def __init__(self, known: Mapping[str, frozenset[int]]) -> None:
        self.known = known
        self.texts: dict[str, list[_Text]] = {exercise: [] for exercise in known}

    def add(self, who: str, exercise: str, text: str) -> None:
        """One text of a submission."""
        own = runs_of(text) - self.known[exercise]
        if len(own) >= LEAST:
            self.texts[exercise].append(_Text(who, own))

    def pairs(self, students: int) -> list[Pair]:
        """The pairs that share something, those that share most first.

        Args:
            students: how many there are, with those whose texts have nothing of their own.
        """
        common = max(2, int(students * COMMON))
        found: dict[tuple[str, str], list[Shared]] = {}
        for exercise, texts in self.texts.items():
            for one, other, shared, of in _alike(texts, common):
                found.setdefault((one, other), []).append(Shared(exercise, shared, of))
        pairs = [
            Pair(one, other, sorted(shared, key=lambda each: (-each.shared, each.exercise)))
            for (one, other), shared in found.items()
        ]
        return sorted(pairs, key=lambda pair: (-pair.shared, pair.first, pair.second))


def _alike(texts: Sequence[_Text], common: int) -> Iterator[tuple[str, str, int, int]]:
    count = Counter(run for text in texts for run in text.own)
    rare = [frozenset(run for run in text.own if count[run] <= common) for text in texts]
    having: dict[int, list[int]] = {}
    for place, own in enumerate(rare):
        for run in own:
            having.setdefault(run, []).append(place)
    shared: Counter[tuple[int, int]] = Counter()
    for places in having.values():
        shared.update(combinations(places, 2))
    for (one, other), number in shared.items():
        of = min(len(texts[one].own), len(texts[other].own))
        if number >= LEAST and number >= HALF * of:
            first, second = sorted((texts[one].who, texts[other].who))
            yield first, second, number, of


def ordinary(exercise: Exercise, root: Path, pristine: str) -> frozenset[int]:
    """The runs that say nothing: of the stub, the solution and the known answers of an exercise.

    Args:
        exercise: which.
        root: the teacher's clone; what it lacks is left out.
        pristine: the stub.
    """
    paths = [exercise.solution(root), *sorted(exercise.answers(root).glob("*.py"))]
    texts = [pristine, *(path.read_text(encoding="utf-8") for path in paths if path.is_file())]
    return frozenset().union(*(runs_of(text) for text in texts))


def runs_of(text: str) -> frozenset[int]:
    """The runs of tokens of a text, as far as it can be read as Python."""
    tokens = list(_tokens(text))
    return frozenset(
        int.from_bytes(hashlib.blake2b("\0".join(tokens[at : at + RUN]).encode(), digest_size=8).digest(), "big")
        for at in range(len(tokens) - RUN + 1)
    )


def _tokens(text: str) -> Iterator[str]:
    # Other characters end the tokenizer of Python 3.12 and newer with errors of its own.
    readable = text.replace("\0", " ").encode("utf-8", "replace").decode()
    before = ""
    try:
        for token in tokenize.generate_tokens(io.StringIO(readable).readline):
            if token.type in _LEFT_OUT:
                continue
            if token.type in _SPACING:
                yield _SPACING[token.type]
            elif token.type == tokenize.STRING and token.string.lstrip("rbfuRBFU")[:3] in ('"""', "'''"):
                yield '"""'  # a docstring, mostly; its words are no code
            elif token.type == tokenize.NAME and before != "." and token.string not in _KNOWN:
                yield "name"
            else:
                yield token.string
            before = token.string
    except (tokenize.TokenError, SyntaxError, IndentationError):
        return
