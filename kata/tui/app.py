"""The watch screen: draws what `watching` tells, and answers keys."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any, ClassVar

from rich.text import Text
from textual import events, on
from textual.app import App, ComposeResult, SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.message import Message
from textual.widgets import Footer, Static

from kata.contract.scorecard import Criterion
from kata.judge.rubric import RubricError, read_rubric
from kata.project.catalog import Exercise
from kata.project.workspace import ArchiveError, NotReset
from kata.tui import drawing, status
from kata.tui.dialogs import Keys, Question
from kata.tui.exercises import ExerciseList
from kata.tui.given import Given, Part
from kata.tui.judging import Judge, Judged, Pictured
from kata.tui.keys import bindings, explained
from kata.tui.style import CSS
from kata.tui.watching import Watching

__all__ = ["INTERRUPTED", "WatchApp"]

INTERRUPTED = 130
"""The exit code after Ctrl-C."""

PATIENCE = 0.2
"""Real seconds after which a judgement that is not over is told of."""


class Page(VerticalScroll):
    """Where the task, the verdict or the solution is read."""

    class Resized(Message):
        """There is another width to draw for."""

    def on_resize(self, event: events.Resize) -> None:
        """Tell the screen, which draws."""
        self.post_message(self.Resized())


class WatchApp(App[Any]):
    """The screen. It ends with an exit code, or with the exception that ended it.

    Args:
        given: the clone and its commands.
        judge: judges what is saved.
        exercise: which to begin with.
        patience: real seconds after which a judgement that is not over is told of.
        watching: options for `Watching`.
    """

    CSS = CSS
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - as Textual declares it
        (0, "-narrow"),
        (104, "-wide"),
    ]
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(),
        Binding("ctrl+c", f"leave({INTERRUPTED})", show=False, priority=True),
    ]

    def __init__(
        self, given: Given, judge: Judge, exercise: Exercise, *, patience: float = PATIENCE, **watching: Any
    ) -> None:
        super().__init__()
        self.given = given
        self.watching = Watching(given.project, judge, self, exercise, **watching)
        self.judge = judge
        self.patience = patience
        self.exercise = exercise
        self.page = "task"
        """``task``, ``verdict`` or ``solution``."""
        self.last: Judged | None = None
        self.parts: Sequence[Part] = ()
        """The pictures to the last verdict."""
        self.all = False
        """Whether every reason is shown in full."""
        self.level = 0
        """Of the hint that is shown."""
        self.so_far: dict[str, bool] | None = None
        """What is decided of a judgement that is not over, once it takes long."""
        self.note = ""
        """What is still to be said with the next verdict."""
        self._said: tuple[str, str] = ("", "")

    def compose(self) -> ComposeResult:
        yield Static(id="status")
        with Horizontal(id="body"):
            yield ExerciseList(self.given.project.catalog)
            with Page(id="page"):
                yield Static(id="text")
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Begin to watch."""
        self.query_one("#page").focus()
        self._turn(self.exercise)
        self.run_worker(self._watch(), name="watching")
        self.run_worker(self._read_states(), name="states")

    async def _watch(self) -> None:
        try:
            await self.watching.run()
        except Exception as error:
            self.exit(error)

    async def _read_states(self) -> None:
        """Look how far the learner is with each exercise."""
        project = self.given.project
        exercises = project.catalog.exercises
        statuses = await asyncio.to_thread(lambda: {each.id: project.state(each).status for each in exercises})
        if self.last is not None:
            statuses[self.last.exercise.id] = self.last.verdict.status
        self.query_one(ExerciseList).show(statuses, self.exercise.id)

    # What is told of the watched exercise

    def judging(self, exercise: Exercise) -> None:
        """See `Listener`."""
        self._over()
        decided = self._decided
        self.set_timer(self.patience, lambda: self._takes_long(decided))
        self.set_timer(10 * self.patience, lambda: self._takes_long(decided, still=True))

    def _takes_long(self, decided: dict[str, bool], *, still: bool = False) -> None:
        if self._decided is decided:
            self._still = still
            self.so_far = decided
            if self.last is not None:
                self.page = "verdict"
            self._tell_progress()
            self.draw()

    def decided(self, criterion: Criterion) -> None:
        """See `Listener`."""
        self._decided[criterion.test] = criterion.passed
        if self.so_far is not None:
            self._tell_progress()
            self.draw()

    def _tell_progress(self) -> None:
        try:
            of = len(read_rubric(self.exercise.hidden(self.given.project.root), self.exercise.points))
        except RubricError:
            return
        self.say(status.judging(self.exercise, len(self._decided), of, still=self._still))

    def judged(self, judged: Judged) -> None:
        """See `Listener`."""
        self._over()
        if self.last is not None or judged.verdict.status != "not_started":
            self.page = "task" if judged.untouched and self.last is None else "verdict"
        self.last, self.parts = judged, ()
        if judged.verdict.status == "passed":
            self.level = 0
        state = "not_started" if judged.untouched else judged.verdict.status
        shown = {judged.exercise.id: state}
        self.call_after_refresh(lambda: self.query_one(ExerciseList).show(shown, self.exercise.id))
        if state == "not_started":
            self.say(self.note or status.watching(self.given.project.path(self.exercise)))
        else:
            following = self._following() if state == "passed" else None
            said = status.outcome(judged.verdict, following, keys=True)
            self.say(f"{self.note} {said}".strip(), "-passed" if state == "passed" else "-failed")
        self.note = ""
        self.draw(from_the_top=True)

    def pictured(self, pictured: Pictured) -> None:
        """See `Listener`."""
        self.parts = pictured.parts
        self.draw()

    def problem(self, exercise: Exercise, line: str) -> None:
        """See `Listener`."""
        self._over()
        self.last, self.parts = None, ()
        self.say(line, "-problem")
        self.draw()

    def others_changed(self) -> None:
        """See `Listener`."""
        self.run_worker(self._read_states(), name="states", exclusive=True, group="states")

    def _over(self) -> None:
        self._decided: dict[str, bool] = {}
        self._still = False
        self.so_far = None

    # What is drawn

    def say(self, line: str, kind: str = "") -> None:
        """Show a line above everything; ``kind`` is a class of the style sheet."""
        if (line, kind) == self._said:
            return
        self._said = (line, kind)
        shown = self.query_one("#status", Static)
        shown.set_classes(kind)
        shown.update(drawing.linked(Text(line), drawing.links(self.given, self.exercise)))

    def draw(self, *, from_the_top: bool = False) -> None:
        """Draw the page as things stand."""
        page = self.query_one("#page", VerticalScroll)
        width = page.scrollable_content_region.width - 1
        if width <= 0:
            return
        self.judge.width = width
        links = drawing.links(self.given, self.exercise)
        texts = [drawing.draw(part, width, links) for part in self._shown()]
        self.query_one("#text", Static).update(Text("\n\n").join(texts))
        if from_the_top:
            page.scroll_home(animate=False)

    def _shown(self) -> Sequence[Part]:
        if self.page == "solution":
            return [drawing.solution(self.given, self.exercise, dark=self.current_theme.dark)]
        shown = [drawing.hint(self.exercise, self.level)] if self.level else []
        if self.page == "task":
            return [*shown, drawing.task(self.given, self.exercise)]
        if self.so_far is not None:
            return [*shown, drawing.progress(self.given, self.exercise, self.so_far)]
        if self.last is None:
            return [*shown, drawing.task(self.given, self.exercise)]
        drawn = self.exercise.kind != "predict"
        return [*shown, drawing.verdict(self.last, drawn=drawn, all_reasons=self.all), *self.parts]

    @on(Page.Resized)
    def resized(self) -> None:
        """Lay the page out anew, and the next pictures for this width."""
        self.draw()

    # What keys do

    def action_hint(self) -> None:
        """Give the next hint."""
        hints, levels = self.given.project.hints, len(self.exercise.hints)
        self.level = hints.following(self.exercise.id, levels)
        if not hints.give(self.exercise.id, self.level):
            self.say("Which hints you had cannot be saved; make .kata writable.", "-problem")
        if self.page == "solution":
            self.page = "verdict"
        self.draw(from_the_top=True)

    def action_task(self) -> None:
        """Show the task, or what came of it."""
        self.page = "verdict" if self.page == "task" and self.last is not None else "task"
        self.draw(from_the_top=True)

    def action_all(self) -> None:
        """Show every reason in full, or the first ones."""
        self.all = not self.all
        self.page = "verdict"
        self.draw()

    def action_list(self) -> None:
        """Show the exercises, and begin a search."""
        self.screen.add_class("-listing")
        self.query_one(ExerciseList).search()

    def action_leave_list(self) -> None:
        """Leave the list or the solution."""
        self.screen.remove_class("-listing")
        self.query_one("#page").focus()
        if self.page == "solution":
            self.page = "verdict"
        self.draw()

    @on(ExerciseList.Chosen)
    def chosen(self, event: ExerciseList.Chosen) -> None:
        """Watch what was chosen."""
        self.screen.remove_class("-listing")
        self.query_one("#page").focus()
        self._turn(event.exercise)
        self.watching.turn_to(event.exercise)

    def action_next(self) -> None:
        """Go on to the next exercise that is not passed."""
        following = self._following()
        if following is None:
            self.say("Nothing else is left to do.")
            return
        self._turn(following)
        self.watching.turn_to(following)

    def _following(self) -> Exercise | None:
        project = self.given.project
        found = project.next_exercise(self.exercise) or project.next_exercise()
        return None if found == self.exercise else found

    def _turn(self, exercise: Exercise) -> None:
        """Show another exercise, of which nothing is known yet."""
        self.exercise = exercise
        self._over()
        self.page, self.level, self.note = "task", 0, ""
        self.last, self.parts = None, ()
        self.query_one(ExerciseList).show({}, exercise.id)
        self.say(status.watching(self.given.project.path(exercise)))
        self.call_after_refresh(self.draw, from_the_top=True)

    def action_solution(self) -> None:
        """Show a good answer, once it is passed."""
        passed = self.last is not None and self.last.verdict.status == "passed"
        if not passed and not self.given.project.state(self.exercise).was_passed:
            self.say(f"{self.exercise.number} is not passed yet; a good answer is shown once it is.")
        elif not self.exercise.solution(self.given.project.root).is_file():
            self.say("Solutions are not part of this copy; ask your teacher.")
        else:
            self.page = "solution"
            self.draw(from_the_top=True)

    def action_reset(self) -> None:
        """Ask, then put the file back to how it came."""
        path = self.given.project.path(self.exercise)
        self.push_screen(Question(f"Put {path} back to how it came? A copy of your file is kept."), self._reset)

    def _reset(self, yes: bool | None) -> None:
        project = self.given.project
        if not yes:
            self.say("Nothing was changed.")
            return
        try:
            copy = project.workspace.reset(self.exercise)
        except (ArchiveError, NotReset) as error:
            self.say(str(error), "-problem")
            return
        project.hints.forget([self.exercise.id])
        exercise = self.exercise
        self._turn(exercise)
        self.watching.turn_to(exercise)
        kept = "" if copy is None else f" Your file is kept in {copy.relative_to(project.root)}."
        self.note = f"{project.path(exercise)} is as it came.{kept}"
        self.say(self.note)

    def action_edit(self) -> None:
        """Open the learner's file in the editor, and give it the terminal."""
        try:
            with self.suspend():
                line = self.given.edit(self.exercise, self._line())
        except SuspendNotSupported:
            line = f"No editor can be started from here; open {self.given.project.path(self.exercise)} yourself."
        if line:
            self.say(line, "-problem")
        self.refresh(layout=True)

    def _line(self) -> int:
        """The line of the learner's file that the verdict names first; 0 when it names none."""
        if self.last is None:
            return 0
        name = self.given.project.workspace.path(self.exercise).name
        found = (each for criterion in self.last.verdict.criteria for each in criterion.diagnoses)
        return next((each.line for each in found if each.line and each.file.endswith(name)), 0)

    def action_replay(self) -> None:
        """Make the page of the replay, and open it."""
        self.say(f"Making the page that steps through {self.exercise.number} ...")
        self.run_worker(self._replay(self.exercise), name="replay", exclusive=True, group="replay")

    async def _replay(self, exercise: Exercise) -> None:
        line = await asyncio.to_thread(self.given.replay, exercise)
        self.say(line or f"The page that steps through {exercise.number} is open.", "-problem" if line else "")

    def action_dark(self) -> None:
        """Change between light and dark."""
        self.theme = "textual-light" if self.current_theme.dark else "textual-dark"
        self.call_after_refresh(self.draw)

    def action_keys(self) -> None:
        """Show the keys."""
        self.push_screen(Keys(explained()))

    def action_leave(self, code: int) -> None:
        """End with an exit code."""
        self.exit(code)
