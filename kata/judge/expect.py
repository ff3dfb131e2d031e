"""What hidden tests say again and again, in words. Each states what the recording shows, and nothing else.

>>> from kata.contract.run import Run
>>> takes(Run(elapsed=2.0), 1, "two pages together")
Traceback (most recent call last):
    ...
AssertionError: two pages together should take 1 second; it took 2 seconds
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from kata.contract.run import Call, Run
from kata.judge.clean import in_seconds

__all__ = [
    "called_once_each",
    "cancelled_at",
    "ends_as_cancelled",
    "raises",
    "returns",
    "stopped_and_waited_for",
    "takes",
    "together",
    "told",
]


def told(items: Iterable[Any], most: int = 4) -> str:
    """Some things in a list of words: ``'a', 'b' and 3 more``."""
    shown = [repr(item) for item in items]
    more = len(shown) - most
    return ", ".join(shown) if more <= 0 else f"{', '.join(shown[:most])} and {more} more"


def outcome(run: Run) -> str:
    """How a play ended, in words: ``returned 5``, ``raised ValueError('no')``."""
    return f"raised {run.raised!r}" if run.raised is not None else f"returned {run.result!r}"


def returns(run: Run, wanted: Any, story: str) -> None:
    """The function returned this, of just this type.

    Args:
        run: the play.
        wanted: what it should return.
        story: what was asked for, as the beginning of a sentence: "the pages of 3 addresses".

    Raises:
        AssertionError: it did not.
        SubmissionFailed: it raised, or was stopped.
    """
    result = run.result
    assert type(result) is type(wanted) and result == wanted, f"{story} should be {wanted!r}; it was {result!r}"


def raises(run: Run, error: BaseException, story: str) -> None:
    """Just this error came out, of just this class.

    Args:
        run: the play.
        error: the one.
        story: what happened, as the beginning of a sentence: "the second page failed".
    """
    same = run.raised is not None and run.raised == error
    assert same, f"{story} with {error!r}, which should come out; it {outcome(run)}"


def takes(run: Run, wanted: float, story: str) -> None:
    """It took exactly so many virtual seconds, to the nanosecond: sums of floats may differ in their last bit."""
    exact = round(run.elapsed, 9) == round(wanted, 9)
    assert exact, f"{story} should take {in_seconds(wanted)}; it took {in_seconds(run.elapsed)}"


def together(run: Run, service: str, number: int) -> None:
    """So many calls were under way at once, and never more."""
    peak = int(run.peak.get(service, 0))
    assert peak == number, f"{number} calls of {service} should wait at the same time; there were {peak} at most"


def calls_of(run: Run, service: str) -> list[Call]:
    """The calls of a service, in the order in which they began."""
    return run.calls.get(service, [])


def called_once_each(run: Run, service: str, arguments: Sequence[Any]) -> None:
    """Every argument was asked for as often as it stands there, and nothing else was."""
    made = [call.args[0] if call.args else None for call in calls_of(run, service)]
    wanted, found = Counter(map(repr, arguments)), Counter(map(repr, made))
    missing, extra = wanted - found, found - wanted
    assert not missing, f"{service} was not called for {', '.join(list(missing)[:4])}"
    name = next(iter(extra), "")
    assert not extra, f"{service} was called for {name} {found[name]} times; {wanted[name]} would be right"


def cancelled_at(run: Run, service: str, arguments: Iterable[Any], moment: float) -> None:
    """These calls were cancelled at this moment, and no other call was."""
    wanted = list(arguments)
    for call in calls_of(run, service):
        name = call.args[0] if call.args else None
        if name in wanted:
            ended = call.end if call.outcome == "cancelled" else None
            how = "not" if ended is None else f"cancelled after {in_seconds(ended)}"
            assert ended == moment, (
                f"the call for {name!r} should be cancelled after {in_seconds(moment)}; it was {how}"
            )
        else:
            assert call.outcome != "cancelled", f"the call for {name!r} should not be cancelled; it was"


def stopped_and_waited_for(run: Run, service: str) -> None:
    """When the function ended, no call was under way."""
    late = [call for call in calls_of(run, service) if call.end is None or call.end > run.elapsed]
    names = told(call.args[0] if call.args else None for call in late)
    assert not late, f"when it ended, after {in_seconds(run.elapsed)}, {service} was still under way for {names}"


def ends_as_cancelled(name: str, moment: float, how: str, ended: float) -> None:
    """What was cancelled at a moment ended just then, as cancelled.

    Args:
        name: what was cancelled, as the beginning of a sentence.
        moment: when, in virtual seconds since it was called.
        how: how it ended: "cancelled", "returned", or "raised" with the name of an error.
        ended: when, in virtual seconds since it was called.

    Raises:
        AssertionError: it ended otherwise, or before anybody could cancel it, or later.
    """
    cancelled = f"{name} was cancelled after {in_seconds(moment)}"
    assert how == "cancelled" or ended >= moment, (
        f"{name} should be cancelled after {in_seconds(moment)}; it had {how} before, after {in_seconds(ended)}"
    )
    assert how == "cancelled", f"{cancelled} and should end as cancelled; it {how}, after {in_seconds(ended)}"
    assert ended == moment, f"{cancelled} and should end then; it ended after {in_seconds(ended)}"
