"""Random asyncio programs as plain source text: a seeded generator, and how to leave statements out.

A program is a handful of coroutine functions. Function ``w0`` is the main one; a function calls only later ones, so
that every program ends, or gets stuck. All waiting is in whole units ``U``.
"""

from __future__ import annotations

import dataclasses
import random
import sys
from collections.abc import Callable, Iterator

FUNCTIONS = 4
STATEMENTS = 5
DEPTH = 3


@dataclasses.dataclass(frozen=True)
class Statement:
    """One statement; ``number`` names it in the log and survives shrinking."""

    kind: str
    number: int
    args: tuple[int, ...] = ()
    bodies: tuple[tuple[Statement, ...], ...] = ()


Body = tuple[Statement, ...]


@dataclasses.dataclass(frozen=True)
class Program:
    """Functions ``w0``, ``w1``, … by their bodies. ``eager`` runs its tasks with the eager task factory."""

    functions: tuple[Body, ...]
    eager: bool = False

    @property
    def source(self) -> str:
        """The program's text: ``async def program(log, cancel, block, U)``."""
        return render(self)


# Generating ------------------------------------------------------------------------------------------------------

PLAIN = {
    "yield": 6, "set": 4, "clear": 1, "wait_event": 4, "acquire": 4, "condition_wait": 2, "notify": 3,
    "semaphore": 3, "put": 4, "get": 4, "lifo_put": 1, "lifo_get": 1, "task_done": 1, "join": 1, "spawn": 5,
    "await": 4, "gather": 4, "as_completed": 2, "wait": 2, "group": 3, "shield": 2, "cancel": 4, "fail": 2,
    "attempt": 4, "finally": 3, "feed": 3, "feeder": 3, "call_soon": 2, "resolve": 2, "future": 2, "barrier": 1,
    "generate": 1, "uncancel": 1, "condition_for": 2, "heap_put": 1, "heap_get": 1, "callback": 2, "context": 2,
    "called_off": 2, "growing_group": 2,
}  # fmt: skip
TIMED = {
    "sleep": 14, "timeout": 5, "wait_for": 3, "call_later": 3, "thread": 2, "wait_some": 2, "at": 1, "reschedule": 2,
    "wait_for_event": 3, "thread_sets": 2,
}  # fmt: skip
"""Kinds of statements with their weights; the second lot needs a clock."""


def generate(rng: random.Random, *, timed: bool) -> Program:
    """A random program; one that is not ``timed`` never waits for time to pass."""
    return _Generator(rng, timed).program()


class _Generator:
    def __init__(self, rng: random.Random, timed: bool) -> None:
        self.rng = rng
        weights = {**PLAIN, **TIMED} if timed else PLAIN
        self.kinds, self.weights = list(weights), list(weights.values())
        self.number = 0

    def program(self) -> Program:
        count = self.rng.randint(2, FUNCTIONS)
        bodies = tuple(self.body(index, count, 0) for index in range(count))
        eager = sys.version_info >= (3, 12) and self.rng.random() < 0.1
        return Program(bodies, eager)

    def body(self, function: int, count: int, depth: int) -> Body:
        most = STATEMENTS + (2 if function == 0 else 0) - depth
        body = [self.statement(function, count, depth) for _ in range(self.rng.randint(1, max(most, 1)))]
        if function == 0 and depth == 0:  # something must go on at once, and somebody must keep it going
            starts = [self.statement(0, count, 0, kind) for kind in ("spawn", "spawn", "feeder")]
            body = starts + body + [self.statement(0, count, 0, "await") for _ in range(2)]
        return tuple(body)

    def statement(self, function: int, count: int, depth: int, wanted: str = "") -> Statement:
        rng = self.rng
        while True:
            kind = wanted or rng.choices(self.kinds, self.weights)[0]
            calls = _CALLS.get(kind)
            if calls and function + 1 >= count:
                continue
            nested = _NESTED.get(kind, 0)
            if nested and depth + 1 >= DEPTH:
                continue
            break
        self.number += 1
        number = self.number
        args = [rng.randint(0, 9)]
        if calls:
            args += [rng.randrange(function + 1, count) for _ in range(rng.choice(calls))]
        bodies = tuple(self.body(function, count, depth + 1) for _ in range(nested))
        return Statement(kind, number, tuple(args), bodies)


_CALLS = {
    "spawn": (1,), "gather": (1, 2, 3), "as_completed": (2, 3), "wait": (2, 3), "group": (1, 2, 3), "shield": (1,),
    "wait_for": (1,), "wait_some": (1, 2, 3), "called_off": (1, 2), "growing_group": (2,),
}  # fmt: skip
"""Statements that call other functions, and how many."""

