"""Whoever shares a clock from another process."""

from __future__ import annotations

from typing import Protocol

__all__ = ["Partner"]


class Partner(Protocol):
    """Somebody who shares this clock from another process: time goes on only when both are at rest."""

    def may_jump(self, to: int, order: int) -> bool:
        """True when the clock may move without asking to a deadline at ``to``, in that place of the order."""

    def next_instant(self) -> int | None:
        """When something of the partner's happens next, as far as that is known."""

    def overdue(self) -> bool:
        """Asked in each turn of a loop: True when something must be told now, though somebody here still runs."""

    def may_act(self) -> bool:
        """True when something could come from there without anything being done here."""

    def exchange(self, deadline: int | None, order: int) -> int | None:
        """Everybody here rests until ``deadline``: tell the partner, and do what comes of it.

        The scheduler's mutex is held.

        Args:
            deadline: the instant at which somebody here goes on; None when nobody does.
            order: the place of that among all that happens then.

        Returns:
            The instant at which to go on; None when nothing can happen there either.
        """
