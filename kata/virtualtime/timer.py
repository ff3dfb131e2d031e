"""A timer of a `VirtualLoop`."""

from __future__ import annotations

import asyncio
from typing import Any

__all__ = ["VirtualTimer"]


class VirtualTimer(asyncio.TimerHandle):
    """A timer that fires in the order (instant, time of scheduling): a heap alone would shuffle equal deadlines."""

    __slots__ = ("note", "ns", "order")

    ns: int
    order: int
    note: Any
    """What an instrument keeps of it."""

    def __lt__(self, other: VirtualTimer) -> bool:  # type: ignore[override]
        return self.ns < other.ns or (self.ns == other.ns and self.order < other.order)


for _name in ("__module__", "__name__", "__qualname__"):  # as which a program sees it
    setattr(VirtualTimer, _name, getattr(asyncio.TimerHandle, _name))
