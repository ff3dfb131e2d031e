"""One play, between a world and a played process: who says what to whom, and what is left when one of them is gone."""

from __future__ import annotations

from typing import Protocol

import msgspec

from kata.contract import messages
from kata.contract.messages import Broken, Finished, Go, Play, Report
from kata.contract.request import Answer, Request
from kata.contract.run import Run, encode
from kata.world.world import PlayerBroken, PlayerGone, World

__all__ = ["play"]


class Played(Protocol):
    """A played process that waits for a request."""

    limit: str
    """The limit that it passed; empty while it passed none."""

    def tell(self, data: bytes) -> None:
        """Send a message."""

    def hear(self) -> bytes | None:
        """The next message; None when it has ended, or must be: then `limit` says why."""

    def end(self) -> int | None:
        """End it, if it has not ended; gives its exit code, minus a signal's number."""


class _Wire:
    """A world's way to a played process."""

    def __init__(self, child: Played) -> None:
        self.child = child

    def ask(self, go: Go) -> Report | Finished | Broken:
        """Send this, and give what comes back.

        Raises:
            PlayerGone: nothing comes, or nothing that can be read.
        """
        self.child.tell(messages.write(go))
        return self.hear()

    def hear(self) -> Report | Finished | Broken:
        """What comes next."""
        data = self.child.hear()
        if data is None:
            raise PlayerGone("")
        try:
            report: Report | Finished | Broken = messages.read_report(data)
        except (msgspec.MsgspecError, ValueError, RecursionError) as error:
            raise PlayerGone("unreadable") from error
        return report


def play(request: Request, child: Played) -> Answer:
    """Play one request.

    Args:
        request: what to play.
        child: a played process that waits for it.
    """
    wire = _Wire(child)
    alone = request.action in ("script", "within") or request.clock == "real"
    try:
        if alone:
            child.tell(messages.write(Play(request, True)))
            run, again = _alone(wire)
        else:
            run, again = _in_the_world(request, wire)
    except PlayerBroken:  # whoever says so has loaded a submission, and may be that
        child.end()
        return Answer(messages.UNREADABLE)
    except PlayerGone as error:
        code = child.end()
        return Answer(
            messages.UNREADABLE if str(error) else b"",
            exit_code=code if code is not None and code >= 0 else None,
            signal=-code if code is not None and code < 0 else None,
            limit=child.limit,  # type: ignore[arg-type]
        )
    return Answer(encode(run), exit_code=0, again=again)


def _alone(wire: _Wire) -> tuple[Run, bool]:
    answer = wire.hear()
    if isinstance(answer, Broken):
        raise PlayerBroken(answer.trace)
    if not isinstance(answer, Finished) or answer.alone is None:
        raise PlayerGone("unreadable")
    return answer.alone, answer.again


def _in_the_world(request: Request, wire: _Wire) -> tuple[Run, bool]:
    world = World(request, wire)
    wire.child.tell(messages.write(Play(world.for_the_player())))
    world.play()
    return world.whole(), world.again
