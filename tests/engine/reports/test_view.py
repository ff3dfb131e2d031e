"""A part of a recording: what begins before it, ends after it, and has nothing to do with it."""

from __future__ import annotations

import itertools

from kata.contract.run import Block, Line, Run, Span, TaskRecord
from kata.contract.values import Failure
from kata.reports.timeline import Timeline, View


def life(name: str, *moments: float, parent: str | None = None) -> TaskRecord:
    """A task that sleeps from one moment to the next, and fails at the last."""
    spans = [Span("running", moments[0], moments[0], 1)]
    for order, (start, end) in enumerate(itertools.pairwise(moments), 2):
        spans += [Span("waiting", start, end, order, "asyncio.sleep"), Span("running", end, end, order)]
    error = Failure("ValueError", "no")
    return TaskRecord(name, "work", moments[0], parent, None, spans, [], "raised", moments[-1], error)


RUN = Run(
    tasks=[life("main", 0, 4, 10), life("early", 0, 1, 2), life("late", 8, 9), life("middle", 4, 5, 6)],
    lines=[Line("first", 1.0, "early"), Line("second", 5.0, "middle"), Line("third", 9.0, "late")],
    blocks=[Block(4.0, 3.0, "time.sleep", "middle")],
    elapsed=10.0,
)


def drawn(view: View) -> list[str]:
    return [text.plain for text in Timeline(RUN, view=view).texts(80, "utf-8")]


def test_tasks_that_live_elsewhere_are_left_out_and_others_are_cut() -> None:
    part = View(start=3, end=7).of(RUN)
    assert [task.name for task in part.tasks] == ["main", "middle"]
    main, middle = part.tasks
    assert [(span.start, span.end) for span in main.spans] == [(3, 4), (4, 4), (4, 7)]
    assert (main.outcome, main.ended, main.error) == ("pending", None, None)
    assert (middle.outcome, middle.ended) == ("raised", 6)
    assert [line.text for line in part.lines] == ["second"]
    assert [(block.start, block.seconds) for block in part.blocks] == [(3, 4)]
    assert part.elapsed == 7


def test_a_part_keeps_its_seconds() -> None:
    ruler, *rows = drawn(View(start=3, end=7))
    assert ruler.split()[0].startswith("3s") and ruler.split()[-1].startswith("7s")
    assert rows[0].startswith("main       ─ sleep") and rows[0].endswith("▸")


def test_where_nothing_is_nothing_is_drawn() -> None:
    assert not Timeline(RUN, view=View(("early",), 5, 7)) and Timeline(RUN, view=View(("early",)))


def test_all_of_a_recording_stays_what_it_is() -> None:
    assert View().of(RUN) == RUN
    assert drawn(View()) == [text.plain for text in Timeline(RUN).texts(80, "utf-8")]


def test_tasks_are_found_by_their_names_and_functions_and_by_patterns() -> None:
    shown = [task.name for task in RUN.tasks if View(only=("m*", "late")).shows(task)]
    assert shown == ["main", "late", "middle"]
    assert all(View(only=("work",)).shows(task) for task in RUN.tasks)
    assert [line.text for line in View(only=("early",)).of(RUN).lines] == ["first"]


def test_a_task_whose_steps_there_are_not_recorded_says_so() -> None:
    import msgspec

    cut = msgspec.structs.replace(RUN.tasks[0], spans=RUN.tasks[0].spans[:1])
    (task,) = View(start=5, end=7).of(Run(tasks=[cut], elapsed=10.0)).tasks
    assert (task.spans, task.steps_dropped) == ([], 1)
