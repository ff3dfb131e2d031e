"""Why a clock must stand still: what the parties that wait for something beyond it wait for."""

from __future__ import annotations

import threading
from collections.abc import Collection, Sequence

from kata.virtualtime.party import FROM_OUTSIDE, STILL, Party, Waits

__all__ = ["holds", "may_be_called"]


def holds(party: Party, parties: Sequence[Party], silent: Collection[Party]) -> bool:
    """True while the clock must not move because of what ``party`` waits for.

    Args:
        party: one that waits.
        parties: all of its clock.
        silent: those to which no traffic is on its way any more.
    """
    if party.waits is Waits.CLOSING and any(other is not party and other.deadline is not None for other in parties):
        return False
    if party.waits is Waits.JOIN:
        return getattr(party.joining, "_job", None) not in parties
    return party.waits in STILL and party not in silent


def may_be_called(party: Party, parties: Sequence[Party], *, closed_world: bool) -> bool:
    """True when something beyond the clock could end this party's wait.

    Args:
        party: one that waits.
        parties: all of its clock.
        closed_world: whether nobody outside this process can do so.
    """
    if party.waits in FROM_OUTSIDE:
        return True
    # A loop in a thread, beside a main thread that lives in real time and may call it at any moment.
    main = threading.main_thread()
    main_id = getattr(main, "native_id", main.ident)
    return (
        party.loop is not None
        and not closed_world
        and main.is_alive()
        and all(other.native_id != main_id for other in parties)
    )
