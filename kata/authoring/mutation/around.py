"""Mistakes around a function: its text is as it was, and something stands between it and whoever calls it.

So they are found in every answer, however it is written: a hidden limit, a memory of earlier calls, another try.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

__all__ = ["OPERATORS", "functions", "wrapped"]

OPERATORS = {
    "limit of an hour": "whatever takes longer is given up",
    "remembers results": "a call with the same arguments gives what an earlier one gave",
    "remembers lists": "a list that is returned holds the results of earlier calls, too",
    "tries again": "after an error the whole is done once more",
    "calls again": "a call that failed is made once more",
    "fifty at a time": "no more than fifty calls are under way",
    "falsy results dropped": "what is empty, zero or None is not among the results",
    "falsy answers replaced": "an answer that is empty, zero or False arrives as None",
    "duplicates among arguments dropped": "equal ones of a list are done once",
    "arguments sorted": "a list is worked on in another order",
    "times rounded": "seconds are rounded to quarters",
    "polls": "the end is noticed when somebody looks, every quarter of a second",
    "cancellation swallowed": "who cancels it gets a result",
    "cancellation not waited for": "a cancelled call is left before what it began has ended",
    "cancellation not passed on": "what it began goes on when it is cancelled",
    "errors changed": "another class of error comes out",
    "all errors told as one": "of a group, one error comes out",
}

_AROUND = """

def _mutant(function):
    import asyncio, functools, inspect
    kept, results = {{}}, []
    turns = {{}}

    def gate(n):
        loop = asyncio.get_running_loop()
        return turns.setdefault(loop, asyncio.Semaphore(n))

    def each_call(change):
        def changed(value):
            if not inspect.iscoroutinefunction(value):
                return value
            @functools.wraps(value)
            async def call(*args, **kwargs):
                return await change(value, args, kwargs)
            return call
        return changed

{body}

    @functools.wraps(function)
    async def around(*args, **kwargs):
{call}
    return around


{names}
"""

_PASS = "    pass"
_PLAIN = "        return await function(*args, **kwargs)"

_ASYNC = {
    "limit of an hour": (_PASS, "        return await asyncio.wait_for(function(*args, **kwargs), 3600)"),
    "remembers results": (
        _PASS,
        """
        key = repr([value for value in args if not callable(value)])
        if key not in kept:
            kept[key] = await function(*args, **kwargs)
        return kept[key]""",
    ),
    "remembers lists": (
        _PASS,
        """
        result = await function(*args, **kwargs)
        if type(result) is not list:
            return result
        results.extend(result)
        return list(results)""",
    ),
    "tries again": (
        _PASS,
        """
        try:
            return await function(*args, **kwargs)
        except Exception:
            return await function(*args, **kwargs)""",
    ),
    "calls again": (
        """
    async def twice(call, args, kwargs):
        try:
            return await call(*args, **kwargs)
        except Exception:
            return await call(*args, **kwargs)""",
        "        return await function(*map(each_call(twice), args), **kwargs)",
    ),
    "fifty at a time": (
        """
    async def in_turn(call, args, kwargs):
        async with gate(50):
            return await call(*args, **kwargs)""",
        "        return await function(*map(each_call(in_turn), args), **kwargs)",
    ),
    "falsy results dropped": (
        _PASS,
        """
        result = await function(*args, **kwargs)
        if type(result) is list:
            return [each for each in result if each]
        if type(result) is dict:
            return {key: value for key, value in result.items() if value}
        return result or None""",
    ),
    "falsy answers replaced": (
        """
    async def filled(call, args, kwargs):
        return await call(*args, **kwargs) or None""",
        "        return await function(*map(each_call(filled), args), **kwargs)",
    ),
    "duplicates among arguments dropped": (
        """
    def once(value):
        return [each for n, each in enumerate(value) if each not in value[:n]] if type(value) is list else value""",
        "        return await function(*map(once, args), **kwargs)",
    ),
    "arguments sorted": (
        """
    def in_order(value):
        return sorted(value, key=repr) if type(value) is list else value""",
        "        return await function(*map(in_order, args), **kwargs)",
    ),
    "times rounded": (
        """
    def quarters(value):
        return round(value * 4) / 4 if type(value) is float else value""",
        "        return await function(*map(quarters, args), **kwargs)",
    ),
    "polls": (
        _PASS,
        """
        task = asyncio.ensure_future(function(*args, **kwargs))
        try:
            while not task.done():
                await asyncio.sleep(0.25)
        except asyncio.CancelledError:
            task.cancel()
            await asyncio.wait([task])
            raise
        return task.result()""",
    ),
    "cancellation swallowed": (
        _PASS,
        """
        try:
            return await function(*args, **kwargs)
        except asyncio.CancelledError:
            return None""",
    ),
    "cancellation not waited for": (
        _PASS,
        """
        task = asyncio.ensure_future(function(*args, **kwargs))
        try:
            await asyncio.wait([task])
        except asyncio.CancelledError:
            task.cancel()
            raise
        return task.result()""",
    ),
    "cancellation not passed on": (
        _PASS,
        """
        task = asyncio.ensure_future(function(*args, **kwargs))
        kept[id(task)] = task
        return await asyncio.shield(task)""",
    ),
    "errors changed": (
        _PASS,
        """
        try:
            return await function(*args, **kwargs)
        except Exception as error:
            raise RuntimeError(*error.args) from error""",
    ),
    "all errors told as one": (
        _PASS,
        """
        try:
            return await function(*args, **kwargs)
        except ExceptionGroup as group:
            raise group.exceptions[0]""",
    ),
}


def wrapped(text: str, tree: ast.Module) -> Iterator[tuple[str, str, str]]:
    """Every mistake that can be made around the coroutine functions of a text.

    Args:
        text: an answer.
        tree: its syntax tree.
    """
    for name, function in functions(tree):
        if not isinstance(function, ast.AsyncFunctionDef):
            continue
        for operator, (body, call) in _ASYNC.items():
            if _concerns(operator, function):
                yield operator, name, text + _AROUND.format(body=body, call=call, names=f"{name} = _mutant({name})")


def functions(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """The public functions of a text but ``main``, and the public methods of its classes, by name."""
    for top in tree.body:
        inner = [(f"{top.name}.", each) for each in top.body] if isinstance(top, ast.ClassDef) else [("", top)]
        for prefix, each in inner:
            if not isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef) or each.name.startswith("_"):
                continue
            if prefix or each.name != "main":
                yield prefix + each.name, each


def _concerns(operator: str, function: ast.AsyncFunctionDef) -> bool:
    """False where a function has no argument, or gives nothing, that the mistake is about, by its annotations."""
    arguments = [ast.unparse(each.annotation) if each.annotation else "" for each in function.args.args]
    known = all(arguments)
    result = ast.unparse(function.returns) if function.returns else ""
    calls = not known or any("Callable" in each or each[:1].isupper() for each in arguments)
    if operator in ("calls again", "falsy answers replaced"):
        return calls
    if operator == "fifty at a time":
        return calls and (not known or any("list" in each for each in arguments))
    if operator in ("duplicates among arguments dropped", "arguments sorted"):
        return not known or any("list" in each for each in arguments)
    if operator == "times rounded":
        return not known or any("float" in each for each in arguments)
    if operator == "remembers lists":
        return not result or "list" in result
    if operator in ("falsy results dropped", "remembers results"):
        return result != "None"
    return True
