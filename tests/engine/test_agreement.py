"""Virtual time tells the truth: random programs do the same on `VirtualLoop` as on the stock loop."""

from __future__ import annotations

import random

import pytest

from tests.agreement.compare import Tally, compare, differs, same
from tests.agreement.play import play_stock, play_virtual
from tests.agreement.programs import Program, Statement, generate, shrink, smaller


@pytest.mark.timeout(300)
@pytest.mark.parametrize(("timed", "programs", "jobs"), [(False, 170, 1), (True, 30, 6)], ids=["order", "timers"])
def test_random_programs_do_the_same_on_both_loops(timed, programs, jobs) -> None:
    tally = Tally()
    compare(range(programs), timed=timed, jobs=jobs, say=lambda line: None, tally=tally)
    assert not tally.differences, "\n\n".join(map(str, tally.differences))
    assert tally.left_out < programs / 2
    assert tally.entries > programs


def test_a_seed_gives_the_same_program_each_time() -> None:
    assert generate(random.Random(7), timed=True) == generate(random.Random(7), timed=True)


def test_a_deadlock_is_one_on_both_loops() -> None:
    program = Program(((Statement("spawn", 1, (0, 1)), Statement("future", 2, (0,))), (Statement("future", 3, (0,)),)))
    told = play_virtual(program.source)
    assert told.ended.startswith("stuck: w0.1a")
    assert same(told, play_stock(program.source, 1000.0))


def test_timers_of_different_birth_that_fall_together_are_left_out() -> None:
    twice = (Statement("sleep", 1, (0,)), Statement("sleep", 2, (0,)))
    program = Program(((Statement("spawn", 3, (0, 1)), Statement("sleep", 4, (1,))), twice))
    assert play_virtual(program.source).doubtful


def test_twins_are_not_left_out() -> None:
    program = Program(((Statement("gather", 1, (0, 1, 1, 1)),), (Statement("sleep", 2, (0,)),)))
    told = play_virtual(program.source)
    assert not told.doubtful
    assert [name for name, step, _ in told.log if step == "2"] == ["w0.1a", "w0.1b", "w0.1c"]
    assert differs(program, timed=True) is None


def test_a_failing_program_is_made_small() -> None:
    program = generate(random.Random(3), timed=False)
    program = Program((*program.functions, (Statement("attempt", 999, (1,), ((Statement("fail", 1000, (0,)),),)),)))

    def fails(candidate: Program) -> bool:
        return "raise ValueError(1000)" in candidate.source

    smallest = shrink(program, fails)
    assert [statement for body in smallest.functions for statement in body] == [Statement("fail", 1000, (0,))]
    assert not any(fails(candidate) for candidate in smaller(smallest))
