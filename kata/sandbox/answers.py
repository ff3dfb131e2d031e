"""What came of a play, from the sandbox's answer: its recording, or one that says why there is none."""

from __future__ import annotations

import msgspec

from kata.contract.recording import decode
from kata.contract.request import Answer, Request
from kata.contract.run import Limit, Run
from kata.contract.texts import message_of
from kata.sandbox import bounds

__all__ = ["SandboxError", "believe", "harmless", "to_run"]


class SandboxError(RuntimeError):
    """The sandbox itself does not work: a fault of the grader or the machine, not of the submission."""


def harmless(request: Request) -> Request:
    """A play that cannot fail, if plays do not fail whatever is played."""
    return Request("def solve(): pass", request.file, name="solve", is_async=False, limits=request.limits)


def believe(broken: str) -> None:
    """A play of something harmless ended so.

    Raises:
        SandboxError: it failed, so it is the player that fails, not what was played before.
    """
    if broken:
        raise SandboxError("the player failed: " + broken)


def to_run(answer: Answer, request: Request) -> Run:
    """The recording in an answer, or one that says why there is none."""
    run = _read(answer, request)
    run.cost = answer.cost
    run.clock = request.clock
    if not request.detail:  # a player that tells of turns unasked is none of ours
        run.turns = []
    return run


def _read(answer: Answer, request: Request) -> Run:
    limits = request.limits
    if answer.limit == "seconds":
        return _stopped("seconds", f"{limits.seconds:g} real second{'' if limits.seconds == 1 else 's'}")
    if answer.limit == "processes":
        return _stopped("processes", f"{limits.processes} processes")
    if answer.limit == "memory":
        return _stopped("memory", f"{bounds.MEMORY >> 20} MiB of memory for all its processes together")
    if answer.limit == "disk":
        return _stopped("disk", f"{bounds.DISK >> 20} MiB for all its files together")
    if answer.limit == "answer" or len(answer.recording) > limits.answer:
        return _stopped("answer", f"{limits.answer >> 20} MiB for the recording of what happened")
    if answer.fault:
        return _stopped("fault", f"the world of this play failed: {answer.fault}")
    if answer.broken:
        last = (answer.broken.strip().splitlines() or ["?"])[-1][:300]
        return _stopped("fault", f"the player could not play this: {last}")
    if answer.why:
        return _stopped("unreadable", f"what the played process said cannot be read: {answer.why[:300]}")
    if not answer.recording:
        if answer.signal is not None:
            return _stopped("exited", f"the process was ended by signal {answer.signal}")
        return _stopped("exited", f"the process ended by itself with code {answer.exit_code}, as os._exit() does")
    try:
        return decode(answer.recording)
    except (msgspec.MsgspecError, ValueError, RecursionError, MemoryError) as error:
        told = f"{type(error).__name__}: {message_of(error, 200)}"
        return _stopped("unreadable", f"the recording of what happened cannot be read: {told}")


def _stopped(kind: str, message: str) -> Run:
    return Run(limit=Limit(kind, message))  # type: ignore[arg-type]
