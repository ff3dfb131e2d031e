"""The list of exercises with their states, and the search in it."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Mapping
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option, OptionDoesNotExist

from kata.project.catalog import Catalog, Exercise
from kata.tui.drawing import mark

__all__ = ["ExerciseList", "found"]


def found(catalog: Catalog, words: str) -> list[Exercise]:
    """The exercises that have all of these words in their number, title, name or chapter, or as their state's mark."""
    wanted = words.casefold().split()
    return [
        exercise
        for chapter in catalog.chapters
        for exercise in chapter.exercises
        if all(
            word in f"{exercise.number} {exercise.title} {exercise.name} {chapter.title}".casefold() for word in wanted
        )
    ]


class ExerciseList(Vertical):
    """A search and the exercises that it finds.

    Args:
        catalog: all exercises.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "choose"),
        Binding("up", "move(-1)", "up", key_display="↑"),
        Binding("down", "move(1)", "down", key_display="↓"),
        Binding("escape", "app.leave_list", "back", key_display="esc"),
    ]

    class Chosen(Message):
        """An exercise was chosen."""

        def __init__(self, exercise: Exercise) -> None:
            super().__init__()
            self.exercise = exercise

    def __init__(self, catalog: Catalog) -> None:
        super().__init__(id="exercises")
        self.catalog = catalog
        self.states: dict[str, str] = {}
        self.current = ""
        """The id of the exercise that is watched."""

    def compose(self) -> ComposeResult:
        yield Input(placeholder="search", id="search", compact=True)
        yield OptionList(id="found", compact=True)

    def on_mount(self) -> None:
        self._fill()

    def show(self, states: Mapping[str, str], current: str) -> None:
        """Show other states and another current exercise.

        Args:
            states: by the ids of exercises; what is not there stays.
            current: the id of the exercise that is watched.
        """
        changed = {each for each, state in states.items() if self.states.get(each) != state}
        moved = current != self.current
        self.states.update(states)
        self.current = current
        if moved or len(changed) > 1:
            self._fill()
        else:
            self._rename(changed)

    def search(self) -> None:
        """Begin a search."""
        search = self.query_one("#search", Input)
        search.value = ""
        search.focus()

    def action_move(self, by: int) -> None:
        """Go on to another exercise that was found, while the search is typed in."""
        options = self.query_one("#found", OptionList)
        options.action_cursor_down() if by > 0 else options.action_cursor_up()

    def action_choose(self) -> None:
        """Choose the exercise that is highlighted."""
        self.query_one("#found", OptionList).action_select()

    @on(Input.Changed)
    def _searched(self, event: Input.Changed) -> None:
        event.stop()
        self._fill()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_choose()

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        exercise = next((each for each in self.catalog.exercises if each.id == event.option_id), None)
        if exercise is not None:
            self.post_message(self.Chosen(exercise))

    def _fill(self) -> None:
        options = self.query_one("#found", OptionList)
        exercises = found(self.catalog, self.query_one("#search", Input).value)
        rows: list[Option] = []
        for chapter in self.catalog.chapters:
            own = [exercise for exercise in chapter.exercises if exercise in exercises]
            if own:
                rows.append(Option(Text(f"{chapter.number} {chapter.title}", "bold"), disabled=True))
                rows += [Option(self._row(exercise), id=exercise.id) for exercise in own]
        if not rows:
            rows.append(Option(Text("Nothing is called so.", "dim"), disabled=True))
        with self.app.batch_update():
            options.clear_options()
            options.add_options(rows)
            ids = [row.id for row in rows]
            wanted = self.current if self.current in ids else next((each for each in ids if each), None)
            if wanted is not None:
                options.highlighted = ids.index(wanted)
                options.scroll_to_highlight()

    def _rename(self, changed: Collection[str]) -> None:
        """Show the states of a few exercises anew: filling the list takes longer than judging."""
        options = self.query_one("#found", OptionList)
        for exercise in self.catalog.exercises:
            if exercise.id in changed:
                with contextlib.suppress(OptionDoesNotExist):  # it was not searched for
                    options.replace_option_prompt(exercise.id, self._row(exercise))

    def _row(self, exercise: Exercise) -> Text:
        here = exercise.id == self.current
        sign = mark(self.states.get(exercise.id, "not_started"))
        title = (f"{exercise.number} {exercise.title}", "bold" if here else "")
        return Text.assemble(">" if here else " ", sign, " ", title, no_wrap=True, overflow="ellipsis")
