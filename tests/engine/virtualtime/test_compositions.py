"""Compositions of sleeps take as long, and end in the order, that arithmetic says."""

from __future__ import annotations

import asyncio
import itertools
import time
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from kata.virtualtime import Clock, VirtualLoop

delays = st.integers(0, 5000).map(lambda milliseconds: milliseconds / 1000)
trees = st.recursive(
    delays,
    lambda inner: (
        st.tuples(st.just("one after another"), st.lists(inner, max_size=4))
        | st.tuples(st.just("gather"), st.lists(inner, max_size=4))
        | st.tuples(st.just("group"), st.lists(inner, max_size=4))
        | st.tuples(st.just("timeout"), st.tuples(delays, inner))
        | st.tuples(st.just("thread"), delays)
    ),
    max_leaves=12,
)
starts = st.sampled_from([0.0, 0.1, 1e6, 1.7e9])


def _exactly(seconds: float) -> Fraction:
    return Fraction(round(seconds * 1000), 1000)


def expected(tree) -> Fraction:
    """Seconds that a composition takes, in exact arithmetic."""
    if isinstance(tree, float):
        return _exactly(tree)
    kind, parts = tree
    if kind == "thread":
        return _exactly(parts)
    if kind == "timeout":
        limit, inner = parts
        return min(_exactly(limit), expected(inner))
    lengths = [expected(part) for part in parts]
    return sum(lengths, Fraction(0)) if kind == "one after another" else max(lengths, default=Fraction(0))


async def perform(tree) -> None:
    """Carry a composition out."""
    if isinstance(tree, float):
        await asyncio.sleep(tree)
        return
    kind, parts = tree
    if kind == "thread":
        await asyncio.to_thread(time.sleep, parts)
    elif kind == "timeout":
        limit, inner = parts
        try:
            async with asyncio.timeout(limit):
                await perform(inner)
        except TimeoutError:
            pass
    elif kind == "gather":
        await asyncio.gather(*map(perform, parts))
    elif kind == "group":
        async with asyncio.TaskGroup() as group:
            for part in parts:
                group.create_task(perform(part))
    else:
        for part in parts:
            await perform(part)


@settings(max_examples=150, deadline=None)
@given(trees, starts)
def test_a_composition_takes_exactly_as_long_as_its_parts_say(tree, start) -> None:
    async def timed() -> float:
        await perform(tree)
        return loop.elapsed

    loop = VirtualLoop(Clock(start=start))
    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        elapsed = runner.run(timed())
    assert elapsed == float(expected(tree))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(st.integers(1, 20), min_size=1, max_size=4), min_size=1, max_size=8), starts)
def test_chains_of_sleeps_end_in_the_order_of_their_sums_and_twins_in_that_of_their_making(chains, start) -> None:
    ended = []

    async def chain(number: int, tenths: list[int]) -> None:
        for tenth in tenths:
            await asyncio.sleep(tenth / 10)
        ended.append(number)

    async def main() -> None:
        await asyncio.gather(*(chain(number, tenths) for number, tenths in enumerate(chains)))

    with asyncio.Runner(loop_factory=lambda: VirtualLoop(Clock(start=start))) as runner:
        runner.run(main())
    assert [sum(chains[number]) for number in ended] == sorted(map(sum, chains))
    for one, other in itertools.pairwise(ended):
        if chains[one] == chains[other]:
            assert one < other
