"""The watch screen, with keys pressed and files saved."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Static

from kata.cli.project import Project
from kata.project.catalog import Exercise
from kata.tui.app import INTERRUPTED, WatchApp
from kata.tui.dialogs import Keys, Question
from kata.tui.exercises import ExerciseList, found
from kata.tui.given import Given
from kata.tui.judging import Failed
from tests.engine.tui.conftest import Changes, Commands, Told, told

pytestmark = pytest.mark.once

Save = Callable[[Exercise, str], Path]


class Screen:
    """The screen, and one who sits before it."""

    def __init__(self, app: WatchApp, pilot: Pilot[object], changes: Changes) -> None:
        self.app = app
        self.pilot = pilot
        self.changes = changes

    async def rest(self) -> None:
        """Wait until nothing more happens."""
        for _ in range(4):
            await self.pilot.pause()

    async def saved(self) -> None:
        """Something was saved."""
        self.changes.happen()
        await self.rest()

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.rest()

    async def until(self, happened: Callable[[], bool]) -> None:
        """Wait for something that another thread does."""
        for _ in range(1000):
            if happened():
                return
            await self.pilot.pause(0.01)
        pytest.fail("it never happened")

    @property
    def text(self) -> str:
        """The page."""
        return str(self.app.query_one("#text", Static).content)

    @property
    def status(self) -> str:
        """The line above everything."""
        return str(self.app.query_one("#status", Static).content)

    @property
    def rows(self) -> list[str]:
        """The list of exercises."""
        options = self.app.query_one("#found", OptionList)
        return [str(options.get_option_at_index(index).prompt) for index in range(options.option_count)]


@pytest.fixture
def app(given: Given, judge: Told, exercise: Exercise, changes: Changes) -> WatchApp:
    """The screen; how far a judgement is, is told only when a test wants it."""
    return WatchApp(given, judge, exercise, patience=3600, changes=changes)


@pytest.fixture
async def screen(app: WatchApp, changes: Changes, save: Save, exercise: Exercise) -> AsyncIterator[Screen]:
    """The screen of an exercise that failed."""
    save(exercise, "x = 1\n")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = Screen(app, pilot, changes)
        await screen.rest()
        yield screen


async def test_an_exercise_that_is_not_started_shows_its_task(
    app: WatchApp, changes: Changes, judge: Told, exercise: Exercise
) -> None:
    judge.status = "not_started"
    async with app.run_test(size=(80, 24)) as pilot:
        screen = Screen(app, pilot, changes)
        await screen.rest()
        assert "05.01 Gather basics" in screen.text and "Do what Gather basics says." in screen.text
        assert "Criteria:" in screen.text
        assert screen.status == f"Save exercises/{exercise.id}.py, and it is judged."


async def test_a_save_shows_the_verdict_and_the_picture(screen: Screen, exercise: Exercise, save: Save) -> None:
    assert "It does not: x = 1" in screen.text
    save(exercise, "x = 2\n")
    await screen.saved()
    assert "It does not: x = 2" in screen.text
    assert "A picture in 7" in screen.text
    assert screen.status.startswith("0 of 1 criteria met.")


async def test_passing_says_what_comes_next_and_goes_nowhere(
    screen: Screen, exercise: Exercise, save: Save, judge: Told
) -> None:
    judge.status = "passed"
    save(exercise, "x = 2\n")
    await screen.saved()
    assert screen.status.startswith("Passed, 10 of 10 points. n goes on to 05.02 Wait to gather;")
    assert screen.app.exercise == exercise
    assert any(row.startswith(">✓ 05.01") for row in screen.rows)
    await screen.press("n")
    assert screen.app.exercise.number == "05.02"
    assert judge.asked[-1][0].number == "05.02"


async def test_what_is_drawn_follows_the_width(screen: Screen) -> None:
    await screen.pilot.resize_terminal(60, 18)
    await screen.rest()
    small = screen.text
    assert max(map(len, small.splitlines())) <= 58
    await screen.pilot.resize_terminal(120, 40)
    await screen.rest()
    assert screen.text != small
    assert screen.app.query_one(ExerciseList).display


async def test_pictures_are_made_for_the_room_that_there_is(screen: Screen, judge: Told) -> None:
    usual = judge.width
    assert usual < 80
    await screen.pilot.resize_terminal(60, 18)
    await screen.rest()
    assert judge.width == usual - 20


async def test_hints_come_one_after_the_other_and_are_remembered(
    screen: Screen, project: Project, exercise: Exercise
) -> None:
    for level in (1, 2, 3, 3):
        await screen.press("h")
        assert f"Hint {level} of 3" in screen.text
        assert exercise.hints[level - 1].strip()[:20] in screen.text
    assert project.hints.following(exercise.id, 3) == 3


async def test_the_task_and_back(screen: Screen) -> None:
    await screen.press("t")
    assert "Do what Gather basics says." in screen.text
    await screen.press("t")
    assert "It does not: x = 1" in screen.text


async def test_the_list_is_searched_and_another_exercise_chosen(screen: Screen, judge: Told) -> None:
    listed = screen.app.query_one(ExerciseList)
    assert not listed.display
    await screen.press("l", *"first")
    assert listed.display and screen.app.query_one("#search", Input).value == "first"
    assert [row.strip() for row in screen.rows] == ["04 Tasks", "· 04.01 First task"]
    await screen.press("enter")
    assert screen.app.exercise.number == "04.01" and judge.asked[-1][0].number == "04.01"
    assert not listed.display


async def test_another_one_that_was_found_is_chosen_with_the_arrows(screen: Screen) -> None:
    await screen.press("slash", *"gather", "down", "enter")
    assert screen.app.exercise.number == "05.02"


async def test_escape_leaves_the_list_and_changes_nothing(screen: Screen) -> None:
    await screen.press("l", "q", "escape")
    assert screen.app.exercise.number == "05.01"
    assert not screen.app.query_one(ExerciseList).display
    await screen.press("t")
    assert "Do what" in screen.text


def test_a_search_looks_for_all_words_in_titles_numbers_and_chapters(project: Project) -> None:
    assert [each.number for each in found(project.catalog, "WAIT gather")] == ["05.01", "05.02"]
    assert [each.number for each in found(project.catalog, "5.02")] == ["05.02"]
    assert found(project.catalog, "nowhere") == []


async def test_reset_asks_and_no_changes_nothing(
    screen: Screen, project: Project, exercise: Exercise, save: Save
) -> None:
    await screen.press("r")
    assert isinstance(screen.app.screen, Question)
    await screen.press("n")
    assert project.workspace.path(exercise).read_text() == "x = 1\n"
    assert "Nothing was changed." in screen.status
    assert screen.app.exercise == exercise


async def test_reset_puts_the_file_back_and_keeps_a_copy(screen: Screen, project: Project, exercise: Exercise) -> None:
    await screen.press("r", "y")
    assert project.workspace.read(exercise).text == project.workspace.pristine(exercise)
    [copy] = (project.root / ".kata" / "backups").rglob("*.py")
    assert copy.read_text() == "x = 1\n"
    assert copy.name in "".join(screen.status.split())


async def test_the_solution_is_shown_after_passing_only(
    screen: Screen, project: Project, exercise: Exercise, save: Save, judge: Told
) -> None:
    await screen.press("s")
    assert "not passed yet" in screen.status and "It does not" in screen.text
    judge.status = "passed"
    save(exercise, "x = 2\n")
    await screen.saved()
    await screen.press("s")
    assert "A good answer to 05.01" in screen.text
    assert exercise.solution(project.root).read_text().strip().splitlines()[-1].strip() in screen.text
    await screen.press("escape")
    assert "It works." in screen.text


async def test_question_mark_shows_every_key(screen: Screen) -> None:
    await screen.press("question_mark")
    assert isinstance(screen.app.screen, Keys)
    assert {key for key, _ in screen.app.screen.keys} == set("htaelnsprd?q")
    await screen.press("x")
    assert not isinstance(screen.app.screen, Keys)


@pytest.mark.parametrize(("answer", "said"), [("", "is open"), ("There is no browser here.", "no browser")])
async def test_the_replay_is_opened_by_its_command(screen: Screen, commands: Commands, answer: str, said: str) -> None:
    commands.answer = answer
    await screen.press("p")
    await screen.until(lambda: said in screen.status)
    assert commands.calls == [("replay", "05.01", 0)]


async def test_where_no_editor_can_be_started_the_file_is_named(screen: Screen, exercise: Exercise) -> None:
    await screen.press("e")  # there is no terminal to hand over in a test
    assert f"exercises/{exercise.id}.py" in screen.status


async def test_a_judgement_that_takes_long_shows_what_is_decided(
    given: Given, judge: Told, exercise: Exercise, changes: Changes, save: Save
) -> None:
    app = WatchApp(given, judge, exercise, patience=0.001, changes=changes)
    save(exercise, "x = 1\n")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = Screen(app, pilot, changes)
        await screen.until(lambda: "It does not: x = 1" in screen.text)
        judge.status = None
        save(exercise, "x = 2\n")
        await screen.saved()
        await screen.until(lambda: screen.status.startswith("Judging 05.01: 0 of "))
        assert "x = 1" not in screen.text
        await screen.until(lambda: "without an end" in screen.status)
        _, source, tell = judge.asked[-1]
        tell(told(exercise, source, "passed")[0])
        await screen.until(lambda: screen.status.startswith("Judging 05.01: 1 of "))
        judge.say("passed")
        await screen.until(lambda: screen.status.startswith("Passed"))


async def test_a_removed_file_is_told_and_its_return_is_judged(
    screen: Screen, project: Project, exercise: Exercise, save: Save
) -> None:
    project.workspace.path(exercise).unlink()
    screen.changes.happen()
    await screen.until(lambda: "is missing" in screen.status)
    save(exercise, "x = 3\n")
    screen.changes.happen()
    await screen.until(lambda: "x = 3" in screen.text)


async def test_what_the_grader_cannot_do_is_one_line(
    screen: Screen, exercise: Exercise, save: Save, judge: Told
) -> None:
    judge.status = None
    save(exercise, "x = 2\n")
    await screen.saved()
    judge.asked[-1][2](Failed("The grader failed: no room."))
    await screen.rest()
    assert screen.status == "The grader failed: no room."


async def test_hostile_text_stays_text(screen: Screen, exercise: Exercise, save: Save) -> None:
    save(exercise, "x = '[bold red]not markup[/] \\x1b[2J'\n# [/nothing] [link=x]\x1b[31m\n")
    await screen.saved()
    assert "[/nothing] [link=x]\\x1b[31m" in screen.text


async def test_file_names_are_links(screen: Screen, project: Project, exercise: Exercise) -> None:
    from textual.content import Content

    shown = screen.app.query_one("#text", Static).visual
    assert isinstance(shown, Content)
    links = {span.style.link for span in shown.spans if not isinstance(span.style, str)}
    assert project.workspace.path(exercise).absolute().as_uri() in links


async def test_light_and_dark(screen: Screen) -> None:
    before = screen.app.current_theme.dark
    await screen.press("d")
    assert screen.app.current_theme.dark is not before
    assert "It does not: x = 1" in screen.text


@pytest.mark.parametrize(("key", "code"), [("q", 0), ("ctrl+c", INTERRUPTED)])
async def test_the_ways_to_end(screen: Screen, key: str, code: int) -> None:
    await screen.pilot.press(key)
    await screen.pilot.pause()
    assert screen.app.return_value == code
