"""The keys of the watch screen."""

from __future__ import annotations

from textual.binding import Binding

__all__ = ["KEYS", "bindings", "explained"]

KEYS = (
    ("h", "hint", "hint", "a hint; again, the next one, which says more"),
    ("t", "task", "task", "the task, and back to the verdict"),
    ("a", "all", "all", "every reason in full, and back"),
    ("e", "edit", "edit", "open the file in your editor"),
    ("l", "list", "list", "the exercises; type to search, Enter chooses"),
    ("n", "next", "next", "go on to the next exercise"),
    ("s", "solution", "solution", "a good answer, once you passed"),
    ("p", "replay", "replay", "step through the play, in the browser"),
    ("r", "reset", "reset", "put the file back to how it came; asks first"),
    ("d", "dark", "light, dark", "light or dark"),
    ("question_mark", "keys", "keys", "these keys"),
    ("q", "leave(0)", "quit", "quit"),
)
"""Key, action, word in the last line, and what it does."""

IN_THE_FOOTER = ("hint", "task", "edit", "list", "next", "keys", "leave(0)")
"""Actions that the last line names, for want of room on a narrow screen; `?` names them all."""


def bindings() -> list[Binding]:
    """What the keys do, for the screen."""
    known = [
        Binding(key, action, word, show=action in IN_THE_FOOTER, key_display=_shown(key))
        for key, action, word, _ in KEYS
    ]
    return [*known, Binding("slash", "list", show=False), Binding("escape", "leave_list", show=False)]


def explained() -> list[tuple[str, str]]:
    """Each key and what it does, for a learner."""
    return [(_shown(key), what) for key, _, _, what in KEYS]


def _shown(key: str) -> str:
    return "?" if key == "question_mark" else key