_NESTED = {"acquire": 1, "semaphore": 1, "timeout": 1, "attempt": 1, "finally": 2, "reschedule": 1}
"""Statements that hold others."""


# Rendering -------------------------------------------------------------------------------------------------------

_SETTING = """\
import asyncio
import contextvars

mark = contextvars.ContextVar("mark", default=0)


async def program(log, cancel, block, U):
    events = [asyncio.Event() for _ in range(2)]
    locks = [asyncio.Lock() for _ in range(2)]
    conditions = [asyncio.Condition() for _ in range(2)]
    semaphores = [asyncio.Semaphore(1), asyncio.BoundedSemaphore(2)]
    queues = [asyncio.Queue(), asyncio.Queue(1)]
    lifo = asyncio.LifoQueue(2)
    heap = asyncio.PriorityQueue(2)
    barrier = asyncio.Barrier(2)
    future = asyncio.get_running_loop().create_future()
    loop = asyncio.get_running_loop()
    spawned = []

    async def count(me):
        try:
            for number in range(3):
                await asyncio.sleep(0)
                yield number
        finally:
            log(me, "generator closed")

    def set_later(number, seconds):
        block(seconds)
        loop.call_soon_threadsafe(events[number].set)

    async def feed(me, rounds):
        for _ in range(rounds):
            await asyncio.sleep(0)
            for event in events:
                event.set()
            for queue in queues:
                if queue.empty():
                    queue.put_nowait(me)
                elif queue.full():
                    queue.get_nowait()
            for condition in conditions:
                async with condition:
                    condition.notify_all()
        log(me, "fed")
"""


def render(program: Program) -> str:
    """The text of a program."""
    lines = [_SETTING]
    for index, body in enumerate(program.functions):
        lines.append(f"    async def w{index}(me):")
        lines += [f"        {line}" for line in _lines(body)]
        lines.append("        return me\n")
    lines.append('    return await w0("w0")')
    return "\n".join(lines) + "\n"


def _lines(body: Body) -> Iterator[str]:
    if not body:
        yield "pass"
    for statement in body:
        yield from _RENDER[statement.kind](statement)
        yield f"log(me, {statement.number})"


def _inside(body: Body) -> list[str]:
    return [f"    {line}" for line in _lines(body)]


def _simple(template: str) -> Callable[[Statement], Iterator[str]]:
    def lines(statement: Statement) -> Iterator[str]:
        a = statement.args[0]
        yield from template.format(
            n=statement.number, pair=a % 2, units=a % 4 + 1, few=a % 2 + 1, any=a, late=a % 3 + 2
        ).splitlines()

    return lines


def _coroutines(statement: Statement) -> list[str]:
    return [
        f'w{function}(f"{{me}}.{statement.number}{letter}")'
        for function, letter in zip(statement.args[1:], "abc", strict=False)
    ]


def _call(template: str) -> Callable[[Statement], Iterator[str]]:
    def lines(statement: Statement) -> Iterator[str]:
        calls = _coroutines(statement)
        tasks = [f"asyncio.create_task({call}, name={call[3:-1]})" for call in calls]
        a = statement.args[0]
        yield from template.format(
            n=statement.number,
            first=calls[0],
            calls=", ".join(calls),
            task=tasks[0],
            tasks=", ".join(tasks),
            flag=bool(a % 2),
            when=("FIRST_COMPLETED", "FIRST_EXCEPTION", "ALL_COMPLETED")[a % 3],
            units=a % 4 + 1,
            creates="\n".join(f"        group.create_task({call}, name={call[3:-1]})" for call in calls),
        ).splitlines()

    return lines


def _around(head: str) -> Callable[[Statement], Iterator[str]]:
    def lines(statement: Statement) -> Iterator[str]:
        a = statement.args[0]
        yield head.format(pair=a % 2, units=a % 4 + 1)
        yield from _inside(statement.bodies[0])

    return lines


def _timeout(statement: Statement) -> Iterator[str]:
    yield "try:"
    yield f"    async with asyncio.timeout({statement.args[0] % 4 + 1} * U):"
    yield from (f"    {line}" for line in _inside(statement.bodies[0]))
    yield "except TimeoutError:"
    yield f'    log(me, "{statement.number} timed out")'


