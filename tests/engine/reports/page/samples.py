"""Documents of replays, written by hand: what a page must show can be read here."""

from __future__ import annotations

from typing import Any

Data = dict[str, Any]


def step(line: int, function: str = "main", **changed: str) -> Data:
    return {"line": line, "function": function, "changed": changed}


def turn(number: int, at: float, who: str, **more: Any) -> Data:
    """A turn; what is not said is left out, as in a recording."""
    return {"number": number, "at": at, "who": who, **more}


def task(name: str, coroutine: str, parent: str | None = None, ended: float = 0.0, outcome: str = "returned") -> Data:
    return {
        "name": name,
        "coroutine": coroutine,
        "parent": parent,
        "created": 0.0,
        "ended": ended,
        "outcome": outcome,
        "spans": [],
        "cancel_requests": [],
    }


def line(text: str, at: float, task: str, turn: int) -> Data:
    return {"text": text, "at": at, "task": task, "stream": "stdout", "turn": turn}


def play(label: str, file: str, code: str, elapsed: float, **more: Any) -> Data:
    given = {
        "message": "",
        "tasks": [],
        "blocks": [],
        "lines": [],
        "turns": [],
        "stopped": "",
        "outcome": "returned None",
    }
    return {"label": label, "file": file, "code": code, "first_line": 1, "elapsed": elapsed, **given, **more}


def document(title: str, *plays: Data, criterion: str = "") -> Data:
    return {"version": 1, "title": title, "criterion": criterion, "plays": list(plays)}


def timer(due: float, what: str) -> Data:
    return {"due": due, "what": what}


TASK_AND_COROUTINE = '''\
"""A task begins by itself; a coroutine object only where it is awaited."""

import asyncio


async def fetch(name, seconds):
    print(name, "begins")
    await asyncio.sleep(seconds)
    return name.upper()


async def main():
    task = asyncio.create_task(fetch("a", 2), name="fetch-a")
    print(await fetch("b", 1))
    print(await task)


asyncio.run(main())
'''


def task_and_coroutine() -> Data:
    """A task against an awaited coroutine, four turns."""
    turns = [
        turn(
            1,
            0.0,
            "Task-1",
            why="created",
            steps=[
                step(13),
                step(14, task="<Task fetch-a>"),
                step(7, "fetch", name="'b'", seconds="1"),
                step(8, "fetch"),
            ],
            deeds=[
                {"kind": "task", "what": "fetch-a", "line": 13},
                {"kind": "print", "what": "b begins", "line": 7},
                {"kind": "timer", "what": "sleep of Task-1", "line": 8, "due": 1.0},
            ],
            end="waits",
            on="asyncio.sleep(1)",
            line=8,
            function="fetch",
        ),
        turn(
            2,
            0.0,
            "fetch-a",
            why="created",
            timers=[timer(1.0, "sleep of Task-1")],
            steps=[step(7, "fetch", name="'a'", seconds="2"), step(8, "fetch")],
            deeds=[
                {"kind": "print", "what": "a begins", "line": 7},
                {"kind": "timer", "what": "sleep of fetch-a", "line": 8, "due": 2.0},
            ],
            end="waits",
            on="asyncio.sleep(2)",
            line=8,
            function="fetch",
        ),
        turn(
            3,
            1.0,
            "Task-1",
            why="timer",
            because="its sleep is over",
            timers=[timer(2.0, "sleep of fetch-a")],
            steps=[step(8, "fetch"), step(9, "fetch"), step(14), step(15)],
            deeds=[{"kind": "print", "what": "B", "line": 14}],
            end="waits",
            on="task fetch-a",
            on_tasks=["fetch-a"],
            line=15,
            function="main",
        ),
        turn(
            4,
            2.0,
            "fetch-a",
            why="timer",
            because="its sleep is over",
            steps=[step(8, "fetch"), step(9, "fetch")],
            deeds=[{"kind": "future", "what": "task fetch-a", "line": 0}],
            end="returned",
        ),
        turn(
            5,
            2.0,
            "Task-1",
            why="future",
            because="task fetch-a ended",
            steps=[step(15)],
            deeds=[{"kind": "print", "what": "A", "line": 15}],
            end="returned",
        ),
    ]
    return document(
        "A task and an awaited coroutine",
        play(
            "",
            "task_and_coroutine.py",
            TASK_AND_COROUTINE,
            2.0,
            turns=turns,
            tasks=[task("Task-1", "main", ended=2.0), task("fetch-a", "fetch", "Task-1", ended=2.0)],
            lines=[
                line("b begins", 0.0, "Task-1", 1),
                line("a begins", 0.0, "fetch-a", 2),
                line("B", 1.0, "Task-1", 3),
                line("A", 2.0, "Task-1", 5),
            ],
        ),
    )


