"""What lies over the screen for a moment: a question, and the keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.table import Table
from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

__all__ = ["Keys", "Question"]


class Question(ModalScreen[bool]):
    """A question; anything but yes is a no.

    Args:
        text: what is asked.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", "yes"),
        Binding("n,escape,q", "answer(False)", "no"),
    ]

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    def compose(self) -> ComposeResult:
        yield Static(Text.assemble(self.text, "\n\n", ("y", "bold"), " yes   ", ("n", "bold"), " no"), id="dialog")

    def action_answer(self, yes: bool) -> None:
        """Close with the answer."""
        self.dismiss(yes)


class Keys(ModalScreen[None]):
    """The keys and what they do; any key closes it.

    Args:
        keys: pairs of a key and what it does.
    """

    def __init__(self, keys: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.keys = keys

    def compose(self) -> ComposeResult:
        table = Table.grid(padding=(0, 2, 0, 0))
        table.add_column(no_wrap=True)
        table.add_column(overflow="fold")
        for key, what in self.keys:
            table.add_row(Text(key, "bold"), Text(what))
        with VerticalScroll(id="dialog", can_focus=False):
            yield Static(table)

    def on_key(self, event: events.Key) -> None:
        """Close it, unless the key moves what does not find room."""
        if event.key in ("up", "down"):
            self.query_one("#dialog").scroll_relative(y=1 if event.key == "down" else -1, animate=False)
            return
        event.stop()
        self.dismiss()
