"""What editors are told: the settings in the repository, and patterns that match what `run` really prints.

`tests/engine/cli/test_golden.py` proves that the files in `tests/golden` are what it prints.
"""

from __future__ import annotations

import itertools
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from kata.cli.app import app
from tests.golden import GOLDEN

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "editors.md").read_text(encoding="utf-8")
OUTPUTS = sorted(GOLDEN.glob("*.txt"))

PLACE = re.compile(r" +(exercises/[\w/]+\.py):(\d+)(  .*)?")
"""A line of `run` that holds nothing but a place and the text there."""

pytestmark = pytest.mark.once


def setting(name: str) -> Any:
    return json.loads((ROOT / name).read_text(encoding="utf-8"))


def block(language: str) -> str:
    """The code of a language in the page, which has one block of each."""
    (code,) = re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    return str(code)


def places(output: Path) -> list[tuple[str, int]]:
    """The places that are named below diagnoses in an output."""
    found = map(PLACE.fullmatch, output.read_text(encoding="utf-8").splitlines())
    return [(match[1], int(match[2])) for match in found if match]


def matched(pattern: str, output: Path) -> list[tuple[str, int]]:
    """The places that an editor finds with a pattern, line by line."""
    found = (re.search(pattern, line) for line in output.read_text(encoding="utf-8").splitlines())
    return [(match[1], int(match[2])) for match in found if match]


def test_there_are_places_to_be_found() -> None:
    assert sum(len(places(output)) for output in OUTPUTS) >= 14


def matchers() -> list[dict[str, Any]]:
    """The first line of each pattern, and the line that says what stands there."""
    tasks = {task["label"]: task for task in setting(".vscode/tasks.json")["tasks"]}
    patterns = [matcher["pattern"] for matcher in tasks["Judge this exercise"]["problemMatcher"]]
    return [pattern if isinstance(pattern, dict) else pattern[0] | {"next": pattern[1]} for pattern in patterns]


@pytest.mark.parametrize("output", OUTPUTS, ids=lambda path: path.stem)
def test_vs_codes_matchers_find_each_place_and_nothing_else(output: Path) -> None:
    assert all((matcher["file"], matcher["line"]) == (1, 2) for matcher in matchers())
    found = [matched(matcher["regexp"], output) for matcher in matchers()]
    assert sorted(itertools.chain(*found)) == sorted(places(output))


def test_vs_codes_problems_show_the_line_of_code() -> None:
    beside, below = matchers()
    place, code = "  exercises/03_blocking/04_chores.py:13  ", "texts[name] = await machine"
    found = re.search(beside["regexp"], f"{place}{code}   ")
    assert found and found[beside["message"]] == code
    assert re.search(below["regexp"], place) and not re.search(below["regexp"], place + code)
    following = re.search(below["next"]["regexp"], f"    {code}   ")
    assert following and following[below["next"]["message"]] == code


@pytest.mark.parametrize("output", OUTPUTS, ids=lambda path: path.stem)
def test_emacs_finds_each_place_and_nothing_else(output: Path) -> None:
    (lisp,) = re.findall(r"'\(\"(.*?)\" 1 2\)", block("elisp"))
    pattern = lisp.replace("\\\\", "\\").replace(r"\(", "(").replace(r"\)", ")").replace(r"\|", "|")
    assert matched(pattern, output) == places(output)


def test_vim_lists_each_diagnosis_with_its_place_and_whole_text(tmp_path: Path) -> None:
    vim = shutil.which("vim")
    if vim is None:
        pytest.skip("needs vim")
    (errorformat,) = re.findall(r"&l:errorformat = ('.*')", block("vim"))
    printed = "".join(output.read_text(encoding="utf-8") for output in OUTPUTS)
    plain = "exercises/a.py:7: blocking: time.sleep blocked the event loop\n"
    (tmp_path / "printed.txt").write_text(printed + plain, encoding="utf-8")
    (tmp_path / "read.vim").write_text(
        f"set encoding=utf-8\nlet &errorformat = {errorformat}\ncgetfile printed.txt\n"
        "let g:found = map(getqflist(), {_, one -> [bufname(one.bufnr), one.lnum, one.text]})\n"
        "call writefile([json_encode(g:found)], 'found.json')\nqa!\n",
        encoding="utf-8",
    )
    command = [vim, "-u", "NONE", "-es", "-S", "read.vim"]
    subprocess.run(command, cwd=tmp_path, check=False, timeout=60, stdin=subprocess.DEVNULL)
    found = json.loads((tmp_path / "found.json").read_text(encoding="utf-8"))
    located = [(file, line) for file, line, _ in found if line]
    assert located == [*(place for output in OUTPUTS for place in places(output)), ("exercises/a.py", 7)]
    texts = [" ".join(text.split()) for _, line, text in found if line]
    assert texts[-1] == "blocking: time.sleep blocked the event loop"
    assert any(text.startswith("blocking: ") and text.endswith("(docs/diagnoses.md#blocking)") for text in texts)


def test_tasks_name_commands_of_the_grader() -> None:
    known = {command.name for command in app.registered_commands}
    for task in setting(".vscode/tasks.json")["tasks"]:
        script, *arguments = task["args"]
        assert script == "grader.py" and set(arguments[:1]) <= known, task["label"]
        assert f"*{task['label']}*" in PAGE


def test_the_test_explorer_finds_the_hidden_tests() -> None:
    settings = setting(".vscode/settings.json")
    assert settings["python.testing.pytestEnabled"] is True
    assert settings["python.testing.pytestArgs"] == ["tests/hidden"]
    assert settings["python.defaultInterpreterPath"].endswith("/.venv/bin/python")


def test_search_does_not_show_answers() -> None:
    assert {"solutions", "tests/answers"} <= setting(".vscode/settings.json")["search.exclude"].keys()


def test_a_container_makes_its_environment_at_the_start() -> None:
    assert setting(".devcontainer/devcontainer.json")["postCreateCommand"] == "python grader.py"
