"""The signs of a timeline, each of its own shape, so that nothing is lost without colour."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["ASCII", "MEANING", "STYLE", "UNICODE", "Signs", "signs_for"]


@dataclass(frozen=True)
class Signs:
    """One column each, but ``more`` and ``times``."""

    runs: str = "●"
    waits: str = "─"
    ready: str = "·"
    blocks: str = "█"
    woken: str = "↯"
    finished: str = "✓"
    failed: str = "✗"
    cancelled: str = "⊘"
    alive: str = "▸"
    set: str = "◇"
    due: str = "◆"
    fold: str = "≈"
    moment: str = "╌"
    unknown: str = "┈"
    parting: str = "▼"
    times: str = "×"
    more: str = "…"


UNICODE = Signs()
ASCII = Signs("o", "-", ".", "#", "c", "+", "!", "x", ">", "s", "*", "~", "=", "?", "v", "x", "~")

MEANING = {
    "runs": "runs",
    "waits": "waits",
    "ready": "ready, but not let run",
    "blocks": "blocks everybody",
    "woken": "woken by cancel()",
    "finished": "finished",
    "failed": "failed",
    "cancelled": "cancelled",
    "alive": "not finished at the end",
    "set": "timer is set",
    "due": "timer fires",
    "moment": "steps at one moment",
    "fold": "long time, cut short",
    "unknown": "too many steps to record",
}
"""What the legend says of each sign, in its order."""

STYLE = {
    "runs": "bold",
    "waits": "dim",
    "ready": "yellow",
    "blocks": "red",
    "woken": "magenta",
    "finished": "green",
    "failed": "bold red",
    "cancelled": "magenta",
    "alive": "bold yellow",
    "set": "cyan",
    "due": "bold cyan",
    "moment": "dim",
    "fold": "dim",
    "unknown": "dim",
    "parting": "cyan",
    "label": "",
    "name": "",
    "aside": "dim",
}
"""Colours of the terminal's own palette, which fit its background, light or dark."""


def signs_for(encoding: str) -> Signs:
    """The signs that a stream of this encoding can carry."""
    try:
        "".join(vars(UNICODE).values()).encode(encoding)
    except (LookupError, UnicodeError):
        return ASCII
    return UNICODE
