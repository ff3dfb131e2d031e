"""Diagnoses of values and of state: what a result lacks, and what one call leaves to the next."""

from __future__ import annotations

import pytest

from kata.fakes import Service
from kata.judge import expect

pytestmark = pytest.mark.once


async def all_pages(exercise):
    pages = {"a": "", "b": "text"}
    run = await exercise.answer(Service(1, returns=pages), ["a", "b"])
    expect.returns(run, pages, "the pages")


def test_a_value_that_counts_as_false_and_gets_lost(told) -> None:
    found = told(
        """
        async def answer(get, names):
            pages = await asyncio.gather(*map(get, names))
            return {name: page for name, page in zip(names, pages) if page}
        """,
        all_pages,
    )["falsy_lost"]
    assert found.line == 4
    assert "Only '' got lost" in found.text


def test_where_another_value_is_lost_too_truth_is_not_the_reason(told) -> None:
    assert "falsy_lost" not in told(
        """
        async def answer(get, names):
            pages = await asyncio.gather(*map(get, names))
            return {name: page for name, page in zip(names, pages) if page == "other"}
        """,
        all_pages,
    )


async def the_results(exercise):
    wanted = ["a", None, "b"]
    run = await exercise.play_within(three_coroutines)
    place = next(place for place in range(3) if run.result[place] != wanted[place])
    assert run.result[place] == wanted[place]


async def three_coroutines(ex):
    async def give(value):
        return value

    made = [give("a"), give(None), give("b")]
    return await ex.answer(made)


DROPS = """
    async def answer(made):
        results = await asyncio.gather(*made)
        return [result or one for result, one in zip(results, made)]
    """


def test_an_object_whose_result_counts_as_false_and_was_not_used(told) -> None:
    found = told(DROPS, the_results)
    assert found["falsy_lost"].line == 4
    assert "Only None got lost" in found["falsy_lost"].text
    assert "coroutine_returned" not in found


def test_an_object_whose_result_counts_as_true_was_not_awaited_at_all(told) -> None:
    found = told(DROPS.replace("result or one for", "one or result for"), the_results)
    assert "falsy_lost" not in found
    assert "coroutine_returned" in found


def test_a_function_without_a_return(told) -> None:
    found = told(
        """
        async def answer(get, names):
            pages = await asyncio.gather(*map(get, names))
            print(pages)
        """,
        all_pages,
    )["no_return"]
    assert found.line == 2
    assert "answer, in line 2, has no return with a value" in found.text


def test_a_function_that_returns_none_on_purpose_has_a_return(told) -> None:
    assert "no_return" not in told(
        """
        async def answer(get, names):
            pages = await asyncio.gather(*map(get, names))
            return pages.sort()
        """,
        all_pages,
    )


async def twins_count_twice(exercise):
    names = ["a", "b", "a"]
    run = await exercise.answer(Service(1), names)
    expect.called_once_each(run, "get", names)
    expect.returns(run, ["A", "B", "A"], "three pages")


def test_equal_things_that_become_one(told) -> None:
    found = told(
        """
        async def answer(get, names):
            pages = {name: await get(name) for name in dict.fromkeys(names)}
            return list(pages.values())
        """,
        twins_count_twice,
    )["equal_once"]
    assert "stands 2 times among 3 things" in found.text


def test_where_a_different_thing_is_missing_equal_ones_are_not_the_reason(told) -> None:
    assert "equal_once" not in told(
        """
        async def answer(get, names):
            return [await get(name) for name in names[:1]]
        """,
        twins_count_twice,
    )


async def two_calls(ex, get):
    return [await ex.answer(get, ["a"]), await ex.answer(get, ["b"])]


async def each_call_has_its_own(exercise):
    run = await exercise.play(two_calls, Service(1))
    assert run.result == [["A"], ["B"]], f"the second call should give its own pages; it gave {run.result[1]!r}"


@pytest.mark.parametrize(
    ("body", "line", "words"),
    [
        (
            """
            async def answer(get, names, found=[]):
                found += await asyncio.gather(*map(get, names))
                return list(found)
            """,
            2,
            "The default value of found in line 2 is made once",
        ),
        (
            """
            FOUND = []
            async def answer(get, names):
                FOUND.extend(await asyncio.gather(*map(get, names)))
                return list(FOUND)
            """,
            2,
            "FOUND is made in line 2, once for all calls",
        ),
        (
            """
            class Report:
                def __init__(self, pages):
                    self.pages = pages
            REPORT = Report([])
            async def answer(get, names):
                REPORT.pages.extend(await asyncio.gather(*map(get, names)))
                return list(REPORT.pages)
            """,
            5,
            "REPORT is made in line 5, once for all calls",
        ),
        (
            """
            found = None
            async def answer(get, names):
                global found
                found = (found or []) + await asyncio.gather(*map(get, names))
                return found
            """,
            4,
            "found is a global variable in line 4",
        ),
    ],
)
def test_what_one_call_leaves_to_the_next(told, body, line, words) -> None:
    found = told(body, each_call_has_its_own)["kept_between_calls"]
    assert (found.line, words in found.text) == (line, True)


def test_a_constant_of_the_file_is_nothing_that_is_left(told) -> None:
    assert "kept_between_calls" not in told(
        """
        KNOWN = ["x"]
        async def answer(get, names):
            found = list(KNOWN)
            found += await asyncio.gather(*map(get, names))
            return found
        """,
        each_call_has_its_own,
    )


async def in_the_order_of_the_names(exercise):
    names = [f"name {number}" for number in range(40)]
    run = await exercise.answer(Service(1), names)
    expect.returns(run, [name.upper() for name in names], "the pages")


WAITED = """
async def answer(get, names):
    tasks = [asyncio.create_task(get(name)) for name in names]
    done, pending = await asyncio.wait(tasks)
    for task in pending:
        task.cancel()
    {rest}
"""


def test_the_loop_that_makes_the_list_out_of_a_set_is_named(told) -> None:
    found = told(WAITED.format(rest="return [task.result() for task in done]"), in_the_order_of_the_names)
    assert found["wrong_order"].line == 7
    assert "The loop in line 7 goes through a set" in found["wrong_order"].text


def test_so_is_the_one_that_goes_through_a_set_of_ones_own(told) -> None:
    found = told(
        """
        async def answer(get, names):
            tasks = {asyncio.create_task(get(name)) for name in names}
            await asyncio.gather(*tasks)
            pages = []
            for task in tasks:
                pages.append(task.result())
            return pages
        """,
        in_the_order_of_the_names,
    )
    assert found["wrong_order"].line == 6


def test_a_loop_that_only_cancels_is_not_to_blame_for_the_order(told) -> None:
    found = told(WAITED.format(rest="return sorted(task.result() for task in done)"), in_the_order_of_the_names)
    assert found["wrong_order"].line == 0
    assert found["wrong_order"].text == "Everything is there, but in another order, from number 3 on."


async def each_time_anew(exercise):
    run = await exercise.play(twice)
    assert run.result == [["a"], ["b"]], "any words"


async def twice(ex):
    return [list(await ex.answer(name)) for name in ("a", "b")]


def test_a_default_that_one_of_two_branches_adds_to_is_kept_between_calls(told) -> None:
    found = told(
        """
        async def answer(name, good=[], bad=[]):
            (bad if name is None else good).append(name)
            return good
        """,
        each_time_anew,
    )
    assert found["kept_between_calls"].line == 2
