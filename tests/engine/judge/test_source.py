"""Questions about a submission's text: calls through aliases, names, kinds of statements, literals."""

from __future__ import annotations

import pytest

from kata.judge.source import NotLiteral, SourceQuery


@pytest.mark.parametrize(
    "text",
    [
        "import asyncio\nasyncio.gather()",
        "import asyncio as aio\naio.gather()",
        "from asyncio import gather\ngather()",
        "from asyncio import gather as together\ntogether()",
        "import asyncio\nwaiting = asyncio.gather\nwaiting()",
        "import asyncio, functools\nfunctools.partial(asyncio.gather, 1)",
        "import asyncio\nasyncio.tasks.gather()",
        "from asyncio import tasks\ntasks.gather()",
        "from asyncio.tasks import gather\ngather()",
    ],
)
def test_a_call_is_found_whatever_the_tool_is_called(text) -> None:
    assert SourceQuery(text).calls("asyncio.gather") == [text.count("\n") + 1]


@pytest.mark.parametrize(
    "text",
    [
        "import asyncio\nasyncio.wait()",
        "def gather(): pass\ngather()",
        "# asyncio.gather()",
        "'asyncio.gather()'",
        "import asyncio\nasyncio.gather",
        "",
        "def broken(:",
        "x = \0",
    ],
)
def test_what_is_no_call_is_not_found(text) -> None:
    assert SourceQuery(text).calls("asyncio.gather") == []


def test_a_name_counts_even_when_it_is_not_called() -> None:
    query = SourceQuery("import asyncio\nprint(asyncio.gather)\n")
    assert query.names("asyncio.gather") == [2]


def test_methods_are_found_on_anything() -> None:
    assert SourceQuery("a.cancel()\nb.c.cancel()\ncancel()").calls(".cancel") == [1, 2]


def test_built_in_functions_are_found() -> None:
    assert SourceQuery("print(1)\nx.print(2)").calls("print") == [1]


def test_kinds_of_statements_are_found() -> None:
    query = SourceQuery("async def f():\n    async with x:\n        await y\n")
    assert (query.uses("AsyncWith"), query.uses("Await"), query.uses("TryStar")) == ([2], [3], [])


def test_a_function_is_async_or_not_or_not_there() -> None:
    query = SourceQuery("async def a(): pass\ndef b(): pass\n")
    assert (query.is_async("a"), query.is_async("b"), query.is_async("c")) == (True, False, None)


@pytest.mark.parametrize(
    ("text", "value"), [("P = [1, 'a']", [1, "a"]), ("P: int = 3", 3), ("P = 1\nP = 2", 2), ("P = -1", -1)]
)
def test_a_literal_is_read(text, value) -> None:
    assert SourceQuery(text).literal("P") == value


@pytest.mark.parametrize("text", ["P = [x]", "P = print(1)", "", "Q = 1", "P = f'{1}'", "P = __import__('os')"])
def test_what_is_no_literal_gets_a_kind_message(text) -> None:
    with pytest.raises(NotLiteral, match="P"):
        SourceQuery(text).literal("P")


def test_the_parameters_of_a_function() -> None:
    source = SourceQuery("async def fetch_all(fetch, /, urls, *rest, limit=3):\n    pass\n")
    assert source.parameters("fetch_all") == ["fetch", "urls"]
    assert source.parameters("missing") == []
