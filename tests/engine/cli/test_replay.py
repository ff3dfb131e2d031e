"""`replay`, and the pages that `run` and `trace` write; the page itself is stood in for by its document."""

from __future__ import annotations

import json
import os
import sys
import tempfile
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kata.cli import replay
from kata.contract.run import Run, TaskRecord
from kata.contract.scorecard import Criterion
from kata.contract.turns import Turn
from kata.judge import solution
from kata.judge.workers import Workers

pytestmark = pytest.mark.once

SCRIPT = """
import asyncio
async def main():
    await asyncio.sleep(1)
    print("hello")
asyncio.run(main())
"""
EXERCISE = "05_gather_and_wait/02_wait_to_gather"


@pytest.fixture(autouse=True)
def pages(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Pages are their documents, and the folder for temporary files is one of this test."""
    module = types.ModuleType("kata.reports.page.html")
    module.page = json.dumps  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, module.__name__, module)
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setattr(Workers, "_start", lambda *_: None)
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"):
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture
def played(judge: Any, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The judge's plays have a turn; gives the criteria whose plays were asked for."""
    asked: list[Any] = []

    def replayed(workers: Any, workspace: Any, exercise: Any, criterion: Any) -> Run:
        asked.append(criterion)
        return Run(turns=[Turn(1, 0.0, "yours")])

    monkeypatch.setattr(solution, "replayed", replayed)
    judge.solution = Run(turns=[Turn(1, 0.0, "good")])
    return asked


def test_a_script_becomes_a_page_in_a_folder_of_the_users_own(
    kata: Callable[..., Any], root: Path, pages: Path
) -> None:
    (root / "script.py").write_text(SCRIPT)
    outcome = kata("replay", "script.py")
    (folder,) = pages.iterdir()
    assert (outcome.code, outcome.out) == (0, f"Replay: {folder / 'replay-script.html'}\n")
    assert os.name == "nt" or folder.stat().st_mode & 0o077 == 0
    document = json.loads((folder / "replay-script.html").read_text())
    (play,) = document["plays"]
    assert (document["title"], play["code"], play["elapsed"]) == ("script.py", SCRIPT, 1.0)
    assert [line["text"] for line in play["lines"]] == ["hello"]
    assert {step["line"] for turn in play["turns"] for step in turn["steps"]} == {4, 5}
    assert play["lines"][0]["turn"] == next(turn["number"] for turn in play["turns"] if turn["end"] == "returned")


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="elsewhere the folder is the user's anyway")
def test_a_folder_that_somebody_else_has_put_there_is_not_used(
    kata: Callable[..., Any], root: Path, edit: Callable[..., Path], pages: Path, played: list[Any]
) -> None:
    (root / "elsewhere").mkdir()
    (pages / f"asyncio-kata-{os.getuid()}").symlink_to(root / "elsewhere")
    edit(EXERCISE, "# my code")
    assert kata("replay", "5.2").code == 0
    assert [*(root / "elsewhere").iterdir()] == []


def test_a_failing_exercise_is_shown_beside_the_solution_whose_code_is_hidden(
    kata: Callable[..., Any], root: Path, edit: Callable[..., Path], played: list[Any]
) -> None:
    edit(EXERCISE, "# my code")
    outcome = kata("replay", "5.2", "--html", "page.html")
    assert (outcome.code, outcome.out) == (0, f"Replay: {root / 'page.html'}\n")
    document = json.loads((root / "page.html").read_text())
    yours, good = document["plays"]
    assert document["criterion"] == "It works." and "05.02" in document["title"]
    assert (yours["label"], yours["code"], yours["message"]) == ("Yours", "# my code", "It does not.")
    assert (good["label"], good["turns"][0]["who"], good["message"]) == ("The solution", "good", "")
    assert "not shown" in good["code"]
    assert [criterion.test for criterion in played] == ["test_it"]


def test_the_solutions_code_is_shown_to_who_asks_for_it(
    kata: Callable[..., Any], root: Path, edit: Callable[..., Path], played: list[Any]
) -> None:
    edit(EXERCISE, "# my code")
    assert kata("replay", "5.2", "--html", "page.html", "--solution").code == 0
    good = json.loads((root / "page.html").read_text())["plays"][1]
    assert good["code"] == (root / "solutions" / f"{EXERCISE}.py").read_text()


