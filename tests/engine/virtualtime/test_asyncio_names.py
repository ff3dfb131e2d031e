"""Every private name that the program depends on is there on this Python, and none is used that is not listed."""

from __future__ import annotations

import ast
import asyncio
import importlib
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from kata.virtualtime import VirtualLoop, asyncio_names
from kata.virtualtime.waits import awaits, waiting_for

KATA = Path(__file__).resolve().parents[3] / "kata"


@pytest.fixture
def owners():
    """An object of each kind that has names in the table, by the name of its row."""
    loop = asyncio.SelectorEventLoop()
    task = loop.create_task(asyncio.sleep(0))
    with ThreadPoolExecutor(1) as pool:
        yield {
            "OF_A_LOOP": loop,
            "OF_A_TASK": task,
            "OF_A_HANDLE": loop.call_soon(print),
            "OF_A_TIMER": loop.call_later(1, print),
            "OF_A_GATHER": asyncio.gather(loop.create_future()),
            "OF_A_GROUP": asyncio.TaskGroup(),
            "OF_A_SELECTOR": loop._selector,
            "OF_A_CONDITION": threading.Condition(),
            "OF_A_THREAD_POOL": pool,
            "OF_A_POOL_FUTURE": Future(),
        }
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        loop.run_until_complete(task)
    loop.close()


ROWS = [name for name in vars(asyncio_names) if name.startswith("OF_A_")]


@pytest.mark.parametrize("row", ROWS)
def test_objects_have_the_names_of_their_row(owners, row: str) -> None:
    assert asyncio_names.missing(owners[row], getattr(asyncio_names, row)) == []


@pytest.mark.parametrize("module", asyncio_names.OF_MODULES)
def test_modules_have_the_names_of_their_row(module: str) -> None:
    assert asyncio_names.missing(importlib.import_module(module), asyncio_names.OF_MODULES[module]) == []


def test_a_name_that_is_not_there_is_told() -> None:
    assert asyncio_names.missing(asyncio, ("run", "nothing", "Task.nothing")) == ["nothing", "Task.nothing"]


def test_no_private_name_of_these_objects_is_used_that_is_not_in_the_table(owners) -> None:
    listed = {name.rpartition(".")[2] for row in ROWS for name in getattr(asyncio_names, row)}
    listed |= {name.rpartition(".")[2] for names in asyncio_names.OF_MODULES.values() for name in names}
    listed.add(asyncio_names.AWAITED)
    modules = [importlib.import_module(module) for module in asyncio_names.OF_MODULES]
    for room in ("virtualtime", "player"):
        for path in sorted((KATA / room).glob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            own = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
            own |= {
                node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and type(node.ctx) is ast.Store
            }
            used = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
            private = {name for name in used - own if name.startswith("_") and not name.startswith("__")}
            foreign = {name for name in private if any(hasattr(owner, name) for owner in [*owners.values(), *modules])}
            assert foreign <= listed, f"{path.name} uses {', '.join(sorted(foreign - listed))}"


async def _take_lock() -> None:
    lock = asyncio.Lock()
    async with lock, lock:
        pass


async def _read() -> None:
    await asyncio.StreamReader().readline()


async def _read_lines() -> None:
    async for _ in asyncio.StreamReader():
        pass


async def _take_as_completed() -> None:
    never = asyncio.get_running_loop().create_future()
    for coming in asyncio.as_completed([never]):
        await coming


async def _leave_a_group() -> None:
    async with asyncio.TaskGroup() as group:
        group.create_task(asyncio.Event().wait())


async def _join_a_queue() -> None:
    queue: asyncio.Queue[int] = asyncio.Queue()
    queue.put_nowait(1)
    await queue.join()


async def _wait_for_an_event() -> None:
    await asyncio.wait_for(asyncio.Event().wait(), 1e9)


async def _wait_for_a_predicate() -> None:
    condition = asyncio.Condition()
    async with condition:
        await condition.wait_for(lambda: False)


async def _wait() -> None:
    await asyncio.wait([asyncio.get_running_loop().create_future()])


async def _arrive() -> None:
    await asyncio.Barrier(2).wait()


@pytest.mark.parametrize(
    ("main", "what"),
    [
        (_take_lock, "asyncio.Lock.acquire"),
        (_read, "asyncio.StreamReader.readline"),
        (_read_lines, "asyncio.StreamReader.readline"),
        (_take_as_completed, "asyncio.as_completed"),
        (_leave_a_group, "asyncio.TaskGroup.__aexit__"),
        (_join_a_queue, "asyncio.Queue.join"),
        (_wait_for_an_event, "asyncio.wait_for"),
        (_wait_for_a_predicate, "asyncio.Condition.wait_for"),
        (_wait, "asyncio.wait"),
        (_arrive, "asyncio.Barrier.wait"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_task_waits_for_the_call_that_the_program_wrote(main, what: str) -> None:
    async def look() -> str:
        task = asyncio.create_task(main())
        for _ in range(5):
            await asyncio.sleep(0)
        told = waiting_for(task, list(awaits(task.get_coro())))
        task.cancel()
        await asyncio.wait([task])
        return told

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        assert runner.run(look()) == what
