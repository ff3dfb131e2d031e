"""Plays programs on both loops and finds those that come out differently.

The stock loop runs in processes of its own, several at once, for it spends its time waiting. A busy machine makes it
late; a program that comes out differently is therefore played again, alone and more slowly, before that counts.
"""

from __future__ import annotations

import asyncio
import dataclasses
import gc
import multiprocessing
import random
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice

from tests.agreement.play import Told, play_stock, play_virtual
from tests.agreement.programs import Program, generate, shrink

UNIT = 0.012
"""The shortest unit on the stock loop, in real seconds."""

HANGING = 300.0
"""Real seconds after which a batch of programs counts as hanging."""

AGAIN = (0.03, 0.06, *[0.12] * 6)
"""Units with which a differing program is played again, alone, until it comes out the same.

Two timers that were set at one instant, but in two turns of the loop, fire in their order. Whether they fire in one
turn or in two is chance in real life, the more so where a thread was started in between: the stock loop comes out now
this way, now that. So it gets several tries.
"""

NO_TIME = 1000.0
"""The unit for programs that never wait for time: however late they are, it is not one unit."""

BATCH = 50
TIMED_BATCH = 4


@dataclasses.dataclass
class Tally:
    """What a comparison came to."""

    plain: int = 0
    timed: int = 0
    left_out: int = 0
    entries: int = 0
    stuck: int = 0
    late: int = 0
    """Programs that came out the same only when they were played again."""
    differences: list[Difference] = dataclasses.field(default_factory=list)

    def count(self, programs: Sequence[tuple[int, Program, Told]], left_out: int, timed: bool) -> None:
        """Count a batch."""
        size = len(programs) + left_out
        self.timed += size if timed else 0
        self.plain += 0 if timed else size
        self.left_out += left_out
        self.entries += sum(len(told.log) for *_, told in programs)
        self.stuck += sum(told.ended.startswith("stuck") for *_, told in programs)


@dataclasses.dataclass(frozen=True)
class Difference:
    """A program that the two loops play differently."""

    seed: int
    timed: bool
    program: Program
    virtual: Told
    stock: Told

    def __str__(self) -> str:
        """A script that shows the difference."""
        first = next((pair for pair in zip(self.virtual.log, self.stock.log, strict=False) if pair[0] != pair[1]), None)
        return (
            f"# Seed {self.seed}{', timed' if self.timed else ''}{', eager tasks' if self.program.eager else ''}.\n"
            f"# First difference: {first}\n"
            f"# VirtualLoop: {self.virtual.ended} after {self.virtual.elapsed} units.\n"
            f"# Stock loop: {self.stock.ended} after {self.stock.elapsed} units.\n"
            "# Save this as program.py and run: python -m tests.agreement.play program.py stock|virtual\n"
            f"{self.program.source}"
        )


def make(seed: int, *, timed: bool) -> Program:
    """The program of a seed."""
    return generate(random.Random(f"{seed}/{timed}"), timed=timed)


def play_batch(batch: Sequence[tuple[str, float, bool]]) -> list[Told]:
    """On the stock loop; for a process of its own."""
    _say_nothing()
    return [play_stock(*program) for program in batch]


def compare(seeds: Iterable[int], *, timed: bool, jobs: int, say: Callable[[str], None], tally: Tally) -> None:
    """Play the programs of ``seeds`` on both loops and add to ``tally``."""
    suspects: list[tuple[int, Program, Told]] = []
    spawn = multiprocessing.get_context("spawn")
    numbers, size = iter(seeds), TIMED_BATCH if timed else BATCH
    # VirtualLoop, too, gets a process of its own: where work waits for a pool of processes, time is real.
    with ProcessPoolExecutor(1, spawn) as ours, ProcessPoolExecutor(jobs, spawn) as stocks:
        unit = ours.submit(lateness_unit).result() if timed else NO_TIME
        deciding = [ours.submit(decide_batch, batch, timed) for batch in _batches(numbers, size, 2)]
        under_way: list[tuple[list[tuple[int, Program, Told]], Future[list[Told]]]] = []
        while deciding or under_way:
            if deciding:
                left_out, programs = deciding.pop(0).result(HANGING)
                deciding += [ours.submit(decide_batch, batch, timed) for batch in _batches(numbers, size, 1)]
                tally.count(programs, left_out, timed)
                plays = [(program.source, unit, program.eager) for _, program, _ in programs]
                under_way.append((programs, stocks.submit(play_batch, plays)))
            if under_way and (not deciding or len(under_way) > 2 * jobs):
                programs, future = under_way.pop(0)
                for (seed, program, virtual), stock in zip(programs, future.result(HANGING), strict=True):
                    if not same(virtual, stock):
                        suspects.append((seed, program, virtual))
            say(f"{tally.plain + tally.timed} programs, {len(suspects)} to be looked at again")
    hook = sys.unraisablehook
    try:
        with warnings.catch_warnings():
            _say_nothing()
            for seed, program, virtual in suspects:
                _look_again(seed, program, virtual, timed, tally)
    finally:
        sys.unraisablehook = hook


