"""`dev mutate`: the mistakes that it makes, and what it says of those that nobody notices."""

from __future__ import annotations

import ast
import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kata.authoring.check import check
from kata.authoring.mutation import around, syntax, table
from kata.authoring.mutation.measure import REASONS, Measured, ReasonError, measure, without_a_mutant
from kata.authoring.mutation.mutants import OPERATORS, mutants_of
from kata.program import ROOT
from kata.project.catalog_reader import load
from kata.project.workspace import Workspace

CHAPTER, STEM = "05_gather_and_wait", "01_pages"
ID = f"{CHAPTER}/{STEM}"

CHANGES = [
    ("await dropped", "async def f(g):\n    return await g()\n", "    return (g())"),
    ("sleep blocks", "async def f():\n    await asyncio.sleep(2)\n", "    __import__('time').sleep(2)"),
    ("one after another", "async def f(a, b):\n    return await gather(a(), *b)\n",
     "    return [await a(), *[await one for one in b]]"),
    ("cancel dropped", "def f(task):\n    task.cancel()\n", "    bool(task)"),
    ("finally dropped", "def f():\n    try:\n        a()\n    finally:\n        b()\n", "    a()\n    b()"),
    ("except dropped", "def f():\n    try:\n        a()\n    except OSError:\n        b()\n", "    a()"),
    ("except widened", "def f():\n    try:\n        a()\n    except OSError:\n        b()\n",
     "    except BaseException:"),
    ("except narrowed", "def f():\n    try:\n        a()\n    except (A, B):\n        b()\n", "    except B:"),
    ("raise dropped", "def f():\n    raise\n", "    pass"),
    ("return_exceptions flipped", "async def f(a):\n    await gather(a, return_exceptions=True)\n",
     "    await gather(a)"),
    ("return_when changed", "async def f(a):\n    await wait(a, return_when=asyncio.FIRST_COMPLETED)\n",
     "    await wait(a, return_when=asyncio.FIRST_EXCEPTION)"),
    ("shield dropped", "async def f(a):\n    await asyncio.shield(a)\n", "    await a"),
    ("time-out dropped", "async def f(a):\n    await wait_for(a, 3)\n", "    await wait_for(a, None)"),
    ("lock dropped", "def f():\n    lock = Lock()\n    async def g():\n        async with lock:\n            h()\n",
     "        if True:\n            h()"),
    ("lock made in the call",
     "def f():\n    lock = Lock()\n    async def g():\n        async with lock:\n            h()\n",
     "        async with Lock():\n            h()"),
    ("None taken for false", "def f(a):\n    return a is not None\n", "    return bool(a)"),
    ("order reversed", "def f(a):\n    for b in a:\n        g(b)\n", "    for b in [*(a)][::-1]:"),
    ("off by one", "def f(a):\n    return a[1]\n", "    return a[2]"),
    ("comparison shifted", "def f(a):\n    return a < 1\n", "    return (a <= 1)"),
    ("condition turned round", "def f(a):\n    if a:\n        g()\n", "    if (not (a)):"),
    ("statement dropped", "def f():\n    g()\n", "    pass"),
    ("return dropped", "def f():\n    return g()\n", "    g()\n    return None"),
    ("prediction changed", 'P = ["a", "b"]\n', "P = ['b', 'a']"),
]  # fmt: skip


@pytest.mark.parametrize(("operator", "text", "wanted"), CHANGES, ids=[change[0] for change in CHANGES])
def test_one_mistake_is_made_at_one_place(operator: str, text: str, wanted: str) -> None:
    changed = [after for name, _, after in syntax.changed(text, ast.parse(text)) if name == operator]
    assert any(f"{wanted}\n" in f"{after}\n" for after in changed), changed
    for after in changed:
        compile(after, "<mutant>", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)


def test_the_rest_of_the_text_stays_as_it_is_whatever_it_is_written_in() -> None:
    text = 'async def f(a):\n    é = "ü"; await a("é")  # ö\n    return é\n'
    [after] = [after for name, _, after in syntax.changed(text, ast.parse(text)) if name == "await dropped"]
    assert after == text.replace('await a("é")', "(a('é'))")


def test_what_only_runs_as_a_program_is_left_alone() -> None:
    text = 'import asyncio\nasync def main():\n    await f(1)\nif __name__ == "__main__":\n    asyncio.run(main())\n'
    assert list(syntax.changed(text, ast.parse(text))) == []


def _around(operator: str, text: str) -> dict[str, Any]:
    [after] = [after for name, _, after in around.wrapped(text, ast.parse(text)) if name == operator]
    names: dict[str, Any] = {"asyncio": asyncio}
    exec(after, names)
    return names


