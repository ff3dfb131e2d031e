"""Diagnoses of what is never given back, or runs where it should not: loops, pools, threads, memory."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from kata.contract.run import Frame
from kata.contract.scorecard import Diagnosis
from kata.judge.clean import at
from kata.judge.diagnosis.case import Case

__all__ = [
    "in_a_thread",
    "kept_for_ever",
    "loop_left_open",
    "made_async",
    "not_thread_safe",
    "pool_left_open",
    "second_loop",
]

_Function = ast.FunctionDef | ast.AsyncFunctionDef


def loop_left_open(case: Case) -> Diagnosis | None:
    """An event loop is made by hand, and nothing closes it, or only where no error comes."""
    facts = case.about("loop left open")
    if facts is None:
        return None
    closes = list(_methods(case, "close"))
    if len(closes) == 1 and facts.get("failed") and not _in_finally(case, closes[0]):
        return at(
            Frame("", closes[0].lineno, ""),
            "loop_left_open",
            "An error passes by the close{}, and the event loop stays open. What must happen in every case stands in a "
            "finally; asyncio.run closes the loop that it makes, after an error too.",
        )
    lines = [*case.source.calls("asyncio.new_event_loop"), *case.source.calls("asyncio.get_event_loop")]
    if closes or len(lines) != 1:
        return None
    made = "made" if case.source.calls("asyncio.new_event_loop") else "taken"
    return at(
        Frame("", lines[0], ""),
        "loop_left_open",
        f"Nothing in the file closes the event loop that is {made}{{}}. asyncio.run makes a loop, runs the coroutine "
        "in it and closes the loop, after an error too.",
    )


_LOOPS = ("asyncio.run", "asyncio.new_event_loop")


def second_loop(case: Case) -> Diagnosis | None:
    """A thread gets an event loop of its own, or each round of a loop does."""
    if case.about("several loops") is None:
        return None
    functions = [node for node in case.source.tree.body if isinstance(node, _Function) and node.name != "main"]
    made = [
        (function, node)
        for function in functions
        for node in ast.walk(function)
        if isinstance(node, ast.Call) and any(case.source.means(node.func, tool) for tool in _LOOPS)
    ]
    if len(made) != 1:
        return None
    function, call = made[0]
    place = Frame("", call.lineno, "")
    if isinstance(function, ast.AsyncFunctionDef):
        return at(
            place,
            "second_loop",
            f"{ast.unparse(call.func)}{{}} makes another event loop, beside the one that runs this function. What "
            "belongs to the first one does not work there: asyncio.run_coroutine_threadsafe hands a coroutine to it "
            "from a thread.",
        )
    if any(
        call in ast.walk(node) for node in ast.walk(function) if isinstance(node, ast.For | ast.While | _COMPREHENSION)
    ):
        return at(
            place,
            "second_loop",
            f"{ast.unparse(call.func)}{{}} stands in a loop and makes a new event loop in each round. Enter asyncio "
            "once, with one coroutine that does all of it.",
        )
    return None


_UNSAFE = ("set_result", "set_exception", "call_soon", "create_task", "ensure_future")
"""Methods that only the event loop's own thread may call."""


def not_thread_safe(case: Case) -> Diagnosis | None:
    """A function that another thread calls touches what belongs to the event loop's own thread."""
    if case.about("not woken") is None and case.about("raised in a thread") is None:
        return None
    found = sorted({call.lineno: call for function in _given_away(case) for call in _unsafe(case, function)}.items())
    if not found:
        return None
    line, call = found[0]
    if case.source.means(call.func, "asyncio.run"):
        return at(
            Frame("", line, ""),
            "not_thread_safe",
            "asyncio.run{} is called in another thread and starts an event loop of its own there; what happens in it "
            "does not wake the loop in which the coroutine waits. call_soon_threadsafe and run_coroutine_threadsafe "
            "hand a call or a coroutine over to that loop, and wake it.",
        )
    return at(
        Frame("", line, ""),
        "not_thread_safe",
        f"{ast.unparse(call.func)}{{}} is called in another thread, and that does not wake the event loop; it is made "
        "for the loop's own thread. call_soon_threadsafe and run_coroutine_threadsafe are made for others: they hand a "
        "call or a coroutine over, and wake the loop.",
    )


_Plain = ast.FunctionDef | ast.Lambda


