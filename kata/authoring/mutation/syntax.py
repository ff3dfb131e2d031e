"""Mistakes in the text of an answer. Each is made at one place; the rest of the text stays as it is."""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator

__all__ = ["OPERATORS", "changed"]

OPERATORS = {
    "await dropped": "a coroutine is called and nobody waits for it",
    "sleep blocks": "time.sleep for asyncio.sleep",
    "one after another": "gather becomes a sequence of awaits",
    "made and awaited at once": "a task is waited for right after it was made",
    "cancel dropped": "nobody is cancelled",
    "cancelled twice": "cancel() is called a second time",
    "finally dropped": "what must be done is done only when all goes well",
    "except dropped": "an error is not caught",
    "except widened": "every error is caught, cancellations among them",
    "except narrowed": "only some of the errors are caught",
    "raise dropped": "an error ends where it was caught",
    "return_exceptions flipped": "errors come as results, or results' errors come out",
    "return_when changed": "FIRST_COMPLETED for FIRST_EXCEPTION, and so on",
    "shield dropped": "a cancellation reaches what must not be cancelled",
    "time-out dropped": "a wait has no limit any more",
    "lock dropped": "a lock or semaphore is not taken",
    "lock made in the call": "each caller has a lock or semaphore of its own",
    "None taken for false": "a value is asked whether it is true, not whether it is there",
    "order reversed": "the last comes first",
    "first left out": "the first one is forgotten",
    "last left out": "the last one is forgotten",
    "duplicates dropped": "equal ones are done once",
    "off by one": "a number is one too many",
    "comparison shifted": "less for less or equal, and so on",
    "condition turned round": "an if takes the other way",
    "statement dropped": "a call is not made",
    "return dropped": "the result stays inside",
    "prediction changed": "a line of a prediction is missing, or stands at another place",
}

Change = tuple[str, str, str]
"""An operator, the place, and the text after it."""

_Replacement = tuple[str, ast.AST, str]

_FIRST = {"FIRST_COMPLETED": "FIRST_EXCEPTION", "FIRST_EXCEPTION": "ALL_COMPLETED", "ALL_COMPLETED": "FIRST_COMPLETED"}
_SHIFTED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
}
_ASYNCIO = "__import__('asyncio')"


def changed(text: str, tree: ast.Module, *, values_only: bool = False) -> Iterator[Change]:
    """Every mistake that can be made in a text.

    Args:
        text: an answer.
        tree: its syntax tree. What only runs when the file is run as a program is left alone.
        values_only: whether only what is assigned at the top of the file is judged, as the lines of a prediction.
    """
    lines = text.splitlines(keepends=True)
    offsets = [0]
    for line in lines:
        offsets.append(offsets[-1] + len(line.encode()))
    data = text.encode()
    for top in tree.body:
        if _is_for_show(top) or (values_only and not isinstance(top, ast.Assign | ast.AnnAssign)):
            continue
        for operator, node, replacement in _of_a_statement(top):
            begin = offsets[node.lineno - 1] + node.col_offset  # type: ignore[attr-defined]
            end = offsets[node.end_lineno - 1] + node.end_col_offset  # type: ignore[attr-defined]
            indented = replacement.replace("\n", "\n" + " " * node.col_offset)  # type: ignore[attr-defined]
            place = " ".join(lines[node.lineno - 1].split())  # type: ignore[attr-defined]
            yield operator, place, (data[:begin] + indented.encode() + data[end:]).decode()


def _is_for_show(top: ast.stmt) -> bool:
    """Imports, the docstring, ``main`` and what runs it."""
    if isinstance(top, ast.FunctionDef | ast.AsyncFunctionDef):
        return top.name == "main"
    return isinstance(top, ast.Import | ast.ImportFrom | ast.Expr | ast.If)


def _of_a_statement(top: ast.stmt) -> Iterator[_Replacement]:
    yield from _predictions(top)
    made_by = _makers(top)
    given = {argument.arg for node in ast.walk(top) if isinstance(node, ast.arguments) for argument in node.args}
    for node in ast.walk(top):
        for operation in _OPERATIONS:
            yield from operation(node)
        yield from _locks(node, made_by)
        yield from _loops(node, given)


def _with(node: ast.AST, **fields: object) -> str:
    """The text of a node with some fields changed."""
    other = copy.copy(node)
    for name, value in fields.items():
        setattr(other, name, value)
    return ast.unparse(other)


def _named(node: ast.AST, *names: str) -> bool:
    """True for ``name`` and for ``anything.name``."""
    return (isinstance(node, ast.Name) and node.id in names) or (isinstance(node, ast.Attribute) and node.attr in names)


