"""Inputs that are nasty by construction: what hidden tests draw, so that a mistake has no input to hide behind.

Each draw holds the nasty cases always; only their places and the rest are left to luck. What a task's text excludes,
its test leaves out by name, where everybody sees it.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

__all__ = ["DAYS", "HOUR", "errors", "keys", "moments", "seconds", "sizes", "texts", "values"]

HOUR = 3_600.37
"""Somewhat more than an hour: whoever has a hidden limit of one gives up."""

DAYS = 200_000.83
"""More than two days. Virtual time is free."""

_ODD = [0.07, 0.41, 0.93, 1.37, 2.59, 4.13, 6.71, 11.03, 17.9, 29.3, 47.1, 76.7]
"""Neither seconds nor quarters nor tenths, and no two of them add up to a third."""


def seconds(rng: random.Random, number: int, *, longest: float = DAYS, nothing: bool = False) -> list[float]:
    """Durations in no order, no two alike and none of them round; the last moment of all comes after ``longest``.

    Args:
        rng: decides which, and in which places.
        number: how many.
        longest: one of them lasts so many virtual seconds. 0 leaves it out: then all are short.
        nothing: whether one of them is 0.

    >>> found = seconds(random.Random(1), 5)
    >>> len(set(found)), max(found) == DAYS
    (5, True)
    """
    special = [*([longest] if longest else []), *([0.0] if nothing else [])][:number]
    rest = number - len(special)
    found = [*special, *rng.sample(_ODD, min(rest, len(_ODD)))]
    while len(found) < number:
        found.append(round(rng.randint(80, 900) + 0.001 * len(found), 3))
    rng.shuffle(found)
    return found


def sizes(rng: random.Random, *, most: int = 200, none: bool = True) -> list[int]:
    """Numbers of things: none, one, two, some, and so many that nobody can do with a bound on them.

    >>> sizes(random.Random(1))[:3], sizes(random.Random(1))[-1]
    ([0, 1, 2], 200)
    """
    return [*([0] if none else []), 1, 2, rng.randint(3, 9), most]


def keys(rng: random.Random, words: Sequence[str], number: int) -> list[str]:
    """Different texts to work on, in no order that anything could sort them into.

    Args:
        rng: draws them.
        words: what they are about; numbers are added where these are not enough.
        number: how many.
    """
    found = rng.sample(list(words), min(number, len(words)))
    found += [f"{rng.choice(words)} {place}" for place in rng.sample(range(1_000), number - len(found))]
    rng.shuffle(found)
    if number > 2 and found in (sorted(found), sorted(found, reverse=True)):
        found[0], found[1] = found[1], found[0]
    return found


def texts(rng: random.Random, number: int) -> list[str]:
    """Results that are texts: among them an empty one, and two that are equal."""
    found = [f"{rng.choice(['page', 'item', 'note'])} {rng.random():.6f}" for _ in range(number)]
    if number > 1:
        found[0] = ""
    if number > 3:
        found[1] = found[2]
    rng.shuffle(found)
    return found


def values(rng: random.Random, number: int, *, hashable: bool = False) -> list[Any]:
    """Results of any kind: falsy, equal to one another, and such that nothing can sort them or keep them in a set.

    Args:
        rng: decides the places.
        number: how many. With fewer than eight, some kinds are left to luck.
        hashable: whether all can be keys of a dict.
    """
    special: list[Any] = [None, 0, False, "", (), 0.0, "0", -1]
    if not hashable:
        special += [[], {}, [0], {"": None}]
    found = rng.sample(special, min(number, len(special)))
    found += [f"value {rng.random():.6f}" for _ in range(number - len(found))]
    rng.shuffle(found)
    return found


def errors(rng: random.Random, number: int, *, text: str = "no answer") -> list[Exception]:
    """Errors of different families, no two alike: a time-out that a service raises by itself is always among them.

    Args:
        rng: decides which, and in which places.
        number: how many.
        text: what they say, each with a number behind it.
    """
    kinds: list[Any] = [ValueError, LookupError, ConnectionResetError, PermissionError, ArithmeticError]
    kinds += [RuntimeError, KeyError, EOFError, AttributeError, NotImplementedError]
    chosen: list[type[Exception]] = [TimeoutError, *rng.sample(kinds, len(kinds))]
    found = [chosen[place % len(chosen)](f"{text} {rng.randint(100, 999)}{place}") for place in range(number)]
    rng.shuffle(found)
    return found


def moments(rng: random.Random, lasts: float) -> list[float]:
    """When somebody is cancelled: before anything could begin, in the middle, and shortly before the end.

    Args:
        rng: decides the one in the middle.
        lasts: virtual seconds until the end.
    """
    return [0.0, round(lasts * rng.uniform(0.3, 0.6), 3), round(lasts * 0.99, 3)]