def _given_away(case: Case) -> Iterator[_Plain]:
    """The plain functions inside a coroutine function that it hands to one of its parameters, or to a thread."""
    for outer in ast.walk(case.source.tree):
        if not isinstance(outer, ast.AsyncFunctionDef):
            continue
        parameters = {argument.arg for argument in outer.args.args}
        inner = {node.name: node for node in ast.walk(outer) if isinstance(node, ast.FunctionDef)}
        for call in ast.walk(outer):
            if not isinstance(call, ast.Call):
                continue
            callee = ast.unparse(call.func)
            if callee in parameters or case.source.means(call.func, "asyncio.to_thread"):
                for argument in call.args:
                    if isinstance(argument, ast.Lambda):
                        yield argument
                    elif isinstance(argument, ast.Name) and argument.id in inner:
                        yield inner[argument.id]


def _unsafe(case: Case, function: _Plain) -> Iterator[ast.Call]:
    """The calls in a function itself, and not in one inside it, that only the event loop's own thread may make."""
    left: list[ast.AST] = list(function.body) if isinstance(function, ast.FunctionDef) else [function.body]
    while left:
        node = left.pop()
        if isinstance(node, _Plain | ast.AsyncFunctionDef):
            continue
        left += ast.iter_child_nodes(node)
        if not isinstance(node, ast.Call):
            continue
        name = ast.unparse(node.func).rpartition(".")[2]
        event = name == "set" and bool(case.source.calls("asyncio.Event"))
        if name in _UNSAFE or event or case.source.means(node.func, "asyncio.run"):
            yield node


_COMPREHENSION = ast.ListComp | ast.DictComp | ast.SetComp | ast.GeneratorExp


def pool_left_open(case: Case) -> Diagnosis | None:
    """The threads of a pool are still there when the function has ended."""
    facts = case.about("threads left")
    if facts is None:
        return None
    shutdowns = list(_methods(case, "shutdown"))
    unwaited = [call for call in shutdowns if _false(call, "wait")]
    if len(unwaited) == 1:
        return at(
            Frame("", unwaited[0].lineno, ""),
            "pool_left_open",
            "The shutdown{} tells the threads to end and does not wait until they have. Let the pool be closed where "
            "waiting blocks nobody: after all its jobs have ended.",
        )
    if len(shutdowns) == 1 and facts.get("failed") and not _in_finally(case, shutdowns[0]):
        return at(
            Frame("", shutdowns[0].lineno, ""),
            "pool_left_open",
            "An error passes by the shutdown{}, and the threads of the pool stay. What must happen in every case "
            "stands in a finally, or is done by `with`.",
        )
    pools = [call for call in ast.walk(case.source.tree) if isinstance(call, ast.Call) and _is_pool(call)]
    inside = {
        item.context_expr
        for node in ast.walk(case.source.tree)
        if isinstance(node, ast.With | ast.AsyncWith)
        for item in node.items
    }
    if len(pools) == 1 and pools[0] not in inside and not shutdowns:
        return at(
            Frame("", pools[0].lineno, ""),
            "pool_left_open",
            "The pool is made{}, and nothing in the file shuts it down, so its threads stay. `with` around it does.",
        )
    return None


def in_a_thread(case: Case) -> Diagnosis | None:
    """Something runs in a thread, and none should be used."""
    if case.run.deadlock or case.about("thread used") is None:
        return None
    tools = ("asyncio.to_thread", ".run_in_executor", "threading.Thread")
    used = {tool: case.source.calls(tool) for tool in tools if case.source.calls(tool)}
    waited = any(
        span.what.startswith(("asyncio.to_thread", "loop.run_in_executor", "a future"))
        for task in case.run.tasks
        for span in task.spans
    )
    if len(used) != 1 or not waited:
        return None
    [(tool, lines)] = used.items()
    more = f" and in {len(lines) - 1} more place{'s' if len(lines) > 2 else ''}" if len(lines) > 1 else ""
    return at(
        Frame("", lines[0], ""),
        "in_a_thread",
        f"{tool.removeprefix('.')}{{}}{more} moves work into another thread. Threads are for calls that block and "
        "cannot be changed: what can be awaited needs none, and what belongs to the event loop stays in its thread.",
    )