ONE_BY_ONE = """\
import asyncio


async def fetch_all(fetch, urls):
    pages = []
    for url in urls:
        pages.append(await fetch(url))
    return pages
"""

TOGETHER = """\
import asyncio


async def fetch_all(fetch, urls):
    return await asyncio.gather(*(fetch(url) for url in urls))
"""


def one_by_one_and_together() -> Data:
    """Two plays of one criterion: three requests one after the other (3 s), and at once (1 s)."""
    first = [
        turn(
            1,
            0.0,
            "fetch_all",
            why="created",
            steps=[
                step(5, "fetch_all", urls="['a', 'b', 'c']"),
                step(6, "fetch_all", pages="[]"),
                step(7, "fetch_all", url="'a'"),
            ],
            deeds=[{"kind": "timer", "what": "sleep of fetch_all", "line": 7, "due": 1.0}],
            end="waits",
            on="fetch('a')",
            line=7,
            function="fetch_all",
        )
    ]
    for number, (url, following) in enumerate((("a", "b"), ("b", "c")), start=2):
        at = float(number - 1)
        first.append(
            turn(
                number,
                at,
                "fetch_all",
                why="timer",
                because="fetch is over",
                steps=[
                    step(7, "fetch_all"),
                    step(6, "fetch_all", pages=f"[... {url.upper()!r}]"),
                    step(7, "fetch_all", url=repr(following)),
                ],
                deeds=[{"kind": "timer", "what": "sleep of fetch_all", "line": 7, "due": at + 1}],
                end="waits",
                on=f"fetch({following!r})",
                line=7,
                function="fetch_all",
            )
        )
    first.append(
        turn(
            4,
            3.0,
            "fetch_all",
            why="timer",
            because="fetch is over",
            steps=[step(7, "fetch_all"), step(6, "fetch_all"), step(8, "fetch_all")],
            end="returned",
        )
    )
    names = ["Task-2", "Task-3", "Task-4"]
    second = [
        turn(
            1,
            0.0,
            "fetch_all",
            why="created",
            steps=[step(5, "fetch_all", urls="['a', 'b', 'c']")],
            deeds=[{"kind": "task", "what": name, "line": 5} for name in names],
            end="waits",
            on="gather of Task-2, Task-3, Task-4",
            on_tasks=names,
            line=5,
            function="fetch_all",
        )
    ]
    for number, name in enumerate(names, start=2):
        set_before = [timer(1.0, f"sleep of {other}") for other in names[: number - 2]]
        second.append(
            turn(
                number,
                0.0,
                name,
                why="created",
                ready=names[number - 1 :],
                timers=set_before,
                deeds=[{"kind": "timer", "what": f"sleep of {name}", "due": 1.0}],
                end="waits",
                on="asyncio.sleep(1)",
            )
        )
    for number, name in enumerate(names, start=5):
        second.append(
            turn(
                number,
                1.0,
                name,
                why="timer",
                because="its sleep is over",
                ready=names[number - 4 :],
                deeds=[{"kind": "future", "what": f"task {name}"}],
                end="returned",
            )
        )
    second.append(
        turn(8, 1.0, "fetch_all", why="future", because="gather is done", steps=[step(5, "fetch_all")], end="returned")
    )
    return document(
        "05.02 From wait to gather",
        play(
            "Yours",
            "02_wait_to_gather.py",
            ONE_BY_ONE,
            3.0,
            turns=first,
            tasks=[task("fetch_all", "fetch_all", ended=3.0)],
            outcome="returned ['A', 'B', 'C']",
            message="It took 3 seconds; three requests that wait together take 1.",
        ),
        play(
            "The solution",
            "02_wait_to_gather.py",
            TOGETHER,
            1.0,
            turns=second,
            outcome="returned ['A', 'B', 'C']",
            tasks=[
                task("fetch_all", "fetch_all", ended=1.0),
                *(task(name, "fetch", "fetch_all", 1.0) for name in names),
            ],
        ),
        criterion="Three 1-second requests take 1 second in all.",
    )


GROUP = """\
import asyncio


async def load(name, seconds, fails=False):
    await asyncio.sleep(seconds)
    if fails:
        raise ValueError(f"no such page: {name}")
    return name


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(load("slow", 3), name="slow")
            group.create_task(load("bad", 1, fails=True), name="bad")
    except* ValueError as errors:
        print("failed:", *errors.exceptions)


asyncio.run(main())
"""