def test_a_passed_exercise_is_shown_alone(
    kata: Callable[..., Any],
    root: Path,
    edit: Callable[..., Path],
    played: list[Any],
    judge: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plain = judge.verdict

    def verdict(*arguments: Any) -> Any:
        found = plain(*arguments)
        found.criteria[0].runs[0].tasks = [TaskRecord("Task-1", "fetch_all", 0.0)]
        return found

    monkeypatch.setattr(judge, "verdict", verdict)
    edit(EXERCISE, "# good")
    assert kata("replay", "5.2", "--html", "page.html").code == 0
    (play,) = json.loads((root / "page.html").read_text())["plays"]
    assert play["turns"][0]["who"] == "yours"


def test_where_only_the_text_is_refused_a_play_that_holds_is_shown(
    kata: Callable[..., Any],
    root: Path,
    edit: Callable[..., Path],
    played: list[Any],
    judge: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plain = judge.verdict

    def verdict(*arguments: Any) -> Any:
        found = plain(*arguments)
        of_text = Criterion("test_text", "It says gather.", False, 0.0, 1.0, "It does not say gather.")
        found.criteria = [of_text, Criterion("test_it", "It works.", True, 1.0, 1.0, runs=found.criteria[0].runs)]
        found.criteria[1].runs[0].tasks = [TaskRecord("Task-1", "fetch_all", 0.0)]
        return found

    monkeypatch.setattr(judge, "verdict", verdict)
    edit(EXERCISE, "# my code")
    assert kata("replay", "5.2", "--html", "page.html").code == 0
    document = json.loads((root / "page.html").read_text())
    assert (document["criterion"], len(document["plays"])) == ("It works.", 1)


def of_kind(kind: str, root: Path) -> None:
    catalog = root / "exercises" / "catalog.toml"
    catalog.write_text(catalog.read_text().replace('kind = "convert"', f'kind = "{kind}"'))


def test_an_exercise_that_was_not_begun_says_what_to_do_first(kata: Callable[..., Any], root: Path) -> None:
    of_kind("build", root)
    outcome = kata("replay", "5.2")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith("First ") and outcome.err.count("\n") == 1


def test_a_prediction_is_not_given_away(kata: Callable[..., Any], root: Path) -> None:
    of_kind("predict", root)
    for command in (["replay", "5.2"], ["run", "5.2", "--html", "page.html"]):
        outcome = kata(*command)
        assert outcome.code == 2 and not (root / "page.html").exists()
        assert "asks what a program does" in outcome.err


def test_what_has_no_play_says_so(
    kata: Callable[..., Any], edit: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(solution, "replayed", lambda *_: None)
    edit(EXERCISE, "# my code")
    outcome = kata("replay", "5.2")
    assert outcome.code == 1
    assert outcome.err.startswith("05.02 has no play of an event loop to step through (It does not.); see")


def test_without_a_display_it_says_that_no_browser_opens(
    kata: Callable[..., Any], edit: Callable[..., Path], played: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(replay.webbrowser, "open", lambda _: pytest.fail("a browser was opened"))
    edit(EXERCISE, "# my code")
    outcome = kata("replay", "5.2", "--open")
    assert outcome.code == 0
    assert outcome.err == "There is no browser to open here; open that file in one yourself.\n"


def test_with_a_display_a_browser_opens_the_page(
    kata: Callable[..., Any], root: Path, edit: Callable[..., Path], played: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(replay.webbrowser, "open", lambda uri: opened.append(uri) or True)
    edit(EXERCISE, "# my code")
    assert kata("replay", "5.2", "--open", "--html", "page.html").err == ""
    assert opened == [(root / "page.html").as_uri()]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["nosuch"], 2, 'No exercise is called "nosuch"'),
        (["script.py", "--html", "no/page.html"], 3, "cannot be written"),
        (["script.py", "--html", "-", "--open"], 2, "--open needs a file"),
        (["broken.py"], 1, "broken.py is not valid Python in line 1"),
    ],
    ids=lambda value: None,
)
def test_what_cannot_be_replayed_is_said_in_one_line(
    kata: Callable[..., Any], root: Path, arguments: list[str], code: int, said: str
) -> None:
    (root / "script.py").write_text(SCRIPT)
    (root / "broken.py").write_text("async def main(:\n")
    outcome = kata("replay", *arguments)
    assert outcome.code == code
    assert said in outcome.err and outcome.err.count("\n") == 1


def test_trace_writes_the_page_and_draws_nothing_then(kata: Callable[..., Any], root: Path) -> None:
    (root / "script.py").write_text(SCRIPT)
    outcome = kata("trace", "script.py", "--html", "page.html")
    assert (outcome.code, outcome.out) == (0, "")
    assert json.loads((root / "page.html").read_text())["plays"][0]["turns"]


def test_run_shows_the_verdict_and_writes_the_page(
    kata: Callable[..., Any], root: Path, edit: Callable[..., Path], played: list[Any]
) -> None:
    edit(EXERCISE, "# my code")
    outcome = kata("run", "5.2", "--html", "page.html")
    assert outcome.code == 1 and "It does not." in outcome.out
    assert len(json.loads((root / "page.html").read_text())["plays"]) == 2


def test_the_report_of_a_grade_links_to_replays_of_what_failed(
    kata: Callable[..., Any], root: Path, edit: Callable[..., Path], played: list[Any]
) -> None:
    edit(EXERCISE, "# my code")
    edit("05_gather_and_wait/01_gather_basics", "# good")
    assert kata("grade", "--html", "my report.html").code == 0
    (page,) = (root / "my report-replays").iterdir()
    assert page.name == "05.02.html" and len(json.loads(page.read_text())["plays"]) == 2
    assert '<a href="my%20report-replays/05.02.html">' in (root / "my report.html").read_text()


def test_a_report_without_replays_leaves_no_folder(
    kata: Callable[..., Any], root: Path, edit: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(solution, "replayed", lambda *_: None)
    edit(EXERCISE, "# my code")
    assert kata("grade", "--html", "report.html").code == 0
    assert not (root / "report-replays").exists() and "<a " not in (root / "report.html").read_text()
    assert kata("grade", "--html", "-").out.startswith("<!doctype html>")