def _look_again(seed: int, program: Program, virtual: Told, timed: bool, tally: Tally) -> None:
    if differs(program, virtual, timed=timed) is None:
        tally.late += 1
        return
    tries = 200 if timed else 3000
    smallest = shrink(program, lambda candidate: differs(candidate, timed=timed) is not None, tries)
    virtual = play_virtual(smallest.source, smallest.eager)
    stock = differs(smallest, virtual, timed=timed) or virtual
    tally.differences.append(Difference(seed, timed, smallest, virtual, stock))


def _batches(seeds: Iterator[int], size: int, count: int) -> list[list[int]]:
    found = [list(islice(seeds, size)) for _ in range(count)]
    return [batch for batch in found if batch]


def lateness_unit() -> float:
    """A unit, in real seconds, that is long beside the lateness of this machine at the moment."""

    async def latest() -> float:
        loop, worst = asyncio.get_running_loop(), 0.0
        for _ in range(40):
            start = loop.time()
            await asyncio.sleep(0.005)
            worst = max(worst, loop.time() - start - 0.005)
        return worst

    with asyncio.Runner() as runner:
        return min(max(UNIT, 4 * runner.run(latest())), AGAIN[-1])


def _say_nothing() -> None:
    """The programs forget coroutines and lose errors by the thousand, and garbage is collected after each."""
    gc.freeze()
    sys.unraisablehook = lambda _: None
    warnings.simplefilter("ignore")


def decide_batch(seeds: Sequence[int], timed: bool) -> tuple[int, list[tuple[int, Program, Told]]]:
    """How many programs of ``seeds`` asyncio leaves undecided; the others, with what `VirtualLoop` makes of them."""
    _say_nothing()
    programs = [(seed, make(seed, timed=timed)) for seed in seeds]
    told = [(seed, program, play_virtual(program.source, program.eager)) for seed, program in programs]
    decided = [entry for entry in told if not entry[2].doubtful]
    return len(told) - len(decided), decided


def same(virtual: Told, stock: Told) -> bool:
    """True for the same order and the same end, at the same times.

    Each real sleep ends a little late, and so a real program falls behind, the more the longer it lasts.
    """
    steps = [(name, step) for name, step, _ in virtual.log] == [(name, step) for name, step, _ in stock.log]
    times = [(at, late) for (*_, at), (*_, late) in zip(virtual.log, stock.log, strict=False)]
    times.append((virtual.elapsed, stock.elapsed))
    return steps and virtual.ended == stock.ended and all(at <= late <= at + 1 + at // 8 for at, late in times)


def differs(program: Program, virtual: Told | None = None, *, timed: bool) -> Told | None:
    """What the stock loop makes of a program if that differs from `VirtualLoop`'s each time; else None."""
    virtual = virtual or play_virtual(program.source, program.eager)
    if virtual.doubtful:
        return None
    stock = virtual
    for unit in AGAIN if timed else (NO_TIME,):
        stock = play_stock(program.source, unit, program.eager)
        if same(virtual, stock):
            return None
    return stock


def seeds(first: int, count: int) -> Iterator[int]:
    """``count`` seeds from ``first`` on."""
    return iter(range(first, first + count))
