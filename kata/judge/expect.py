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
    "began_late",
    "called_once_each",
    "cancelled_at",
    "ends_as_cancelled",
    "error_leaves",
    "raises",
    "returns",
    "same_places",
    "still_open",
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
    """What was cancelled at a moment ended as cancelled.

    Args:
        name: what was cancelled, as the beginning of a sentence.
        moment: when, in virtual seconds since it was called.
        how: how it ended: "cancelled", or "returned" or "raised" with what came out.
        ended: when, in virtual seconds since it was called.

    Raises:
        AssertionError: it ended otherwise, or before anybody could cancel it.
    """
    assert how == "cancelled" or ended > moment, (
        f"{name} should be cancelled after {in_seconds(moment)}, and end as cancelled; it {how}, "
        f"after {in_seconds(ended)}"
    )
    assert how == "cancelled", (
        f"{name} was cancelled after {in_seconds(moment)} and should end as cancelled; it {how}, "
        f"after {in_seconds(ended)}"
    )


def error_leaves(run: Run, error: BaseException, name: str, who: str, calls: Iterable[Call]) -> None:
    """The error of a call leaves the function, just this one.

    Args:
        run: the play.
        error: the one.
        name: the function.
        who: the call that fails, as the beginning of a sentence.
        calls: that call; several, or none, if it was made several times, or not at all.

    Raises:
        AssertionError: it did not; the message says whether the call had failed by then.
    """
    if run.raised is not None and run.raised == error:
        return
    ended = f"raised {run.raised!r}" if run.raised is not None else "returned a value"
    failed = [call for call in calls if call.outcome == "raised" and call.end is not None and call.end <= run.elapsed]
    assert failed, f"{name} {ended} after {in_seconds(run.elapsed)}; {who} had not failed by then"
    assert run.raised == error, f"{who} failed with {error!r}, which should leave {name}; {name} {ended}"


def still_open(run: Run, service: str) -> list[Call]:
    """The calls that were under way when the played function ended, those that were cleaned up afterwards included."""
    left = {task.name for task in run.tasks if task.ended_by_cleanup}
    return [
        call
        for call in calls_of(run, service)
        if call.end is None or call.end > run.elapsed or (call.outcome == "cancelled" and call.task in left)
    ]


def began_late(run: Run, service: str) -> str:
    """Words on the calls that did not begin at once, for a message about what came of that; empty if all did.

    >>> from kata.contract.run import Call, Run
    >>> began_late(Run(calls={"ask": [Call("ask", [], 0.0), Call("ask", [], 2.0)]}), "ask")
    'only 1 of 2 calls of ask began at once; the next one began after 2 seconds'
    """
    calls = calls_of(run, service)
    late = [call.start for call in calls if call.start > 0]
    at_once = len(calls) - len(late)
    if not late:
        return ""
    first = in_seconds(min(late))
    return f"only {at_once} of {len(calls)} calls of {service} began at once; the next one began after {first}"


def same_places(result: Any, wanted: Sequence[Any], story: str) -> None:
    """A list holds what it should, place by place; said is the first place that does not.

    Args:
        result: the list.
        wanted: what it should hold.
        story: whose list it is, as the beginning of a sentence.

    Raises:
        AssertionError: it is no list, or has another length, or holds something else.
    """
    assert type(result) is list, f"{story} should be a list; it was {result!r}"
    text = ""
    if len(result) < len(wanted):
        text = f"{story} should hold {wanted[len(result)]!r} next; it ends there"
    elif len(result) > len(wanted):
        text = f"{story} holds {told(result[len(wanted) :], 2)}, which should not be there"
    for place, (got, right) in reversed([*enumerate(zip(result, wanted, strict=False))]):
        if got != right:
            missing = [item for item in wanted if item not in result]
            what = f"; {missing[0]!r} is missing in it" if missing else ""
            text = f"{story} should hold {right!r} at place {place}; there is {got!r}{what}"
    assert result == wanted, text