def _awaits(node: ast.AST) -> Iterator[_Replacement]:
    if not isinstance(node, ast.Await):
        return
    inner = node.value
    yield "await dropped", node, f"({ast.unparse(inner)})"
    if isinstance(inner, ast.Call) and _named(inner.func, "sleep") and inner.args:
        yield "sleep blocks", node, f"__import__('time').sleep({ast.unparse(inner.args[0])})"
    if isinstance(inner, ast.Call) and _named(inner.func, "gather"):
        yield "one after another", node, _sequence(inner)


def _sequence(gather: ast.Call) -> str:
    caught = any(keyword.arg == "return_exceptions" for keyword in gather.keywords)
    parts = []
    for each in gather.args:
        if isinstance(each, ast.Starred):
            value = ast.unparse(each.value)
            parts.append(f"*[{_caught('one', caught)} for one in {value}]")
        else:
            parts.append(_caught(ast.unparse(each), caught))
    return f"[{', '.join(parts)}]"


def _caught(value: str, caught: bool) -> str:
    return f"(await {_ASYNCIO}.gather({value}, return_exceptions=True))[0]" if caught else f"await {value}"


def _calls(node: ast.AST) -> Iterator[_Replacement]:
    if not isinstance(node, ast.Call):
        return
    function = node.func
    if _named(function, "create_task", "ensure_future") and node.args:
        made = ast.unparse(node)
        at_once = f"[task for task in [{made}] if [await {_ASYNCIO}.wait([task])]][0]"
        yield "made and awaited at once", node, at_once
    if isinstance(function, ast.Attribute) and function.attr == "cancel":
        yield "cancel dropped", node, f"bool({ast.unparse(function.value)})"
        call = ast.unparse(node)
        yield "cancelled twice", node, f"[{call}, await {_ASYNCIO}.sleep(0), {call}][0]"
    if _named(function, "shield") and node.args:
        yield "shield dropped", node, ast.unparse(node.args[0])
    if _named(function, "wait_for") and len(node.args) == 2:
        yield "time-out dropped", node, _with(node, args=[node.args[0], ast.Constant(None)])
    if _named(function, "timeout", "timeout_at") and node.args:
        yield "time-out dropped", node, _with(node, args=[ast.Constant(None)])
    if _named(function, "wait") and any(keyword.arg == "timeout" for keyword in node.keywords):
        kept = [keyword for keyword in node.keywords if keyword.arg != "timeout"]
        yield "time-out dropped", node, _with(node, keywords=kept)
    for number, keyword in enumerate(node.keywords):
        if keyword.arg == "return_exceptions":
            kept = [each for each in node.keywords if each is not keyword]
            yield "return_exceptions flipped", node, _with(node, keywords=kept)
        if keyword.arg == "return_when" and isinstance(keyword.value, ast.Attribute) and keyword.value.attr in _FIRST:
            other = ast.keyword(
                "return_when", ast.Attribute(keyword.value.value, _FIRST[keyword.value.attr], ast.Load())
            )
            keywords = [*node.keywords[:number], other, *node.keywords[number + 1 :]]
            yield "return_when changed", node, _with(node, keywords=keywords)
    if _named(function, "gather") and not any(keyword.arg == "return_exceptions" for keyword in node.keywords):
        more = [*node.keywords, ast.keyword("return_exceptions", ast.Constant(True))]
        yield "return_exceptions flipped", node, _with(node, keywords=more)


def _tries(node: ast.AST) -> Iterator[_Replacement]:
    if not isinstance(node, ast.Try | ast.TryStar):
        return
    if node.finalbody:
        if node.handlers:
            yield "finally dropped", node, _with(node, finalbody=[])
        yield "finally dropped", node, "\n".join(map(ast.unparse, [*node.body, *node.orelse, *node.finalbody]))
    for number in range(len(node.handlers)):
        rest = [*node.handlers[:number], *node.handlers[number + 1 :]]
        if rest or node.finalbody:
            yield "except dropped", node, _with(node, handlers=rest, orelse=node.orelse if rest else [])
        else:
            yield "except dropped", node, "\n".join(map(ast.unparse, [*node.body, *node.orelse]))
        yield from _handler(node, number)


def _handler(node: ast.Try | ast.TryStar, number: int) -> Iterator[_Replacement]:
    handler = node.handlers[number]

    def caught(kind: ast.expr) -> str:
        changed = copy.copy(handler)
        changed.type = kind
        return _with(node, handlers=[*node.handlers[:number], changed, *node.handlers[number + 1 :]])

    if isinstance(handler.type, ast.Tuple):
        for each in handler.type.elts:
            yield "except narrowed", node, caught(each)
        yield "except widened", node, caught(ast.Name("BaseException", ast.Load()))
    elif handler.type is not None:
        if not _named(handler.type, "BaseException") and isinstance(node, ast.Try):
            yield "except widened", node, caught(ast.Name("BaseException", ast.Load()))
        if _named(handler.type, "BaseException"):
            yield "except narrowed", node, caught(ast.Name("Exception", ast.Load()))
        elif _named(handler.type, "Exception"):
            yield "except narrowed", node, caught(ast.Name("ValueError", ast.Load()))
            yield "except narrowed", node, caught(ast.Name("OSError", ast.Load()))