def _reschedule(statement: Statement) -> Iterator[str]:
    yield "try:"
    yield f"    async with asyncio.timeout({statement.args[0] % 4 + 1} * U) as limit:"
    yield f"        limit.reschedule(loop.time() + {statement.args[0] % 3 + 1} * U)"
    yield from (f"    {line}" for line in _inside(statement.bodies[0]))
    yield "except TimeoutError:"
    yield f'    log(me, "{statement.number} timed out")'


def _attempt(statement: Statement) -> Iterator[str]:
    yield "try:"
    yield from _inside(statement.bodies[0])
    yield "except (Exception, asyncio.CancelledError) as error:"
    yield f'    log(me, f"{statement.number} caught {{type(error).__name__}}")'
    if statement.args[0] % 3 == 0:
        yield "    raise"


def _finally(statement: Statement) -> Iterator[str]:
    yield "try:"
    yield from _inside(statement.bodies[0])
    yield "finally:"
    yield f'    log(me, "{statement.number} finally")'
    yield from _inside(statement.bodies[1])


_CATCH = """
except (Exception, asyncio.CancelledError) as error:
    log(me, f"{n} caught {{type(error).__name__}}")"""

_RENDER: dict[str, Callable[[Statement], Iterator[str]]] = {
    "yield": _simple("await asyncio.sleep(0)"),
    "sleep": _simple("await asyncio.sleep({units} * U)"),
    "set": _simple("events[{pair}].set()"),
    "clear": _simple("events[{pair}].clear()"),
    "wait_event": _simple("await events[{pair}].wait()"),
    "acquire": _around("async with locks[{pair}]:"),
    "condition_wait": _simple("async with conditions[{pair}]:\n    await conditions[{pair}].wait()"),
    "notify": _simple("async with conditions[{pair}]:\n    conditions[{pair}].notify({few})"),
    "semaphore": _around("async with semaphores[{pair}]:"),
    "put": _simple("await queues[{pair}].put({n})"),
    "get": _simple('log(me, f"{n} got {{await queues[{pair}].get()}}")'),
    "lifo_put": _simple("await lifo.put({n})"),
    "lifo_get": _simple('log(me, f"{n} got {{await lifo.get()}}")'),
    "task_done": _simple("try:\n    queues[{pair}].task_done()\nexcept ValueError:\n    log(me, '{n} too often')"),
    "join": _simple("await queues[{pair}].join()"),
    "spawn": _call("spawned.append({task})"),
    "await": _simple(  # only tasks that were made later, so that nobody waits for himself in a circle
        "others = [task for task in spawned if task.number > asyncio.current_task().number]\n"
        'if others:\n    try:\n        log(me, f"{n} {{await others[{any} % len(others)]}}")'
        + _CATCH.replace("\n", "\n    ")
    ),
    "gather": _call(
        'try:\n    value = await asyncio.gather({calls}, return_exceptions={flag})\n    log(me, f"{n} {{value}}")'
        + _CATCH
    ),
    "as_completed": _call(
        'for first in asyncio.as_completed([{tasks}]):\n    try:\n        log(me, f"{n} {{await first}}")'
        + _CATCH.replace("\n", "\n    ")
    ),
    "wait": _call(
        "done, pending = await asyncio.wait([{tasks}], return_when=asyncio.{when})\n"
        'log(me, f"{n} {{sorted(task.get_name() for task in done)}} {{sorted(task.get_name() for task in pending)}}")'
    ),
    "wait_some": _call(
        "done, pending = await asyncio.wait([{tasks}], timeout={units} * U)\n"
        'log(me, f"{n} {{sorted(task.get_name() for task in done)}} {{sorted(task.get_name() for task in pending)}}")'
    ),
    "group": _call(
        "try:\n    async with asyncio.TaskGroup() as group:\n{creates}\n"
        "except* Exception as errors:\n"
        '    log(me, f"{n} group {{[type(error).__name__ for error in errors.exceptions]}}")'
    ),
    "shield": _call('try:\n    value = await asyncio.shield({first})\n    log(me, f"{n} {{value}}")' + _CATCH),
    "wait_for": _call(
        'try:\n    value = await asyncio.wait_for({first}, {units} * U)\n    log(me, f"{n} {{value}}")' + _CATCH
    ),
    "cancel": _simple("log(me, f'{n} cancels {{cancel({any})}}')"),
    "uncancel": _simple("log(me, f'{n} {{asyncio.current_task().cancelling()}}')"),
    "fail": _simple("raise ValueError({n})"),
    "attempt": _attempt,
    "finally": _finally,
    "timeout": _timeout,
    "reschedule": _reschedule,
    "condition_for": _simple(
        "async with conditions[{pair}]:\n    await conditions[{pair}].wait_for(events[{pair}].is_set)"
    ),
    "heap_put": _simple("await heap.put({any})"),
    "heap_get": _simple('log(me, f"{n} got {{await heap.get()}}")'),
    "callback": _simple(
        "if spawned:\n    spawned[{any} % len(spawned)].add_done_callback("
        'lambda task: log(me, f"{n} saw the end of {{task.get_name()}}"))'
    ),
    "context": _simple('log(me, f"{n} was {{mark.get()}}")\nmark.set({n})'),
    "called_off": _call(
        "both = asyncio.gather({calls}, return_exceptions={flag})\nloop.call_soon(both.cancel)\n"
        'try:\n    log(me, f"{n} {{await both}}")' + _CATCH
    ),
    "growing_group": _call(
        "try:\n    async with asyncio.TaskGroup() as group:\n"
        "        async def grow(coroutine):\n"
        '            group.create_task(coroutine, name=f"{{me}}.{n}grown")\n'
        "            await asyncio.sleep(0)\n"
        "        for coroutine in [{calls}]:\n"
        '            group.create_task(grow(coroutine), name=f"{{me}}.{n}grows")\n'
        "except* Exception as errors:\n"
        '    log(me, f"{n} group {{[type(error).__name__ for error in errors.exceptions]}}")'
    ),
    "wait_for_event": _simple(
        "try:\n    await asyncio.wait_for(events[{pair}].wait(), {units} * U)\n"
        'except TimeoutError:\n    log(me, "{n} late")'
    ),
    "thread_sets": _simple("await asyncio.to_thread(set_later, {pair}, {units} * U)"),
    "call_soon": _simple('loop.call_soon(log, me, "{n} called")'),
    "call_later": _simple('loop.call_later({units} * U, log, me, "{n} called")'),
    "at": _simple("loop.call_at(loop.time() + {late} * U, events[{pair}].set)"),
    "feed": _simple('await feed(f"{{me}}.{n}", {few})'),
    "feeder": _simple('spawned.append(asyncio.create_task(feed(f"{{me}}.{n}", {any} + 2), name=f"{{me}}.{n}"))'),
    "resolve": _simple("if not future.done():\n    future.set_result({n})"),
    "future": _simple('log(me, f"{n} {{await asyncio.shield(future)}}")'),
    "barrier": _simple(
        'try:\n    log(me, f"{n} {{await barrier.wait()}}")\nexcept asyncio.BrokenBarrierError:\n    log(me, "broken")'
    ),
    "generate": _simple(
        "numbers = count(me)\nasync for number in numbers:\n    if number == {any} % 4:\n        break\n"
        "await numbers.aclose()"
    ),
    "thread": _simple("await asyncio.to_thread(block, {units} * U)"),
}