def kept_for_ever(case: Case) -> Diagnosis | None:
    """Things are put into something, and nothing takes them out again, or only what ends well, or only at the end."""
    facts = case.about("kept in memory")
    if facts is None:
        return None
    for name, line in sorted(_filled(case.source.tree), key=lambda found: found[1]):
        attribute = name.rpartition(".")[2]
        takers = list(_takers(case.source.tree, name))
        where = Frame("", line, "")
        if not takers:
            keyed = f"{name}[" in case.text.splitlines()[line - 1]
            weak = " A weakref.WeakKeyDictionary drops what belongs to a task together with it." if keyed else ""
            return at(
                where,
                "kept_for_ever",
                f"{attribute} is filled{{}}, and nothing in the file takes anything out of it again, so all that it "
                f"holds stays in memory. Take out what has ended: add_done_callback can do that.{weak}",
            )
        if {function for function, _ in takers} == {facts.get("before")}:
            return at(
                where,
                "kept_for_ever",
                f"{attribute} is filled{{}}, and only {takers[0][0]} takes something out of it, which nobody had "
                "called yet. Let each thing go when it has ended, as add_done_callback does.",
            )
        if facts.get("failed_only") and len(takers) == 1 and _passed_by(case.source.tree, takers[0][1]):
            return at(
                Frame("", takers[0][1], ""),
                "kept_for_ever",
                f"An error passes by the place{{}} that takes something out of {attribute}, so what fails stays there. "
                "A finally, or a callback of add_done_callback, runs in every case.",
            )
    return None


def _filled(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """What methods put things into, an attribute that is made once and holds on to them, with the line."""
    text = ast.unparse(tree)
    for node in ast.walk(tree):
        name, line = "", getattr(node, "lineno", 0)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("add", "append"):
            name = ast.unparse(node.func.value)
        elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store):
            name = ast.unparse(node.value)
        if not name.startswith("self."):
            continue
        weak = f"{name} = weakref" in text or f"{name} = Weak" in text
        kept = any(f"{name} = {made}" in text for made in ("[]", "{}", "set()", "dict()", "list()"))
        if kept and not weak and text.count(f"{name} = ") + text.count(f"{name} -= ") == 1:
            yield name, line


_TAKES = ("discard", "remove", "pop", "clear", "difference_update")


def _takers(tree: ast.Module, name: str) -> Iterator[tuple[str, int]]:
    """Where something is taken out of an attribute, or may be: the method, and the line."""
    for function in ast.walk(tree):
        if not isinstance(function, _Function):
            continue
        for node in ast.walk(function):
            if not isinstance(node, ast.Attribute | ast.Subscript) or ast.unparse(node.value) != name:
                continue
            if isinstance(node.ctx, ast.Del) or (isinstance(node, ast.Attribute) and node.attr in _TAKES):
                yield function.name, node.lineno


def _passed_by(tree: ast.Module, line: int) -> bool:
    """True when a line stands after an await in the body of a try, so that an error of that await passes by it."""
    return any(
        isinstance(part, ast.Await)
        for node in ast.walk(tree)
        if isinstance(node, ast.Try)
        for place, statement in enumerate(node.body)
        if statement.lineno <= line <= (statement.end_lineno or statement.lineno)
        for before in node.body[:place]
        for part in ast.walk(before)
    )


def made_async(case: Case) -> Diagnosis | None:
    """A function that is called as an ordinary one is a coroutine function."""
    facts = case.about("coroutine")
    for node in ast.walk(case.source.tree):
        if facts is not None and isinstance(node, ast.AsyncFunctionDef) and node.name == facts["function"]:
            return at(
                Frame("", node.lineno, ""),
                "made_async",
                f"{node.name} is declared with async def{{}}, so calling it runs nothing and gives a coroutine object. "
                "With a plain def it runs at once, when it is called.",
            )
    return None


def _in_finally(case: Case, call: ast.Call) -> bool:
    return any(
        call in ast.walk(part)
        for node in ast.walk(case.source.tree)
        if isinstance(node, ast.Try)
        for part in node.finalbody
    )


def _methods(case: Case, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(case.source.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == name:
            yield node


def _false(call: ast.Call, name: str) -> bool:
    given = [each.value for each in call.keywords if each.arg == name] or call.args[:1]
    return any(isinstance(value, ast.Constant) and value.value is False for value in given)


def _is_pool(call: ast.Call) -> bool:
    return ast.unparse(call.func).rpartition(".")[2] == "ThreadPoolExecutor"
