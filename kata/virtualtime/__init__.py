"""Deterministic asyncio: event loops, threads and wall clock on virtual time. Knows nothing of exercises.

`VirtualLoop` is what most need: ``asyncio.Runner(loop_factory=VirtualLoop)``. An `Instrument` is told what tasks do.
"""

from kata.virtualtime.active import active_clock
from kata.virtualtime.clock import Clock
from kata.virtualtime.deadlock import DeadlockError
from kata.virtualtime.instrument import Instrument, InstrumentedLoop, InstrumentedMixin
from kata.virtualtime.loop import VirtualLoop
from kata.virtualtime.recorder import Recorder
from kata.virtualtime.scheduler import Scheduler
from kata.virtualtime.turns import TurnRecorder

__all__ = [
    "Clock",
    "DeadlockError",
    "Instrument",
    "InstrumentedLoop",
    "InstrumentedMixin",
    "Recorder",
    "Scheduler",
    "TurnRecorder",
    "VirtualLoop",
    "active_clock",
]