def _raises(node: ast.AST) -> Iterator[_Replacement]:
    if isinstance(node, ast.Raise):
        yield "raise dropped", node, "pass"


def _comparisons(node: ast.AST) -> Iterator[_Replacement]:
    if not isinstance(node, ast.Compare) or len(node.ops) != 1:
        return
    [kind], [right] = node.ops, node.comparators
    if isinstance(right, ast.Constant) and right.value is None and isinstance(kind, ast.Is | ast.IsNot):
        left = ast.unparse(node.left)
        yield "None taken for false", node, f"(not ({left}))" if isinstance(kind, ast.Is) else f"bool({left})"
        return
    other = _SHIFTED.get(type(kind))
    if other is not None:
        yield "comparison shifted", node, f"({_with(node, ops=[other()])})"


def _conditions(node: ast.AST) -> Iterator[_Replacement]:
    if isinstance(node, ast.If | ast.IfExp | ast.While) and not isinstance(node.test, ast.Constant):
        yield "condition turned round", node.test, f"(not ({ast.unparse(node.test)}))"


def _loops(node: ast.AST, given: set[str]) -> Iterator[_Replacement]:
    """Of loops over what the function was given; what it made itself may be a set, or need no order."""
    if isinstance(node, ast.For | ast.comprehension) and not getattr(node, "is_async", False):
        if not any(isinstance(inner, ast.Name) and inner.id in given for inner in ast.walk(node.iter)):
            return
        source = ast.unparse(node.iter)
        yield "order reversed", node.iter, f"[*({source})][::-1]"
        yield "first left out", node.iter, f"[*({source})][1:]"
        yield "last left out", node.iter, f"[*({source})][:-1]"
        once = "(lambda all: [one for n, one in enumerate(all) if one not in all[:n]])"
        yield "duplicates dropped", node.iter, f"{once}([*({source})])"


def _numbers(node: ast.AST) -> Iterator[_Replacement]:
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float) and type(node.value) is not bool:
        yield "off by one", node, repr(node.value + 1)


def _statements(node: ast.AST) -> Iterator[_Replacement]:
    if isinstance(node, ast.Expr) and not isinstance(node.value, ast.Constant | ast.Yield | ast.YieldFrom):
        yield "statement dropped", node, "pass"
    if isinstance(node, ast.Return) and node.value is not None and not _is_none(node.value):
        yield "return dropped", node, f"{ast.unparse(node.value)}\nreturn None"


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


_OPERATIONS: tuple[Callable[[ast.AST], Iterator[_Replacement]], ...] = (
    _awaits,
    _calls,
    _tries,
    _raises,
    _comparisons,
    _conditions,
    _numbers,
    _statements,
)


def _makers(top: ast.stmt) -> dict[str, str]:
    """What makes the locks and semaphores of a statement, by the name that they get."""
    found = {}
    for node in ast.walk(top):
        if not (isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)):
            continue
        if _named(node.value.func, "Lock", "Semaphore", "BoundedSemaphore", "Condition"):
            for target in node.targets:
                found[ast.unparse(target)] = ast.unparse(node.value)
    return found


def _locks(node: ast.AST, made_by: dict[str, str]) -> Iterator[_Replacement]:
    if isinstance(node, ast.AsyncWith) and len(node.items) == 1 and node.items[0].optional_vars is None:
        name = ast.unparse(node.items[0].context_expr)
        if name in made_by:
            yield "lock dropped", node, "if True:\n" + _block(node.body)
            yield "lock made in the call", node, f"async with {made_by[name]}:\n" + _block(node.body)


def _block(body: list[ast.stmt]) -> str:
    text = "\n".join(map(ast.unparse, body))
    return "    " + text.replace("\n", "\n    ")


def _predictions(top: ast.stmt) -> Iterator[_Replacement]:
    """A list of lines that is assigned at the top of the file."""
    if not (
        isinstance(top, ast.Assign | ast.AnnAssign) and isinstance(top.value, ast.List) and len(top.value.elts) > 1
    ):
        return
    lines = [ast.unparse(each) for each in top.value.elts]
    for number in range(len(lines)):
        yield "prediction changed", top.value, f"[{', '.join(lines[:number] + lines[number + 1 :])}]"
        if number and lines[number] != lines[number - 1]:
            swapped = [*lines]
            swapped[number - 1 : number + 1] = swapped[number - 1 : number + 1][::-1]
            yield "prediction changed", top.value, f"[{', '.join(swapped)}]"
