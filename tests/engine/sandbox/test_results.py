"""What crosses from a submission to the judge: plain values by exact type, and nothing that lies."""

from __future__ import annotations

import math

import pytest

from kata.contract.values import Opaque, Record

PLAIN = [
    "None", "True", "0", "-1", "2**70", "1.5", "'text'", "b'bytes'", "[1, [2]]", "(1, 2)", "{'a': (1,)}", "{1, 2}",
    "frozenset({3})", "{(1, 2): 'pair'}", "[]", "()", "set()", "'\\ud800'", "float('inf')",
]  # fmt: skip


@pytest.mark.parametrize("text", PLAIN)
def test_plain_values_arrive_as_they_are(play, text) -> None:
    result = play(f"async def solve():\n    return {text}\n").result
    assert result == eval(text)
    assert type(result) is type(eval(text))


def test_not_a_number_arrives(play) -> None:
    assert math.isnan(play("async def solve():\n    return float('nan')\n").result)


def test_arguments_arrive_as_they_are(play) -> None:
    value = [1, (2, 3), {"a": {4}}, b"x", None, 1.5, "text"]
    assert play("async def solve(value):\n    return value\n", value).result == value


@pytest.mark.parametrize("kind", ["int", "str", "list", "dict", "tuple", "float", "bytes", "set"])
def test_a_subclass_of_a_plain_type_is_opaque(play, kind) -> None:
    result = play(f"class Liar({kind}): pass\nasync def solve():\n    return Liar()\n").result
    assert type(result) is Opaque
    assert result != eval(f"{kind}()")


def test_an_object_that_equals_everything_equals_nothing(play) -> None:
    source = """
        class Yes:
            def __eq__(self, other): return True
            def __ne__(self, other): return False
            def __hash__(self): return 1
        async def solve():
            return Yes()
    """
    result = play(source).result
    assert not result == 42  # noqa: SIM201
    assert result != 42
    assert result != result


def test_an_object_that_lies_about_its_class_is_opaque(play) -> None:
    source = """
        class Liar:
            @property
            def __class__(self): return int
            def __int__(self): return 42
            __index__ = __int__
        async def solve():
            return [Liar()]
    """
    [result] = play(source).result
    assert type(result) is Opaque
    assert result.type == "Liar"


def test_a_repr_that_fails_or_never_ends_its_text(play) -> None:
    source = """
        class Broken:
            def __repr__(self): raise ValueError
        class Long:
            def __repr__(self): return 'x' * 1_000_000
        async def solve():
            return Broken(), Long()
    """
    broken, long = play(source).result
    assert "Broken" in broken.repr
    assert len(long.repr) <= 200


def test_a_dataclass_arrives_as_a_record(play) -> None:
    source = """
        from dataclasses import dataclass
        @dataclass
        class Page:
            url: str
            size: int
        async def solve():
            return Page("a", 1)
    """
    page = play(source).result
    assert type(page) is Record
    assert (page.type, page.url, page.size) == ("Page", "a", 1)


def test_a_value_that_holds_itself_is_cut_short(play) -> None:
    run = play("async def solve():\n    a = []\n    a.append(a)\n    return a\n")
    assert run.failed or run.result != []


def test_an_exception_with_a_broken_text(play) -> None:
    source = """
        class Broken(Exception):
            def __str__(self): raise RuntimeError
        async def solve():
            raise Broken
    """
    raised = play(source).raised
    assert raised.type == "Broken"
    assert raised.is_a("Exception")


def test_an_exception_group_arrives_with_its_members(play) -> None:
    source = """
        async def solve():
            raise ExceptionGroup("several", [ValueError("a"), ExceptionGroup("inner", [KeyError("b")])])
    """
    raised = play(source).raised
    assert [leaf.type for leaf in raised.leaves()] == ["ValueError", "KeyError"]


def test_the_traceback_holds_the_submissions_own_lines(play) -> None:
    source = "import asyncio\nasync def inner():\n    raise ValueError('no')\nasync def solve():\n    await inner()\n"
    raised = play(source).raised
    assert raised == ValueError("no")
    assert [(line.line, line.function) for line in raised.traceback] == [(5, "solve"), (3, "inner")]


def test_a_cycle_of_causes_is_cut(play) -> None:
    source = """
        async def solve():
            a, b = ValueError("a"), ValueError("b")
            a.__cause__, b.__cause__ = b, a
            raise a
    """
    assert play(source).raised == ValueError("a")
