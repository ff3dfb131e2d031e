"""Diagnoses of values: what a result holds in the place of what should be there."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from kata.contract.run import Frame
from kata.contract.scorecard import Diagnosis
from kata.contract.texts import shown
from kata.contract.values import Failure, Opaque, Record
from kata.judge.clean import at
from kata.judge.diagnosis.case import Case, described

__all__ = ["equal_once", "error_as_value", "falsy_lost", "no_return", "text_of_error", "wrong_order"]


def falsy_lost(case: Case) -> Diagnosis | None:
    """What is missing, or replaced, are just the values that count as false."""
    for compared in case.failed:
        if compared.op != "==":
            continue
        lost = _lost(compared.left, compared.right, case.text) or _given_up(case, compared.left, compared.right)
        lost = lost or _not_replaced(case)
        lines = _truth_tests(case) if lost else []
        if not lost or not lines:
            continue
        places = f"line {lines[0]} asks" if len(lines) == 1 else f"the lines {lines[0]} and {lines[1]} ask"
        if len(lines) > 2:
            places = "some lines of the code ask"
        return at(
            Frame("", lines[0], "") if len(lines) == 1 else None,
            "falsy_lost",
            f"Only {shown(lost[0], 40)} got lost, and it is a value like any other: {places} whether a value counts as "
            "true, which an empty text, an empty list, 0 and None do not. Leave that question out, or ask `is None` if "
            "that is meant.",
        )
    return None


def _lost(left: Any, right: Any, text: str) -> list[Any] | None:
    """The expected values that are gone, or replaced by something that stands in the text, when each counts as false.

    None when anything else differs.
    """
    if _same(left, right):
        return []
    if type(left) is not type(right) or isinstance(right, str | bytes):
        if left is None and right == [] and type(right) is list:
            return [right]
        stands = left is None or (isinstance(left, str) and (repr(left) in text or f'"{left}"' in text))
        return [right] if stands and type(right) in (str, int) and not right else None
    if isinstance(right, list | tuple):
        if len(left) == len(right):
            return _all([_lost(one, other, text) for one, other in zip(left, right, strict=True)])
        kept = [each for each in right if each]
        return [each for each in right if not each] if list(left) == kept and 0 < len(kept) < len(right) else None
    if isinstance(right, dict):
        if left.keys() - right.keys():
            return None
        gone = [right[key] for key in right.keys() - left.keys()]
        return None if any(gone) else _all([gone, *(_lost(left[key], right[key], text) for key in left)])
    return None


def _given_up(case: Case, left: Any, right: Any) -> list[Any] | None:
    """What belongs to the members that are missing in a list, when just their values count as false."""
    if not isinstance(left, list) or not isinstance(right, list) or not 0 < len(left) < len(right):
        return None
    for scene in case.scenes[-2:]:
        for given in (value for value in scene.names.values() if isinstance(value, dict)):
            if all(isinstance(key, str) and key in given for key in right):
                gone = [given[key] for key in right if not given[key]]
                if gone and left == [key for key in right if given[key]]:
                    return gone
    return None


def _not_replaced(case: Case) -> list[Any]:
    """The results that count as false, where just the objects that give those still stand in their places."""
    lists = [value for scene in case.scenes[-2:] for value in scene.names.values() if isinstance(value, list)]
    for wanted in lists if isinstance(case.result, list) else ():
        pairs = list(zip(case.result, wanted, strict=False))
        left = [right for one, right in pairs if isinstance(one, Opaque)]
        replaced = [right for one, right in pairs if right and _same(one, right)]
        if len(wanted) == len(case.result) and left and not any(left) and len(replaced) > 1:
            return left
    return []


def _all(parts: list[list[Any] | None]) -> list[Any] | None:
    found: list[Any] = []
    for part in parts:
        if part is None:
            return None
        found += part
    return found


def _same(left: Any, right: Any) -> bool:
    return type(left) is type(right) and bool(left == right)


def _truth_tests(case: Case) -> list[int]:
    """The lines that ask whether a value counts as true, where a value decides what is used."""
    lines = set()
    for node in ast.walk(case.source.tree):
        tests: list[ast.expr] = []
        if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.Or):
            tests = node.values[:-1]
        elif isinstance(node, ast.IfExp | ast.If):
            tests = [node.test]
        elif isinstance(node, ast.comprehension):
            tests = node.ifs
        for test in tests:
            for part in test.values if isinstance(test, ast.BoolOp) else [test]:
                inner = part.operand if isinstance(part, ast.UnaryOp) and isinstance(part.op, ast.Not) else part
                inner = inner.value if isinstance(inner, ast.NamedExpr | ast.Await) else inner
                asks = isinstance(inner, ast.Name | ast.Subscript | ast.Attribute | ast.Call)
                if asks and not (isinstance(inner, ast.Call) and _is_question(inner)):
                    lines.add(part.lineno)
    return sorted(lines)


def _is_question(call: ast.Call) -> bool:
    """True for a call that says yes or no by itself, such as ``task.cancelled()``."""
    name = ast.unparse(call.func).rpartition(".")[2]
    return name in ("done", "cancelled", "exception", "locked", "is_set", "any", "all", "isinstance", "get_coro") or (
        name.startswith(("is", "has"))
    )


def no_return(case: Case) -> Diagnosis | None:
    """A function gives None since nothing in it returns a value."""
    for compared in case.failed:
        nothing = compared.left is None or (
            isinstance(compared.left, list) and bool(compared.left) and set(map(described, compared.left)) == {"None"}
        )
        if compared.op != "==" or not nothing or compared.right is None or _holds_error(compared.right):
            continue
        played = {task.coroutine for task in case.run.tasks if task.created_at is None}
        for node in case.source.tree.body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name in played and _gives_none(node):
                prints = any(isinstance(part, ast.Name) and part.id == "print" for part in ast.walk(node))
                return Diagnosis(
                    "no_return",
                    f"{node.name}, in line {node.lineno}, has no return with a value, so it gives None. "
                    + ("What print shows is gone for the caller; only" if prints else "Only")
                    + " return hands a value over.",
                    "",
                    node.lineno,
                )
    return None


def _gives_none(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    inner = {
        part
        for node in ast.walk(function)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) and node is not function
        for part in ast.walk(node)
    }
    mine = [node for node in ast.walk(function) if node not in inner]
    return not any(isinstance(node, ast.Yield) or (isinstance(node, ast.Return) and node.value) for node in mine)


def error_as_value(case: Case) -> Diagnosis | None:
    """An error that should leave the function stands among the values."""
    if (given := _given_back(case)) is not None:
        return Diagnosis(
            "error_as_value",
            f"{shown_error(given)} was given back like a result, and it should have been raised: set_result and return "
            "hand a value over, set_exception and raise an error.",
        )
    error = case.wanted_error
    if error is None or case.run.error is not None:
        return None
    seen = [compared.left for compared in case.failed]
    if case.plain_call:
        seen.append(case.result)
    if not any(part == error for value in seen for part in _parts(value) if isinstance(part, Failure)):
        return None
    places = case.catchers(error)
    story = f"{shown_error(error)} stands among the results, and it should have been raised."
    if len(places) == 1:
        story += f" {places[0][1]} makes it a result"
        raises = any(isinstance(node, ast.Raise) for node in ast.walk(case.source.tree))
        story += "; some errors are raised afterwards, and this one is not." if raises else "."
    return Diagnosis(
        "error_as_value",
        f"{story} Let the error pass, or raise it.",
        "",
        places[0][0] if len(places) == 1 else 0,
    )


def _given_back(case: Case) -> Failure | None:
    """An error that stands as a value where its class and text say that it should have been raised."""
    for compared in case.failed:
        if not isinstance(compared.left, list) or not isinstance(compared.right, list):
            continue
        for part in compared.left:
            if isinstance(part, Failure) and part.type in compared.right and part.message in compared.right:
                return part
    return None


def text_of_error(case: Case) -> Diagnosis | None:
    """The text of an error stands where the error itself belongs."""
    for compared in case.failed:
        left, right = compared.left, compared.right
        if isinstance(left, str) and isinstance(right, Failure | BaseException) and left and left == _message(right):
            return Diagnosis(
                "text_of_error",
                f"{shown(left, 60)} is only the text of {shown_error(right)}. str(error), or an error in an f-string, "
                "gives a text; the error itself tells its class too. Keep the error.",
            )
    return None


def _message(error: Failure | BaseException) -> str:
    text = error.message if isinstance(error, Failure) else str(error)
    children = len(error.children) if isinstance(error, Failure) else 0
    return f"{text} ({children} sub-exception{'s' if children != 1 else ''})" if children else text


def shown_text(text: str) -> str:
    """A text in a sentence, cut where it is long."""
    return text if len(text) <= 60 else f"{text[:59]}…"


def shown_error(error: Failure | BaseException) -> str:
    """An error in a sentence, cut where it is long."""
    text = repr(error)
    return text if len(text) <= 100 else f"{text[:99]}…"


def equal_once(case: Case) -> Diagnosis | None:
    """Of things that are equal, only one is left."""
    made = {
        name: [described(call.args[0]) if call.args else "" for call in calls]
        for name, calls in case.run.calls.items()
        if calls
    }
    lists = [value for scene in case.scenes[-2:] for value in scene.names.values() if isinstance(value, list | tuple)]
    lists += [compared.right for compared in case.failed if isinstance(compared.right, list | tuple)]
    for wanted in lists:
        times = Counter(map(described, wanted))
        twin = next((name for name, count in times.items() if count > 1), None)
        if twin is None or len(times) < 2:
            continue
        story = (
            f"{shown_text(twin)} stands {times[twin]} times among {len(wanted)} things, {len(times)} of them different"
        )
        for name, calls in made.items():
            if Counter(calls) == Counter(dict.fromkeys(times, 1)):
                return Diagnosis(
                    "equal_once",
                    f"{story}, and {name} was called {len(calls)} times, once for each different one: the keys of a "
                    "dict and the members of a set are there only once. Keep a list, with one entry for each place.",
                )
        for compared in case.failed:
            left = compared.left
            if isinstance(left, list | tuple) and Counter(map(described, left)) == Counter(dict.fromkeys(times, 1)):
                return Diagnosis(
                    "equal_once",
                    f"{story}, and each different one is left once: the keys of a dict and the members of a set are "
                    "there only once. Keep a list, with one entry for each place.",
                )
    return None


def wrong_order(case: Case) -> Diagnosis | None:
    """The right things, in another order, or each under the name of another."""
    for compared in case.failed:
        if compared.op != "==":
            continue
        found = _moved(compared.left, compared.right)
        if not found:  # a test may look at one place after another; then the whole stands beside it
            found = next(
                (
                    moved
                    for scene in case.scenes[-2:]
                    for value in _orders(scene.names)
                    if (moved := _moved(case.result, value))
                    and _stands(compared.right, value)
                    and _stands(compared.left, case.result)
                ),
                "",
            )
        if found:
            place = _unordered(case)
            return at(place, "wrong_order", f"Everything is there, but {found}." + (_SETS if place else ""))
    return None


def _orders(names: Mapping[str, Any]) -> Iterator[Any]:
    """The lists and dicts that a test knows, and what its dicts hold for its lists."""
    lists = [value for value in names.values() if isinstance(value, list | tuple) and len(value) > 1]
    dicts = [value for value in names.values() if isinstance(value, dict)]
    yield from (*lists, *dicts)
    for each in lists:
        if all(isinstance(member, str) for member in each):
            yield [member.upper() for member in each]  # what a service gives that is told nothing else
            yield from ([given[member] for member in each] for given in dicts if all(key in given for key in each))


_SETS = " The loop{} goes through a set, as asyncio.wait gives them, and a set has no order; go through your own list."


def _moved(left: Any, right: Any) -> str:
    """In which way the right things stand in wrong places; empty when that is not what differs."""
    if type(left) is not type(right) or not isinstance(left, list | tuple | dict) or len(left) != len(right):
        return ""
    if isinstance(left, dict):
        if left.keys() != right.keys() or not _permuted(list(left.values()), list(right.values())):
            return ""
        key = next(key for key in right if left[key] != right[key])
        return f"not each under its own name; the first that differs is {key!r}"
    if not _permuted(left, right):
        return ""
    place = next(index for index, (one, other) in enumerate(zip(left, right, strict=True)) if one != other)
    return f"in another order, from {f'number {place + 1}' if place else 'the first one'} on"


def _permuted(left: Any, right: Any) -> bool:
    if len(left) < 2 or all(one == other for one, other in zip(left, right, strict=True)):
        return False
    return sorted(map(described, left)) == sorted(map(described, right))


def _stands(part: Any, whole: Any) -> bool:
    members = whole.values() if isinstance(whole, dict) else whole
    return any(type(part) is type(member) and part == member for member in members)


def _unordered(case: Case) -> Frame | None:
    """The loop over a set that makes a list, or fills one, where there is one.

    Known sets are those that `asyncio.wait` gave, and those that a comprehension made. What only cancels needs no
    order, nor does what is sorted, or makes another set or a dict.
    """
    sets: set[str] = set()
    orderless: set[ast.AST] = set()
    for node in ast.walk(case.source.tree):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.SetComp):
            sets |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        if isinstance(node, ast.DictComp | ast.SetComp):
            orderless.update(node.generators)
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in ("sorted", "any", "all", "sum", "dict", "set"):
            orderless.update(part for part in ast.walk(node) if isinstance(part, ast.comprehension))
        elif isinstance(node, ast.For) and ".append(" not in ast.unparse(node):
            orderless.add(node)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Await):
            call = node.value.value
            target = node.targets[0]
            if isinstance(call, ast.Call) and case.source.means(call.func, "asyncio.wait"):
                names = target.elts if isinstance(target, ast.Tuple) else []
                sets |= {name.id for name in names if isinstance(name, ast.Name)}
    for node in ast.walk(case.source.tree):
        loop = node.iter if isinstance(node, ast.For | ast.comprehension) and node not in orderless else None
        if isinstance(loop, ast.Name) and loop.id in sets:
            return Frame("", loop.lineno, "")
    return None


def _parts(value: Any) -> Iterator[Any]:
    yield value
    if isinstance(value, list | tuple | set | frozenset):
        for item in value:
            yield from _parts(item)
    elif isinstance(value, dict):
        for item in (*value.keys(), *value.values()):
            yield from _parts(item)
    elif isinstance(value, Record):
        for item in value.fields.values():
            yield from _parts(item)


def _holds_error(value: Any) -> bool:
    return any(isinstance(part, Failure | BaseException | Opaque) for part in _parts(value))
