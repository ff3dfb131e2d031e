"""The selector of a virtual loop: where the stock loop would wait, it asks its loop what to do instead."""

from __future__ import annotations

import selectors
from typing import Any

__all__ = ["Selector"]


# As it is without `socket_patches`, which let a thread wait for its turn here.
_select = getattr(selectors.DefaultSelector.select, "__wrapped__", selectors.DefaultSelector.select)


class Selector(selectors.DefaultSelector):
    """The system's selector, which hands over to the loop when there is nothing to do but wait."""

    loop: Any = None
    """The `VirtualLoop` that waits here."""

    def __init__(self) -> None:
        super().__init__()
        # On Linux one cheap system call tells that nothing happened, which is what most turns find.
        poller = getattr(self, "_selector", None)
        self._glance = poller.poll if hasattr(selectors, "EpollSelector") and poller is not None else None

    def select(self, timeout: float | None = None) -> Any:
        loop = self.loop
        if loop is None or loop.at_rest:
            return _select(self, timeout)
        waits = timeout is None or timeout > 0
        if not waits:
            if len(loop.scheduler.all) > 1:
                loop.let_others_go()
            partner = loop.scheduler.partner
            if partner is not None and partner.overdue():
                with loop.scheduler.mutex:
                    partner.exchange(loop.clock.now_ns, 0)
        if self._glance is None or self._glance(0, 1):
            events = _select(self, 0)
            if events or not waits:
                return events
        return loop.idle() if waits else ()

    def real_select(self, timeout: float | None) -> Any:
        """Wait in real seconds."""
        return _select(self, timeout)

    def ready(self) -> bool:
        """True when something has happened; asked by any thread."""
        return bool(self._glance(0, 1) if self._glance is not None else _select(self, 0))


Selector.__name__ = Selector.__qualname__ = selectors.DefaultSelector.__name__  # asyncio's log tells which one it uses
