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
from kata.contract.texts import shown
from kata.judge.clean import in_seconds

__all__ = [
    "all_seconds",
    "began_late",
    "called_once_each",
    "cancelled_at",
    "difference",
    "ends_as_cancelled",
    "ends_when_it_fails",
    "error_leaves",
    "in_a_group",
    "often",
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


def all_seconds(lengths: Iterable[float]) -> str:
    """Some virtual seconds in a list of words, none of them cut.

    >>> all_seconds([0.41, 200_000.83])
    '0.41 and 200,000.83 seconds'
    """
    *most, last = (in_seconds(length) for length in lengths)
    return f"{', '.join(text.split()[0] for text in most)} and {last.split()[0]} seconds" if most else last


def outcome(run: Run) -> str:
    """How a play ended, in words: ``returned 5``, ``raised ValueError('no')``."""
    return f"raised {run.raised!r}" if run.raised is not None else f"returned {shown(run.result, 150)}"


def difference(found: Any, wanted: Any) -> str:
    """The first thing in which two values differ, as the end of a sentence; nothing when they are equal.

    Args:
        found: what there is.
        wanted: what there should be.

    >>> difference(["a", "x"], ["a", "b"])
    "number 2 should be 'b'; it is 'x'"
    >>> difference({"a": 1}, {"a": 1, "b": 2})
    "'b' is missing from the dict"
    """
    if type(found) is not type(wanted):
        return f"there should be {shown(wanted, 80)}; there is {shown(found, 80)}"
    if isinstance(wanted, list | tuple):
        number = f"there should be {len(wanted)} values; there are {len(found)}" if len(found) != len(wanted) else ""
        for place, (mine, real) in enumerate(zip(found, wanted, strict=False)):
            nth = f"number {place + 1}" if place else "the first"
            if type(mine) is type(real) and mine != real and isinstance(real, list | dict):
                return f"in {nth}, {difference(mine, real)}"
            if type(mine) is not type(real) or mine != real:
                text = f"{nth} should be {shown(real, 80)}; it is {shown(mine, 80)}"
                return f"{text}. In all, {number}" if number else text
        return number
    if isinstance(wanted, dict):
        for key, real in wanted.items():
            if key not in found:
                return f"{shown(key, 80)} is missing from the dict"
            if type(found[key]) is not type(real) or found[key] != real:
                return f"{shown(key, 80)} should have {shown(real, 80)}; it has {shown(found[key], 80)}"
        more = next((key for key in found if key not in wanted), None)
        return "" if len(found) == len(wanted) else f"{shown(more, 80)} should not be in the dict"
    return "" if found == wanted else f"there should be {shown(wanted, 80)}; there is {shown(found, 80)}"


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
    text = f"{story} should be {shown(wanted)}, and not {shown(result)}"
    if len(text) > 200:
        text = f"{story}: {difference(result, wanted)}"
    assert type(result) is type(wanted) and result == wanted, text


def raises(run: Run, error: BaseException, story: str) -> None:
    """Just this error came out, of just this class.

    Args:
        run: the play.
        error: the one.
        story: what happened, as the beginning of a sentence: "the second page failed".
    """
    same = run.raised is not None and run.raised == error
    assert same, f"{story} with {error!r}, which should come out; it {outcome(run)}"


def takes(run: Run, wanted: float, story: str, in_a_row: float | None = None) -> None:
    """It took exactly so many virtual seconds, to the nanosecond: sums of floats may differ in their last bit.

    Args:
        run: the play.
        wanted: the virtual seconds that it should take.
        story: what was asked for, as the beginning of a sentence.
        in_a_row: the virtual seconds of all its parts one after another, where they should wait together.
    """
    exact = round(run.elapsed, 9) == round(wanted, 9)
    summed = in_a_row is not None and round(run.elapsed, 9) == round(in_a_row, 9)
    assert exact, f"{story} should take {in_seconds(wanted)}; it took {in_seconds(run.elapsed)}" + (
        ", which is the sum of all: they waited one after another" if summed else ""
    )


def together(run: Run, service: str, number: int) -> None:
    """So many calls were under way at once, and never more."""
    peak = int(run.peak.get(service, 0))
    assert peak == number, f"{number} calls of {service} should wait at the same time; there were {peak} at most"


def calls_of(run: Run, service: str) -> list[Call]:
    """The calls of a service, in the order in which they began."""
    return run.calls.get(service, [])


def called_once_each(run: Run, service: str, arguments: Sequence[Any], story: str = "") -> None:
    """Every argument was asked for as often as it stands there, and nothing else was.

    Args:
        run: the play.
        service: the name of what is called.
        arguments: what it should be called for.
        story: what else happened, as the beginning of a sentence, where that is worth saying.
    """
    begin = f"{story}; " if story else ""
    made = [call.args[0] if call.args else None for call in calls_of(run, service)]
    wanted, found = Counter(map(repr, arguments)), Counter(map(repr, made))
    missing, extra = wanted - found, found - wanted
    name = next(iter(missing or extra), "")
    never = [name for name in missing if not found[name]]
    assert not never, f"{begin}{service} was not called for {', '.join(never[:4])}"
    assert wanted[name] or not extra, f"{begin}{service} was called for {name}, which was not asked for"
    assert not missing and not extra, (
        f"{begin}{service} was called for {name} {often(found[name])}; {often(wanted[name])} would be right"
    )


def cancelled_at(run: Run, service: str, arguments: Iterable[Any], moment: float) -> None:
    """These calls were cancelled at this moment, and no other call was."""
    wanted = list(arguments)
    for call in calls_of(run, service):
        name = call.args[0] if call.args else None
        if name in wanted:
            ended = call.end if call.outcome == "cancelled" else None
            how = "not" if call.end is None else f"not: it {call.outcome} after {in_seconds(call.end)}"
            how = how if ended is None else f"cancelled after {in_seconds(ended)}"
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


def often(number: int) -> str:
    """How often, in words.

    >>> often(0), often(1), often(2), often(3)
    ('never', 'once', 'twice', '3 times')
    """
    return {0: "never", 1: "once", 2: "twice"}.get(number, f"{number} times")


def in_a_group(run: Run, errors: Sequence[BaseException], who: str) -> None:
    """These errors left in an exception group, and none beside them.

    Args:
        run: the play.
        errors: what should be in the group, at any depth.
        who: the function that they should leave.

    Raises:
        AssertionError: they did not.
        SubmissionFailed: something else stopped the function; its own traceback says most.

    >>> in_a_group(Run(elapsed=1.0), [ValueError("no")], "load_all")
    Traceback (most recent call last):
        ...
    AssertionError: ValueError('no') should leave load_all in an exception group; it returned None
    """
    failure = run.raised
    if failure is None:
        raise AssertionError(
            f"{told(errors)} should leave {who} in an exception group; it returned {shown(run.result, 100)}"
        )
    leaves = failure.leaves()
    if not any(leaf == error for leaf in leaves for error in errors):
        _ = run.result
    assert failure.is_a("BaseExceptionGroup"), (
        f"{failure!r} left {who} by itself; it should leave in an exception group, as errors leave a TaskGroup"
    )
    for error in errors:
        assert any(leaf == error for leaf in leaves), (
            f"the exception group that left {who} holds {told(leaves, 2)}; {error!r} should be in it too"
        )
    for leaf in leaves:
        assert any(leaf == error for error in errors), (
            f"the exception group that left {who} holds {leaf!r}; nothing but {told(errors, 2)} should be in it"
        )


def ends_when_it_fails(run: Run, service: str, argument: Any, moment: float, who: str) -> None:
    """The function ended at the moment at which this call failed.

    Args:
        run: the play.
        service: what was called.
        argument: for what; the call for it fails.
        moment: the virtual second at which it fails if it begins at once.
        who: the function that should end then.

    Raises:
        AssertionError: it did not; the message says whether the call began late, or the function ended late.

    >>> late = Call("get", ["a"], 0.0, end=1.0, outcome="raised")
    >>> ends_when_it_fails(Run(elapsed=5.0, calls={"get": [late]}), "get", "a", 1, "load")
    Traceback (most recent call last):
        ...
    AssertionError: the call of get for 'a' failed after 1 second, and load should end then; it ended after 5 seconds
    """
    if round(run.elapsed, 9) == round(moment, 9):
        return
    failed = [call for call in calls_of(run, service) if call.outcome == "raised" and call.args[:1] == [argument]]
    ended = in_seconds(run.elapsed)
    assert failed, f"{who} ended after {ended}; the call of {service} for {argument!r}, which fails, had not failed"
    assert failed[0].start == 0, (
        f"the call of {service} for {argument!r} should begin at once, together with the others; it began after "
        f"{in_seconds(failed[0].start)}"
    )
    raise AssertionError(
        f"the call of {service} for {argument!r} failed after {in_seconds(moment)}, and {who} should end then; "
        f"it ended after {ended}"
    )


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


def error_leaves(
    run: Run,
    error: BaseException,
    name: str,
    who: str,
    calls: Iterable[Call],
    *,
    earlier: Sequence[BaseException] = (),
    without: str = "",
) -> None:
    """The error of a call leaves the function, just this one.

    Args:
        run: the play.
        error: the one.
        name: the function.
        who: the call that fails, as the beginning of a sentence.
        calls: that call; several, or none, if it was made several times, or not at all.
        earlier: errors that did leave in plays before this one.
        without: what there is to say of the value that came in its place, as the end of a sentence.

    Raises:
        AssertionError: it did not; the message says whether the call had failed by then.
    """
    if run.raised is not None and run.raised == error:
        return
    ended = f"raised {run.raised!r}" if run.raised is not None else f"returned {shown(run.result, 60)}"
    others = without + (f". {earlier[-1]!r} did leave it before" if earlier else "")
    failed = [call for call in calls if call.outcome == "raised" and call.end is not None and call.end <= run.elapsed]
    assert failed, f"{name} {ended} after {in_seconds(run.elapsed)}; {who} had not failed by then"
    assert run.raised == error, f"{who} failed with {error!r}, which should leave {name}; {name} {ended}{others}"


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
            text = f"{story} should hold {right!r} as number {place + 1}; there is {got!r}{what}"
            if not place:
                text = f"{story} should begin with {right!r}; it begins with {got!r}{what}"
    assert result == wanted, text
