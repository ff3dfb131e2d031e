"""The world's side of a play, with a player that says what a test wants it to say."""

from __future__ import annotations

from kata.contract.messages import Finished, Go, Report
from kata.contract.request import Request
from kata.contract.run import Limit, Told
from kata.world.world import World


class Stopped:
    """A player that rests until second 10 and is stopped as it wakes, before it knows how late it is."""

    def hear(self) -> Report:
        return Report(0, 10 * 10**9, [])

    def ask(self, go: Go) -> Finished:
        return Finished(0, [], Told(limit=Limit("seconds", "5 real seconds")))


def test_a_limit_that_is_passed_as_the_player_wakes_is_told_as_that_limit() -> None:
    world = World(Request("", "answer.py", name="solve"), Stopped())
    world.play()
    assert world.whole().limit == Limit("seconds", "5 real seconds")
    assert world.clock.seconds == 10
