"""Deterministic asyncio: event loops, threads and wall clock on virtual time. Knows nothing of exercises."""

from kata.virtualtime.clock import Clock, active_clock
from kata.virtualtime.deadlock import DeadlockError
from kata.virtualtime.loop import VirtualLoop
from kata.virtualtime.recorder import Recorder, RecordingMixin

__all__ = ["Clock", "DeadlockError", "Recorder", "RecordingMixin", "VirtualLoop", "active_clock"]