def failing_group() -> Data:
    """A task group in which one of two fails, and the other is cancelled."""
    sleeps = [timer(1.0, "sleep of bad"), timer(3.0, "sleep of slow")]
    turns = [
        turn(
            1,
            0.0,
            "Task-1",
            why="created",
            steps=[step(12), step(13), step(14, group="<TaskGroup>"), step(15), step(13)],
            deeds=[{"kind": "task", "what": "slow", "line": 14}, {"kind": "task", "what": "bad", "line": 15}],
            end="waits",
            on="TaskGroup of slow, bad",
            on_tasks=["slow", "bad"],
            line=13,
            function="main",
        ),
        turn(
            2,
            0.0,
            "slow",
            why="created",
            ready=["bad"],
            steps=[step(5, "load", name="'slow'", seconds="3", fails="False")],
            deeds=[{"kind": "timer", "what": "sleep of slow", "line": 5, "due": 3.0}],
            end="waits",
            on="asyncio.sleep(3)",
            line=5,
            function="load",
        ),
        turn(
            3,
            0.0,
            "bad",
            why="created",
            timers=sleeps[1:],
            steps=[step(5, "load", name="'bad'", seconds="1", fails="True")],
            deeds=[{"kind": "timer", "what": "sleep of bad", "line": 5, "due": 1.0}],
            end="waits",
            on="asyncio.sleep(1)",
            line=5,
            function="load",
        ),
        turn(
            4,
            1.0,
            "",
            callback="set the result of bad's sleep",
            why="timer",
            timers=sleeps[1:],
            deeds=[{"kind": "future", "what": "sleep of bad"}],
        ),
        turn(
            5,
            1.0,
            "bad",
            why="timer",
            because="its sleep is over",
            timers=sleeps[1:],
            steps=[step(5, "load"), step(6, "load"), step(7, "load")],
            end="raised",
            error="ValueError: no such page: bad",
        ),
        turn(
            6,
            1.0,
            "",
            callback="TaskGroup._on_task_done",
            why="future",
            because="task bad ended",
            timers=sleeps[1:],
            deeds=[{"kind": "cancel", "what": "slow"}],
        ),
        turn(7, 1.0, "slow", why="cancelled", steps=[step(5, "load")], end="cancelled"),
        turn(
            8,
            1.0,
            "Task-1",
            why="future",
            because="task slow ended",
            steps=[step(13), step(16), step(17)],
            deeds=[{"kind": "print", "what": "failed: no such page: bad", "line": 17}],
            end="returned",
        ),
    ]
    return document(
        "A task group with an error",
        play(
            "",
            "failing_group.py",
            GROUP,
            1.0,
            turns=turns,
            tasks=[
                task("Task-1", "main", ended=1.0),
                task("slow", "load", "Task-1", 1.0, "cancelled"),
                task("bad", "load", "Task-1", 1.0, "raised"),
            ],
            lines=[line("failed: no such page: bad", 1.0, "Task-1", 8)],
        ),
    )


BLOCKING = """\
import asyncio
import time


async def heartbeat():
    for beat in range(3):
        print("beat", beat)
        await asyncio.sleep(1)


async def report():
    await asyncio.sleep(0.5)
    time.sleep(2)  # holds up everybody
    print("report written")


async def main():
    await asyncio.gather(heartbeat(), report())


asyncio.run(main())
"""


