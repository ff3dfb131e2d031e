"""What is written into a wait: as much as there is room for, and never at the cost of what it is."""

from __future__ import annotations

from kata.contract.run import Frame, Run, Span, TaskRecord
from kata.reports.timeline import Timeline
from kata.reports.timeline.labels import labels, short_names

LINE = Frame("script.py", 14, "main")


def wait(what: str, **more: object) -> Span:
    return Span("waiting", 0.0, 2.0, 1, what, LINE, **more)  # type: ignore[arg-type]


def test_a_sleep_says_its_length_and_its_line() -> None:
    assert list(labels(wait("asyncio.sleep", asked=0.5))) == ["sleep(0.5) :14", "sleep(0.5)", "sleep :14", "sleep"]


def test_a_gather_says_its_tasks_or_how_many() -> None:
    two = wait("gather", on=["Task-2", "fetch"])
    assert list(labels(two)) == [
        "gather(Task-2, fetch) :14", "gather(2 tasks) :14", "gather(2 tasks)", "gather :14", "gather"
    ]  # fmt: skip
    many = wait("asyncio.TaskGroup.__aexit__", on=["a", "b"], on_dropped=998)
    assert next(labels(many)) == "TaskGroup(1,000 tasks) :14"


def test_a_task_that_is_awaited_is_named_once() -> None:
    assert next(labels(wait("task fetch", on=["fetch"]))) == "task fetch :14"


def test_tasks_with_numbers_in_a_row_are_named_as_one() -> None:
    assert short_names([f"Task-{number}" for number in (2, 3, 5, 6, 7, 9)]) == [
        "Task-2",
        "Task-3",
        "Task-5..7",
        "Task-9",
    ]
    assert short_names(["a-1", "b-2", "-3", "x", ""]) == ["a-1", "b-2", "-3", "x", ""]


def drawn(width: int) -> str:
    spans = [Span("running", 0, 0, 1), wait("asyncio.sleep", asked=2.0), Span("running", 2, 2, 2)]
    run = Run(tasks=[TaskRecord("main", "main", 0.0, spans=spans, outcome="returned", ended=2.0)], elapsed=2.0)
    return "\n".join(text.plain for text in Timeline(run).texts(width, "utf-8"))


def test_a_narrow_picture_says_less_and_keeps_the_call() -> None:
    assert "─ sleep(2) :14 ─" in drawn(80)
    spans = [Span("running", 0, 0, 1), wait("asyncio.sleep", asked=2.0), Span("running", 2, 2, 2)]
    others = [Span("running", float(second), float(second), second) for second in range(2, 6)]
    tasks = [TaskRecord("main", "main", 0.0, spans=[*spans, *others], outcome="returned", ended=5.0)]
    narrow = "\n".join(text.plain for text in Timeline(Run(tasks=tasks, elapsed=5.0)).texts(40, "utf-8"))
    assert " sleep(2) " in narrow and ":14" not in narrow


def test_the_last_step_of_a_task_that_goes_on_is_seen() -> None:
    spans = [
        Span("running", 0, 0, 1),
        Span("waiting", 0, 1, 2, "asyncio.sleep"),
        Span("running", 1, 1, 2),
        Span("waiting", 1, 1, 2, "asyncio.sleep"),
    ]
    run = Run(tasks=[TaskRecord("main", "main", 0.0, spans=spans)], elapsed=1.0)
    picture = [text.plain for text in Timeline(run).texts(80, "utf-8")]
    assert picture[1].endswith("─●▸")


def test_of_very_many_tasks_of_one_kind_a_few_stand_for_all() -> None:
    spans = [
        [Span("running", 0, 0, number), Span("waiting", 0, number, number, "asyncio.sleep")] for number in range(200)
    ]
    tasks = [TaskRecord(f"t{number}", "fetch", 0.0, spans=each) for number, each in enumerate(spans)]
    picture = [text.plain for text in Timeline(Run(tasks=tasks, elapsed=200.0), rows=9).texts(80, "utf-8")]
    assert sum(row.startswith("t") for row in picture) == 4
    assert "(196 more tasks, all not finished)" in picture


def test_the_end_of_a_generator_is_headed_by_its_name() -> None:
    task = TaskRecord("Task-9", "main.<locals>.ticks.aclose", 0.0, spans=[Span("running", 0, 0, 1)])
    head = next(text.plain for text in Timeline(Run(tasks=[task])).texts(80, "utf-8") if "Task-9" in text.plain)
    assert head.startswith("Task-9 ticks.aclose")