def test_a_function_that_remembers_gives_what_it_gave_before() -> None:
    names = _around("remembers results", "async def ask(service, what):\n    return await service(what)\n")
    answers = iter([1, 2, 3])

    async def service(what: str) -> int:
        return next(answers)

    async def play() -> list[int]:
        return [await names["ask"](service, what) for what in "aab"]

    assert asyncio.run(play()) == [1, 1, 2]


def test_a_function_that_tries_again_calls_twice() -> None:
    names = _around("calls again", "async def ask(service):\n    return await service()\n")
    calls = []

    async def service() -> None:
        calls.append(1)
        raise OSError

    with pytest.raises(OSError):
        asyncio.run(names["ask"](service))
    assert len(calls) == 2


def test_a_mistake_is_made_only_where_the_function_has_what_it_is_about() -> None:
    text = "async def ask(what: str) -> None:\n    pass\n"
    made = {name for name, _, _ in around.wrapped(text, ast.parse(text))}
    assert made.isdisjoint({"calls again", "arguments sorted", "times rounded", "remembers results", "remembers lists"})
    assert "limit of an hour" in made


@pytest.fixture
def measured(clone: Path) -> Callable[..., Measured]:
    """What comes of the mutants in the clone."""

    def found(**options: Any) -> Measured:
        catalog = load(clone)
        [result] = measure(catalog, clone, catalog.exercises, jobs=1, **options)
        return result

    return found


def _explain(clone: Path, text: str) -> None:
    (clone / "tests/answers" / ID / REASONS).write_text(text, encoding="utf-8")


def test_a_mutant_that_is_noticed_is_killed_and_the_others_are_shown(measured: Callable[..., Measured]) -> None:
    found = measured(chosen=lambda mutant: mutant.of == "solution")
    assert {mutant.operator for mutant in found.killed} >= {"await dropped", "one after another", "order reversed"}
    assert 0 < found.score <= 1
    shown = "\n".join(table.lines([found]))
    assert all(mutant.name in shown for mutant in found.survivors)
    assert f"{found.score:5.1%}" in shown
    read = json.loads(table.as_json([found]))["exercises"][0]
    assert (read["killed"], len(read["survivors"])) == (len(found.killed), len(found.survivors))


def test_a_reason_explains_a_survivor_and_nothing_that_is_killed(
    clone: Path, measured: Callable[..., Measured]
) -> None:
    def only(mutant: Any) -> bool:
        return bool(mutant.operator in ("errors changed", "limit of an hour", "await dropped"))

    before = measured(chosen=only)
    survivor = before.survivors[0]
    _explain(clone, f'"{survivor.operator}" = "It is all the same here."\n"await dropped" = "No."\n')
    after = measured(chosen=only)
    assert survivor.name in {mutant.name for mutant in after.explained}
    assert len(after.killed) == len(before.killed)
    assert after.stale == ["await dropped"]


def test_a_reason_without_a_mutant_is_a_problem(clone: Path) -> None:
    _explain(clone, '"await dropped: nothing like that" = "Gone."\n')
    catalog = load(clone)
    assert without_a_mutant(catalog.exercises[0], clone) == ["await dropped: nothing like that"]
    problems = check(catalog, Workspace(clone), catalog.exercises, jobs=1, real="none")
    assert any("there is no such mutant" in problem.text for problem in problems)


@pytest.mark.parametrize("text", ['"await dropped" = ', '"await dropped" = 3', '"await dropped" = " "'])
def test_a_damaged_file_of_reasons_is_told(clone: Path, text: str) -> None:
    _explain(clone, text)
    with pytest.raises(ReasonError, match=REASONS.replace(".", r"\.")):
        without_a_mutant(load(clone).exercises[0], clone)


def test_a_survivor_is_a_problem_of_the_exercise(clone: Path) -> None:
    catalog = load(clone)
    problems = check(catalog, Workspace(clone), catalog.exercises, jobs=1, real="none", mutants=1)
    assert any("nobody notices the mutant" in problem.text for problem in problems)


def test_a_sample_is_always_the_same_and_holds_its_share() -> None:
    exercise = next(each for each in load(ROOT).exercises if each.id == "05_gather_and_wait/07_first_one_wins")
    mutants = mutants_of(exercise, ROOT)
    sample = [mutant for mutant in mutants if table.every(4)(mutant)]
    assert len({mutant.text for mutant in mutants}) == len(mutants)
    assert 0 < len(sample) < len(mutants) / 2


def test_every_operator_finds_something_in_the_exercises() -> None:
    made = {mutant.operator for exercise in load(ROOT).exercises for mutant in mutants_of(exercise, ROOT)}
    assert set(OPERATORS) - made == set()
