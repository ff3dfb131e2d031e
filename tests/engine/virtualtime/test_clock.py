"""Whole nanoseconds: what a float means on the clock, and that it only moves forward."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kata.virtualtime import Clock, Scheduler, active_clock
from kata.virtualtime.clock import NEVER, to_ns


@pytest.mark.parametrize(
    ("seconds", "instant"),
    [
        (1, 10**9),
        (0.1, 10**8),
        (-2.5, -2_500_000_000),
        (1e-10, 0),
        (math.inf, NEVER),
        (-math.inf, -NEVER),
        (math.nan, 0),
    ],
)
def test_seconds_are_rounded_to_whole_nanoseconds(seconds: float, instant: int) -> None:
    assert to_ns(seconds) == instant


def test_a_sum_of_floats_and_its_decimal_value_are_one_instant() -> None:
    assert 0.1 + 0.7 != 0.8
    assert to_ns(0.1 + 0.7) == to_ns(0.8)


def test_time_never_runs_backwards() -> None:
    clock = Clock()
    clock.jump(5)
    clock.jump(3)
    assert clock.now_ns == 5


def test_elapsed_is_exact_however_late_the_clock_starts() -> None:
    clock = Clock(start=1.7e9)
    clock.jump(clock.deadline(clock.seconds + 0.1))
    assert clock.elapsed == 0.1


@given(st.integers(0, 10**7), st.sampled_from([0.0, 1.0, 12345.5, 1e6, 1.7e9]))
def test_a_deadline_in_milliseconds_is_met_exactly(milliseconds: int, start: float) -> None:
    clock = Clock(start=start)
    assert clock.deadline(clock.seconds + milliseconds / 1000) - clock.now_ns == milliseconds * 10**6


def test_the_wall_clock_starts_where_it_is_told_and_follows() -> None:
    clock = Clock(wall_ns=1_000)
    clock.jump(7)
    assert clock.wall_ns == 1_007


def test_the_active_clock_is_the_innermost() -> None:
    outer, inner = Scheduler(), Scheduler()
    with outer.active():
        with inner.active():
            assert active_clock() is inner.clock
        assert active_clock() is outer.clock
    assert active_clock() is None
