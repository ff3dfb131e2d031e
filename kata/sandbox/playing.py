"""One play, between a world and a played process: who says what to whom, and what is left when one of them is gone."""

from __future__ import annotations

import traceback
from time import monotonic
from typing import Protocol

from kata.contract import messages
from kata.contract.messages import Broken, Finished, Go, Play, Report
from kata.contract.recording import encode
from kata.contract.request import Answer, Request
from kata.contract.run import Run
from kata.contract.texts import message_of
from kata.contract.values import PlainValueError
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


AT_ONCE = 5.0
"""Real seconds beyond a play's own after which nothing that it says is read."""

MESSAGES = 4
"""What all messages of a play may have together, in largest ones."""


class _Wire:
    """A world's way to a played process. Its patience and its room are bounded, whatever is said and how fast."""

    def __init__(self, request: Request, child: Played) -> None:
        self.child = child
        self._room = MESSAGES * request.limits.answer
        self._until = monotonic() + request.limits.seconds + AT_ONCE

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
        self._room -= len(data)
        if self._room < 0 or monotonic() > self._until:
            self.child.limit = self.child.limit or ("answer" if self._room < 0 else "seconds")
            raise PlayerGone("")
        try:
            return messages.read_report(data)
        except PlainValueError as error:
            raise PlayerGone(str(error)) from error


def play(request: Request, child: Played) -> Answer:
    """Play one request. Whatever goes wrong costs this play, and nothing else.

    Args:
        request: what to play.
        child: a played process that waits for it.
    """
    try:
        run, again = _play(request, child)
        return Answer(encode(run), exit_code=0, again=again)
    except PlayerBroken as error:
        return Answer(broken=str(error) or "it does not say why")
    except PlayerGone as error:
        code = child.end()
        return Answer(
            why=str(error),
            exit_code=code if code is not None and code >= 0 else None,
            signal=-code if code is not None and code < 0 else None,
            limit=child.limit,  # type: ignore[arg-type]
        )
    except Exception as error:
        child.end()
        where = traceback.extract_tb(error.__traceback__)[-1]
        told = f"{type(error).__name__}: {message_of(error)}"[:500]
        return Answer(fault=f"{told} ({where.name}, line {where.lineno})")


def _play(request: Request, child: Played) -> tuple[Run, bool]:
    wire = _Wire(request, child)
    if request.action in ("script", "within") or request.clock == "real":
        child.tell(messages.write(Play(request, True)))
        return _alone(wire)
    return _in_the_world(request, wire)


def _alone(wire: _Wire) -> tuple[Run, bool]:
    answer = wire.hear()
    if isinstance(answer, Broken):
        raise PlayerBroken(answer.trace)
    if not isinstance(answer, Finished) or answer.alone is None:
        raise PlayerGone("it does not say how the play ended")
    return answer.alone, answer.again


def _in_the_world(request: Request, wire: _Wire) -> tuple[Run, bool]:
    world = World(request, wire)
    wire.child.tell(messages.write(Play(world.for_the_player())))
    world.play()
    return world.whole(), world.again
