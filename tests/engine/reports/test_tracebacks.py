"""What Python prints of an exception is one line to a learner, and their own lines stay as they are."""

from __future__ import annotations

import pytest

from kata.contract.run import Line
from kata.reports.timeline.tracebacks import digested

ENGINE = '  File "/srv/kata/player/stubs.py", line 268, in stub'
OWN = '  File "exercises/03_blocking/02_x.py", line 37, in ask'


def told(*texts: str, stream: str = "stderr") -> list[str]:
    return [line.text for line in digested([Line(text, 0, None, stream) for text in texts])]  # type: ignore[arg-type]


TRACEBACK = "Traceback (most recent call last):"
LOST = "a task failed, and nobody looked at it"
CHAIN = "During handling of the above exception, another exception occurred:"
CALLBACK = ("Exception in callback f()", "handle: <Handle f()>", TRACEBACK, ENGINE, OWN, "    f()", "    ^^^")
GROUP = ('  |   File "x.py", line 3, in f', "  | ExceptionGroup: two (2 sub-exceptions)", "  +-+------- 1 -------")


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (
            ("Task exception was never retrieved", "future: <Task>", TRACEBACK, ENGINE, "OSError: no"),
            f"{LOST}: OSError: no",
        ),
        ((*CALLBACK, "asyncio.exceptions.CancelledError"), "a callback failed: CancelledError, line 37"),
        (("Exception in thread T-1 (f):", TRACEBACK, OWN, "KeyError: 'x'"), "a thread failed: KeyError: 'x', line 37"),
        (("Task was destroyed but it is pending!", "task: <Task>"), "a task was thrown away before it had ended"),
        ((TRACEBACK, OWN, "OSError"), "an exception: OSError, line 37"),
        ((TRACEBACK, ENGINE, "KeyError", "", CHAIN, "", TRACEBACK, OWN, "OSError"), "an exception: OSError, line 37"),
        (
            (f"  + Exception Group {TRACEBACK}", *GROUP),
            "an exception: ExceptionGroup: two (2 sub-exceptions), line 3",
        ),
    ],
)
def test_a_traceback_is_one_line(texts: tuple[str, ...], said: str) -> None:
    assert told(*texts) == [said]
    assert told("before", *texts, *texts, "after it") == ["before", said, said, "after it"]


def test_what_is_printed_to_standard_output_stays_as_it_is() -> None:
    texts = ["Traceback (most recent call last):", OWN, "OSError"]
    assert told(*texts, stream="stdout") == texts


def test_a_traceback_that_breaks_off_ends_with_the_output() -> None:
    assert told("Traceback (most recent call last):", OWN) == ["an exception, line 37"]
