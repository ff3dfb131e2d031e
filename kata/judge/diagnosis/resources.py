"""Diagnoses of what is never given back, or runs where it should not: loops, pools, threads, memory."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from kata.contract.run import Frame
from kata.contract.scorecard import Diagnosis
from kata.contract.texts import message_of
from kata.judge.clean import at
from kata.judge.diagnosis.case import Case

__all__ = ["in_a_thread", "kept_for_ever", "loop_left_open", "made_async", "pool_left_open", "second_loop"]

_Function = ast.FunctionDef | ast.AsyncFunctionDef


def _said(case: Case) -> str:
    """What the failed assert says, in the words of the test; empty where no assert failed."""
    return message_of(case.error).partition("\nassert ")[0] if case.scenes and case.error is not None else ""


def loop_left_open(case: Case) -> Diagnosis | None:
    """An event loop is made by hand, and nothing closes it."""
    if "open" not in _said(case) or any(True for _ in _methods(case, "close")):
        return None
    lines = [*case.source.calls("asyncio.new_event_loop"), *case.source.calls("asyncio.get_event_loop")]
    if len(lines) != 1:
        return None
    return at(
        Frame("", lines[0], ""),
        "loop_left_open",
        "Nothing in the file closes the event loop that is taken{}. asyncio.run makes a loop, runs the coroutine, "
        "cancels what is left and closes the loop, whatever happens.",
    )


def second_loop(case: Case) -> Diagnosis | None:
    """A thread gets an event loop of its own."""
    said = _said(case)
    if "event loop" not in said or "another" not in said:
        return None
    inner = [
        (node.lineno, ast.unparse(node.func))
        for function in case.source.tree.body
        if isinstance(function, ast.AsyncFunctionDef) and function.name != "main"
        for node in ast.walk(function)
        if isinstance(node, ast.Call)
        and any(case.source._is(node.func, tool) for tool in ("asyncio.run", "asyncio.new_event_loop"))
    ]
    if len(inner) != 1:
        return None
    return at(
        Frame("", inner[0][0], ""),
        "second_loop",
        f"{inner[0][1]}{{}} makes another event loop, beside the one that runs this function. What belongs to the "
        "first one does not work there: asyncio.run_coroutine_threadsafe hands a coroutine to it from a thread.",
    )


def pool_left_open(case: Case) -> Diagnosis | None:
    """The threads of a pool are still there when the function has ended."""
    if "thread" not in _said(case) or "still there" not in _said(case):
        return None
    unwaited = [call for call in _methods(case, "shutdown") if _false(call, "wait")]
    if len(unwaited) == 1:
        return at(
            Frame("", unwaited[0].lineno, ""),
            "pool_left_open",
            "The shutdown{} tells the threads to end and does not wait until they have. Let the pool be closed where "
            "waiting blocks nobody: after all its jobs have ended.",
        )
    pools = [call for call in ast.walk(case.source.tree) if isinstance(call, ast.Call) and _is_pool(call)]
    inside = {
        item.context_expr
        for node in ast.walk(case.source.tree)
        if isinstance(node, ast.With | ast.AsyncWith)
        for item in node.items
    }
    if len(pools) == 1 and pools[0] not in inside and not any(True for _ in _methods(case, "shutdown")):
        return at(
            Frame("", pools[0].lineno, ""),
            "pool_left_open",
            "The pool is made{}, and nothing in the file shuts it down, so its threads stay. `with` around it does.",
        )
    return None


def in_a_thread(case: Case) -> Diagnosis | None:
    """Something runs in a thread, and the failed assert is about threads."""
    said = _said(case)
    if case.run.deadlock or not any(words in said for words in ("more threads than", "in another thread")):
        return None
    lines = [
        (line, tool)
        for tool in ("asyncio.to_thread", ".run_in_executor", "threading.Thread")
        for line in case.source.calls(tool)
    ]
    used = any(span.what in ("asyncio.to_thread", "a future") for task in case.run.tasks for span in task.spans)
    if len(lines) != 1 or not used:
        return None
    line, tool = lines[0]
    return at(
        Frame("", line, ""),
        "in_a_thread",
        f"{tool.removeprefix('.')}{{}} moves work into another thread. That is for calls that can only block; "
        "what can be awaited, or must stay in its thread, needs none.",
    )


def kept_for_ever(case: Case) -> Diagnosis | None:
    """Things are put into something, and nothing takes them out again."""
    if "in memory" not in _said(case):
        return None
    for name, line in sorted(_filled(case.source.tree), key=lambda found: found[1]):
        attribute = name.rpartition(".")[2]
        return at(
            Frame("", line, ""),
            "kept_for_ever",
            f"{attribute} is filled{{}}, and nothing in the file takes anything out of it again, so all that it holds "
            "stays in memory. Take out what has ended, as with add_done_callback, or let a weak container hold it.",
        )
    return None


def _filled(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """What methods put things into, with the line, where no method takes anything out."""
    text = ast.unparse(tree)
    for node in ast.walk(tree):
        name, line = "", getattr(node, "lineno", 0)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("add", "append"):
            name = ast.unparse(node.func.value)
        elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store):
            name = ast.unparse(node.value)
        if not name.startswith("self."):
            continue
        takes = (f"{name}.{word}" for word in ("discard", "remove", "pop", "clear", "difference_update"))
        weak = f"{name} = weakref" in text or f"{name} = Weak" in text
        kept = any(f"{name} = {made}" in text for made in ("[]", "{}", "set()", "dict()", "list()"))
        taken = any(take in text for take in takes) or f"del {name}[" in text
        if kept and not weak and not taken and text.count(f"{name} = ") + text.count(f"{name} -= ") == 1:
            yield name, line


def made_async(case: Case) -> Diagnosis | None:
    """A function that is called as an ordinary one is a coroutine function."""
    said = _said(case)
    if "coroutine" not in said or "plain def" in said:
        return None
    if not any(word in said for word in ("ordinary function", "return a future")):
        return None
    for node in ast.walk(case.source.tree):
        if isinstance(node, ast.AsyncFunctionDef) and node.name in said.split():
            return at(
                Frame("", node.lineno, ""),
                "made_async",
                f"{node.name} is declared with async def{{}}, so calling it runs nothing and gives a coroutine object. "
                "With a plain def it runs at once, when it is called.",
            )
    return None


def _methods(case: Case, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(case.source.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == name:
            yield node


def _false(call: ast.Call, name: str) -> bool:
    given = [each.value for each in call.keywords if each.arg == name] or call.args[:1]
    return any(isinstance(value, ast.Constant) and value.value is False for value in given)


def _is_pool(call: ast.Call) -> bool:
    return ast.unparse(call.func).rpartition(".")[2] == "ThreadPoolExecutor"
