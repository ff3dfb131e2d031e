"""Questions about the text of a submission, answered from its syntax tree without running it."""

from __future__ import annotations

import ast
import asyncio
import re
from functools import cached_property, lru_cache
from typing import Any

__all__ = ["NotLiteral", "SourceQuery", "query"]

_PART = re.compile(
    r"^asyncio\.(coroutines|events|futures|locks|queues|runners|taskgroups|tasks|threads|timeouts)\.(?=\w)"
)
"""A module of asyncio by which one of its tools is named; the package itself shows all of them."""


class NotLiteral(AssertionError):
    """A name that should hold a literal does not; the text says what to do."""


class SourceQuery:
    """A submission's text, for tests whose task names a tool.

    >>> source = SourceQuery("from asyncio import gather as together\\nasync def main(): await together()")
    >>> source.calls("asyncio.gather"), source.calls("asyncio.wait"), source.is_async("main")
    ([2], [], True)

    Args:
        text: the submission. Text that is no Python has no calls and no names.
    """

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax tree; empty for text that does not parse."""
        try:
            return ast.parse(self.text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return ast.Module(body=[], type_ignores=[])

    @property
    def syntax_error(self) -> str:
        """Why the text is not Python, with its line; empty when it is."""
        try:
            ast.parse(self.text)
        except SyntaxError as error:
            return f"{error.msg} (line {error.lineno}: {(error.text or '').strip()})"
        except (ValueError, RecursionError, MemoryError) as error:
            return str(error)
        return ""

    @cached_property
    def aliases(self) -> dict[str, str]:
        """What each imported name stands for: ``aio`` for ``asyncio``, ``gather`` for ``asyncio.gather``."""
        found: dict[str, str] = {}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                for name in node.names:
                    top = name.name.partition(".")[0]
                    found[name.asname or top] = name.name if name.asname else top
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                for name in node.names:
                    if name.name == "*" and node.module == "asyncio":
                        found |= {each: f"asyncio.{each}" for each in asyncio.__all__}
                    found[name.asname or name.name] = f"{node.module}.{name.name}"
        return found

    def dotted(self, node: ast.expr) -> str:
        """``asyncio.gather`` for an expression that names it, through aliases and simple assignments."""
        if isinstance(node, ast.Attribute):
            inner = self.dotted(node.value)
            return f"{inner}.{node.attr}" if inner else f".{node.attr}"
        if isinstance(node, ast.Name):
            return self.aliases.get(node.id) or self._assigned.get(node.id) or node.id
        return ""

    @cached_property
    def _assigned(self) -> dict[str, str]:
        names: dict[str, str] = {}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
                value = node.value
                if isinstance(value, ast.Attribute) and isinstance(value.value, ast.Name):
                    base = self.aliases.get(value.value.id)
                    if base:
                        names[node.targets[0].id] = f"{base}.{value.attr}"
        return names

    def calls(self, tool: str) -> list[int]:
        """Line numbers of the calls to ``tool``, such as ``asyncio.gather`` or ``print``; empty when there are none.

        ``.cancel`` finds calls to a method of that name on anything. Starred and passed-on tools
        (``partial(asyncio.gather, …)``) count as calls.
        """
        lines = []
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                candidates = [node.func, *node.args]
                if any(self.means(candidate, tool) for candidate in candidates):
                    lines.append(node.lineno)
        return sorted(lines)

    def means(self, node: ast.expr, tool: str) -> bool:
        """Whether an expression names ``tool``: ``asyncio.gather``, or ``.result`` for a method of anything."""
        name = _PART.sub("asyncio.", self.dotted(node))
        return name == tool or (tool.startswith(".") and name.endswith(tool))

    def names(self, tool: str) -> list[int]:
        """Line numbers where ``tool`` is named at all, called or not."""
        return sorted(
            node.lineno
            for node in ast.walk(self.tree)
            if isinstance(node, ast.Attribute | ast.Name) and self.means(node, tool)
        )

    def uses(self, node_type: str) -> list[int]:
        """Line numbers of a kind of statement or expression: ``TryStar``, ``AsyncWith``, ``Await``, ``Yield`` …"""
        kind = getattr(ast, node_type)
        return sorted(node.lineno for node in ast.walk(self.tree) if isinstance(node, kind))

    def around(self, line: int) -> ast.FunctionDef | ast.AsyncFunctionDef | None:
        """The innermost function around a line; None for a line outside of all.

        >>> SourceQuery("async def work():\\n    def inner():\\n        pass").around(3).name
        'inner'
        """
        around = [
            node
            for node in ast.walk(self.tree)
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            and node.lineno <= line <= (node.end_lineno or node.lineno)
        ]
        return max(around, key=lambda node: node.lineno, default=None)

    def is_async(self, name: str) -> bool | None:
        """Whether the top-level function ``name`` is declared with ``async def``; None when there is none."""
        for node in self.tree.body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == name:
                return isinstance(node, ast.AsyncFunctionDef)
        return None

    def parameters(self, name: str) -> list[str]:
        """The names of the positional parameters of the top-level function ``name``; empty when there is none."""
        for node in self.tree.body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == name:
                return [argument.arg for argument in (*node.args.posonlyargs, *node.args.args)]
        return []

    def literal(self, name: str) -> Any:
        """The literal that the module-level name holds.

        Raises:
            NotLiteral: the name is missing, or what is assigned to it is computed.
        """
        if self.syntax_error:
            raise NotLiteral(f"The file is not valid Python: {self.syntax_error}")
        for node in reversed(self.tree.body):
            value: ast.expr | None = None
            if (
                isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == name for t in node.targets)
            ) or (isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.target.id == name):
                value = node.value
            if value is not None:
                try:
                    return ast.literal_eval(value)
                except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
                    raise NotLiteral(
                        f"{name} in line {node.lineno} must be written out as a plain value, not computed"
                    ) from None
        raise NotLiteral(f"{name} is not there any more; write {name} = … at the top level of the file again")


@lru_cache(maxsize=16)
def query(text: str) -> SourceQuery:
    """The query for a text, made once: parsing costs more than asking."""
    return SourceQuery(text)
