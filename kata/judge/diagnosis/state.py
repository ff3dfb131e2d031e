"""Diagnosis of state that outlives a call: what one call of a function leaves, the next one finds."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from kata.contract.run import Frame
from kata.contract.scorecard import Diagnosis
from kata.judge.clean import at
from kata.judge.diagnosis.case import Case

__all__ = ["kept_between_calls"]

_MUTABLE = ("list", "dict", "set", "defaultdict", "deque", "Counter", "OrderedDict")
_ADDS = ("append", "add", "extend", "update", "setdefault", "insert", "appendleft")
_TAKES = ("pop", "popitem", "remove", "discard", "clear", "popleft")

_Function = ast.FunctionDef | ast.AsyncFunctionDef


def kept_between_calls(case: Case) -> Diagnosis | None:
    """Something is made once, and each call of a function adds to it."""
    if not case.scenes or not (case.run.notes or len(case.run.tasks) > 1):  # each play loads the file anew
        return None
    for line, text in sorted(_found(case.source.tree)):
        return at(Frame("", line, ""), "kept_between_calls", text)
    return None


def _found(tree: ast.Module) -> Iterator[tuple[int, str]]:
    functions = [node for node in ast.walk(tree) if isinstance(node, _Function) and node.name != "main"]
    for function in functions:
        yield from _defaults(function)
    made = {
        target.id: node
        for node in tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name) and _is_mutable(node.value)
    }
    for name, where in made.items():
        users = [function for function in functions if not _is_local(function, name)]
        adds = any(_adds(function, name) for function in users)
        reads = any(_reads(function, name) for function in users)
        if adds and reads and not any(_takes(function, name) for function in users):
            yield (
                where.lineno,
                f"{name} is made{{}}, once for all calls: what one call puts into it is still there in the next, and "
                "calls that run at the same time share it. Make it inside the function.",
            )
    for function in functions:
        for node in ast.walk(function):
            if isinstance(node, ast.Global) and (name := _assigned(function, node.names)):
                yield (
                    node.lineno,
                    f"{name} is a global variable{{}}, one for all calls: a call finds there what another one left, "
                    "and calls that run at the same time overwrite it. Keep it in the function.",
                )
    for klass in (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)):
        yield from _of_class(klass)


def _defaults(function: _Function) -> Iterator[tuple[int, str]]:
    arguments = function.args
    positional = [*arguments.posonlyargs, *arguments.args]
    pairs = [*zip(positional[len(positional) - len(arguments.defaults) :], arguments.defaults, strict=True)]
    pairs += [(one, value) for one, value in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True) if value]
    for argument, value in pairs:
        made = _is_mutable(value) or (isinstance(value, ast.Call) and isinstance(value.func, ast.Name))
        if made and _adds(function, argument.arg) and _reads(function, argument.arg):
            yield (
                function.lineno,
                f"The default value of {argument.arg}{{}} is made once, with the function, and not anew for each "
                f"call: every call of {function.name} adds to the same one. Make it inside the function.",
            )


def _of_class(klass: ast.ClassDef) -> Iterator[tuple[int, str]]:
    methods = [node for node in klass.body if isinstance(node, _Function)]
    for node in klass.body:
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        value = getattr(node, "value", None)
        if not isinstance(target, ast.Name) or not isinstance(value, ast.expr) or not _is_mutable(value):
            continue
        name = f"self.{target.id}"
        if any(_adds(method, name) for method in methods) and not any(_sets(method, name) for method in methods):
            yield (
                node.lineno,
                f"{target.id} is made{{}} in the class, once for all objects of {klass.name}: what one puts into it, "
                "all others find there. What belongs to one object is made in __init__.",
            )


def _is_mutable(node: ast.expr) -> bool:
    if isinstance(node, ast.Call):
        called = ast.unparse(node.func).rpartition(".")[2]
        return called in _MUTABLE or any(map(_is_mutable, node.args))
    return isinstance(node, ast.List | ast.Dict | ast.Set | ast.ListComp | ast.DictComp | ast.SetComp)


def _adds(function: _Function, name: str) -> bool:
    """True when the function puts something into what is called so, or into a part of it."""
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _ADDS:
            if _belongs(node.func.value, name):
                return True
        elif (isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store) and _belongs(node.value, name)) or (
            isinstance(node, ast.AugAssign) and _belongs(node.target, name)
        ):
            return True
    return False


def _reads(function: _Function, name: str) -> bool:
    """True when the function does more with what is called so than putting something into it."""
    adding = {
        part
        for node in ast.walk(function)
        if isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Attribute)
        if node.value.func.attr in _ADDS and ast.unparse(node.value.func.value) == name
        for part in ast.walk(node.value.func)
    }
    return any(
        isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Load) and node not in adding
        for node in ast.walk(function)
    )


def _takes(function: _Function, name: str) -> bool:
    for node in ast.walk(function):
        # Handed on without being called, as in add_done_callback(tasks.discard), it takes out too.
        if isinstance(node, ast.Attribute) and node.attr in _TAKES and _belongs(node.value, name):
            return True
        if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Del) and _belongs(node.value, name):
            return True
    return False


def _sets(function: _Function, name: str) -> bool:
    return any(
        ast.unparse(target) == name
        for node in ast.walk(function)
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
    )


def _belongs(node: ast.expr, name: str) -> bool:
    if isinstance(node, ast.IfExp):
        return _belongs(node.body, name) or _belongs(node.orelse, name)
    text = ast.unparse(node)
    return text == name or text.startswith((f"{name}.", f"{name}["))


def _is_local(function: _Function, name: str) -> bool:
    if any(isinstance(node, ast.Global) and name in node.names for node in ast.walk(function)):
        return False
    arguments = function.args
    if name in {each.arg for each in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)}:
        return True
    return any(
        isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id == name
        for node in ast.walk(function)
    )


def _assigned(function: _Function, names: list[str]) -> str:
    """The first of the names that the function assigns to; empty when it assigns to none."""
    stored = {node.id for node in ast.walk(function) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    return next((name for name in names if name in stored), "")