def many_turns(turns: int = 10_000, tasks: int = 40) -> Data:
    """A long play: tasks that take turns, and a sleep now and then."""
    names = [f"worker-{number}" for number in range(tasks)]
    taken = [
        turn(
            1,
            0.0,
            "Task-1",
            why="created",
            steps=[step(12)],
            end="waits",
            on=f"gather of {tasks} tasks",
            on_tasks=names,
            deeds=[{"kind": "task", "what": name, "line": 12} for name in names],
            line=12,
            function="main",
        )
    ]
    for number in range(2, turns + 1):
        place = (number - 2) % tasks
        at = float((number - 2) // (tasks * 10))
        behind = [names[(place + more) % tasks] for more in range(1, tasks)]
        taken.append(
            turn(
                number,
                at,
                names[place],
                why="gave way" if number > tasks + 1 else "created",
                ready=behind[:20],
                ready_more=max(0, len(behind) - 20),
                steps=[step(7, "work", count=str(number)), step(8, "work")],
                deeds=[{"kind": "print", "what": f"line {number}", "line": 7}],
                end="gave way",
                line=8,
                function="work",
            )
        )
    lines = [
        line(f"line {number}", taken[number - 1]["at"], taken[number - 1]["who"], number)
        for number in range(2, turns + 1)
    ]
    return document(
        "Ten thousand turns",
        play(
            "",
            "long.py",
            BLOCKING,
            taken[-1]["at"] + 1,
            turns=taken,
            lines=lines,
            tasks=[task("Task-1", "main"), *(task(name, "work", "Task-1") for name in names)],
        ),
    )


def blocking() -> Data:
    """Time.sleep in one task, while another one's sleep runs out."""
    turns = [
        turn(
            1,
            0.0,
            "Task-1",
            why="created",
            steps=[step(18)],
            deeds=[{"kind": "task", "what": "Task-2", "line": 18}, {"kind": "task", "what": "Task-3", "line": 18}],
            end="waits",
            on="gather of Task-2, Task-3",
            on_tasks=["Task-2", "Task-3"],
            line=18,
            function="main",
        ),
        turn(
            2,
            0.0,
            "Task-2",
            why="created",
            ready=["Task-3"],
            steps=[step(6, "heartbeat"), step(7, "heartbeat", beat="0"), step(8, "heartbeat")],
            deeds=[
                {"kind": "print", "what": "beat 0", "line": 7},
                {"kind": "timer", "what": "sleep of Task-2", "line": 8, "due": 1.0},
            ],
            end="waits",
            on="asyncio.sleep(1)",
            line=8,
            function="heartbeat",
        ),
        turn(
            3,
            0.0,
            "Task-3",
            why="created",
            timers=[timer(1.0, "sleep of Task-2")],
            steps=[step(12, "report")],
            deeds=[{"kind": "timer", "what": "sleep of Task-3", "line": 12, "due": 0.5}],
            end="waits",
            on="asyncio.sleep(0.5)",
            line=12,
            function="report",
        ),
        turn(
            4,
            0.5,
            "Task-3",
            why="timer",
            because="its sleep is over",
            timers=[timer(1.0, "sleep of Task-2")],
            steps=[step(12, "report"), step(13, "report"), step(14, "report")],
            deeds=[{"kind": "print", "what": "report written", "line": 14}],
            end="returned",
        ),
        turn(
            5,
            2.5,
            "Task-2",
            why="timer",
            because="its sleep is over",
            steps=[step(8, "heartbeat"), step(6, "heartbeat"), step(7, "heartbeat", beat="1"), step(8, "heartbeat")],
            deeds=[
                {"kind": "print", "what": "beat 1", "line": 7},
                {"kind": "timer", "what": "sleep of Task-2", "line": 8, "due": 3.5},
            ],
            end="waits",
            on="asyncio.sleep(1)",
            line=8,
            function="heartbeat",
        ),
        turn(
            6,
            3.5,
            "Task-2",
            why="timer",
            because="its sleep is over",
            steps=[step(8, "heartbeat"), step(6, "heartbeat"), step(7, "heartbeat", beat="2"), step(8, "heartbeat")],
            deeds=[
                {"kind": "print", "what": "beat 2", "line": 7},
                {"kind": "timer", "what": "sleep of Task-2", "line": 8, "due": 4.5},
            ],
            end="waits",
            on="asyncio.sleep(1)",
            line=8,
            function="heartbeat",
        ),
        turn(
            7,
            4.5,
            "Task-2",
            why="timer",
            because="its sleep is over",
            steps=[step(8, "heartbeat"), step(6, "heartbeat")],
            end="returned",
        ),
        turn(8, 4.5, "Task-1", why="future", because="gather is done", steps=[step(18)], end="returned"),
    ]
    return document(
        "A blocking sleep",
        play(
            "",
            "blocking.py",
            BLOCKING,
            4.5,
            turns=turns,
            tasks=[
                task("Task-1", "main", ended=4.5),
                task("Task-2", "heartbeat", "Task-1", 4.5),
                task("Task-3", "report", "Task-1", 2.5),
            ],
            blocks=[{"start": 0.5, "seconds": 2.0, "call": "time.sleep", "task": "Task-3", "line": 13}],
            lines=[
                line("beat 0", 0.0, "Task-2", 2),
                line("report written", 2.5, "Task-3", 4),
                line("beat 1", 2.5, "Task-2", 5),
                line("beat 2", 3.5, "Task-2", 6),
            ],
        ),
    )