# Shrinking -------------------------------------------------------------------------------------------------------


def smaller(program: Program) -> Iterator[Program]:
    """Programs with one statement less, or one statement replaced by what it holds; the boldest cuts first."""
    for index, body in enumerate(program.functions):
        for changed in _smaller_body(body):
            functions = (*program.functions[:index], changed, *program.functions[index + 1 :])
            yield dataclasses.replace(program, functions=functions)
    if program.eager:
        yield dataclasses.replace(program, eager=False)


def _smaller_body(body: Body) -> Iterator[Body]:
    for index in range(len(body)):
        yield (*body[:index], *body[index + 1 :])
    for index, statement in enumerate(body):
        for inner in statement.bodies:
            yield (*body[:index], *inner, *body[index + 1 :])
        for place, inner in enumerate(statement.bodies):
            for changed in _smaller_body(inner):
                bodies = (*statement.bodies[:place], changed, *statement.bodies[place + 1 :])
                yield (*body[:index], dataclasses.replace(statement, bodies=bodies), *body[index + 1 :])
        if len(statement.args) > 2:
            for place in range(1, len(statement.args)):
                args = (*statement.args[:place], *statement.args[place + 1 :])
                yield (*body[:index], dataclasses.replace(statement, args=args), *body[index + 1 :])


def shrink(program: Program, fails: Callable[[Program], bool], tries: int = 2000) -> Program:
    """The smallest program found, by greedy cuts, that still ``fails``."""
    found = True
    while found and tries > 0:
        found = False
        for candidate in smaller(program):
            tries -= 1
            if tries <= 0:
                break
            if fails(candidate):
                program, found = candidate, True
                break
    return program
