"""What a program prints of a stack or a traceback has no frame of ours in it."""

from __future__ import annotations

import asyncio
import sys
import traceback
from functools import partial

import pytest

from kata.virtualtime import Instrument, InstrumentedLoop, own_frames, time_patches
from kata.virtualtime.clock import to_ns

time_patches.install()


def error_of(call) -> BaseException:
    try:
        call()
    except Exception as error:
        return error
    raise AssertionError("it raised nothing")


def files(error: BaseException) -> list[str]:
    place, found = error.__traceback__, []
    while place is not None:
        found.append(place.tb_frame.f_code.co_filename)
        place = place.tb_next
    return found


def test_our_frames_are_cut_out_of_a_traceback() -> None:
    import time

    error = error_of(lambda: time.sleep(-1))
    assert any(map(own_frames.is_own, files(error)))
    error.__traceback__ = own_frames.without(error.__traceback__)
    assert files(error) == [__file__, __file__]


def test_an_error_of_our_own_keeps_its_frames() -> None:
    place = error_of(lambda: to_ns(None)).__traceback__  # type: ignore[arg-type]
    assert place is not None and place.tb_next is not None
    assert own_frames.without(place.tb_next.tb_next) is place.tb_next.tb_next


def test_the_end_of_a_noted_stack_is_forgotten_as_far_as_it_is_ours() -> None:
    names = [__file__, own_frames.__file__, __file__, own_frames.__file__, own_frames.__file__]
    stack = [traceback.FrameSummary(name, 1, "function", lookup_line=False, line="") for name in names]
    own_frames.forget(stack)
    assert [frame.filename for frame in stack] == names[:3]


def test_a_stack_begins_where_the_program_does() -> None:
    def bottom() -> list:
        return inside()

    def inside() -> list:
        return [sys._getframe(2), sys._getframe(1), sys._getframe()]

    frames = bottom()
    before, own_frames._bottom = own_frames._bottom, bottom.__code__
    try:
        assert [frame.f_code.co_name for frame in own_frames.within(frames)] == ["inside"]
    finally:
        own_frames._bottom = before


@pytest.mark.parametrize("wrong", ["soon", None, [], b"1"])
def test_a_timer_is_refused_in_asyncios_own_words(wrong) -> None:
    ours, stock = InstrumentedLoop(Instrument()), asyncio.SelectorEventLoop()
    try:
        refused, wanted = (error_of(partial(loop.call_later, wrong, print)) for loop in (ours, stock))
        assert (type(refused), str(refused)) == (type(wanted), str(wanted))
    finally:
        ours.close()
        stock.close()


def test_a_timer_takes_any_number(play) -> None:
    from fractions import Fraction

    async def main() -> list[float]:
        loop = asyncio.get_running_loop()
        moments: list[float] = []
        loop.call_later(Fraction(1, 2), lambda: moments.append(loop.time()))
        loop.call_at(loop.time() + True, lambda: moments.append(loop.time()))
        await asyncio.sleep(2)
        return moments

    assert play(main()) == [0.5, 1]


@pytest.mark.skipif(sys.version_info >= (3, 13), reason="there asyncio itself comes to harm by it")
def test_a_loop_that_runs_goes_on_when_it_is_started_again(play) -> None:
    async def main() -> float:
        loop = asyncio.get_running_loop()
        with pytest.raises(RuntimeError, match="already running"):
            loop.run_forever()
        await asyncio.to_thread(int)
        await asyncio.sleep(1)
        return loop.time()

    assert play(main()) == 1
