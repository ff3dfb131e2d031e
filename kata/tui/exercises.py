"""The list of exercises with their states, and the search in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

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

    BINDINGS: ClassVar[list[BindingType]] = [Binding("down", "into_the_list", show=False)]

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
        before, moved = dict(self.states), current != self.current
        self.states.update(states)
        self.current = current
        if moved or self.states != before:
            self._fill()

    def search(self) -> None:
        """Begin a search."""
        search = self.query_one("#search", Input)
        search.value = ""
        search.focus()

    def action_into_the_list(self) -> None:
        """Leave the search for what it found."""
        self.query_one("#found", OptionList).focus()

    @on(Input.Changed)
    def _searched(self, event: Input.Changed) -> None:
        event.stop()
        self._fill()

    @on(Input.Submitted)
    def _first_is_meant(self, event: Input.Submitted) -> None:
        event.stop()
        exercises = found(self.catalog, event.value)
        if exercises:
            self.post_message(self.Chosen(exercises[0]))

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
            if self.current in ids:
                options.highlighted = ids.index(self.current)
                options.scroll_to_highlight()

    def _row(self, exercise: Exercise) -> Text:
        here = exercise.id == self.current
        sign = mark(self.states.get(exercise.id, "not_started"))
        title = (f"{exercise.number} {exercise.title}", "bold" if here else "")
        return Text.assemble(">" if here else " ", sign, " ", title, no_wrap=True, overflow="ellipsis")
