"""What `run` prints of thirty wrong answers, at 100 columns, as it was read and found good.

python -m tests.golden        writes them anew; read what git shows as changed before you keep it
"""

from __future__ import annotations

import contextlib
import io
import os
import tempfile
from pathlib import Path
from unittest import mock

from kata.cli import main
from kata.program import ROOT

__all__ = ["GOLDEN", "SHOWN", "printed"]

GOLDEN = Path(__file__).parent

SHOWN = [
    "01_coroutines/01_first_coroutine/wrong_forgotten_await",
    "01_coroutines/01_first_coroutine/wrong_plain_function",
    "01_coroutines/03_forgotten_await/wrong_only_the_last_is_awaited",
    "01_coroutines/06_what_can_be_awaited/wrong_one_after_another",
    "02_event_loop/05_starving_neighbours/wrong_yields_once_in_the_middle",
    "02_event_loop/07_countdown/wrong_error_is_lost",
    "03_blocking/01_blocking_sleep/wrong_only_one_replaced",
    "03_blocking/03_to_thread/wrong_one_thread_for_all",
    "03_blocking/04_chores/wrong_one_after_another",
    "03_blocking/04_chores/wrong_tasks_are_not_started_yet",
    "03_blocking/06_bounded_threads/wrong_one_thread",
    "04_tasks/01_first_task/wrong_create_and_await_in_one_line",
    "04_tasks/03_awaited_too_soon/wrong_in_a_comprehension",
    "04_tasks/05_fire_and_forget/wrong_only_the_last_is_kept",
    "04_tasks/07_done_callbacks/wrong_called_at_once",
    "05_gather_and_wait/02_wait_to_gather/wrong_order_of_arrival",
    "05_gather_and_wait/05_partial_failures/wrong_caught_around_gather",
    "05_gather_and_wait/07_first_one_wins/wrong_losers_run_on",
    "05_gather_and_wait/08_stop_on_first_error/wrong_still_gather",
    "05_gather_and_wait/10_wait_with_timeout/wrong_waits_for_the_late",
    "06_futures/01_promise/wrong_sets_twice",
    "06_futures/04_from_another_thread/wrong_call_soon",
    "07_task_groups/02_gather_to_group/wrong_order_of_arrival",
    "07_task_groups/05_sort_the_errors/wrong_one_kind_after_the_other",
    "07_task_groups/09_close_early/wrong_waits_for_all",
    "08_timeouts_and_cancellation/01_time_limit/wrong_limit_for_each",
    "08_timeouts_and_cancellation/03_clean_up/wrong_closes_at_the_end_only",
    "08_timeouts_and_cancellation/04_swallowed_cancel/wrong_break",
    "08_timeouts_and_cancellation/05_cancel_and_join/wrong_cancel_without_join",
    "08_timeouts_and_cancellation/09_moving_deadline/wrong_never_moves",
]


def printed(answer: str) -> str:
    """What `run` prints of an answer.

    Args:
        answer: its place below ``tests/answers``, without the ending.
    """
    chapter, exercise, _ = answer.split("/")
    text = (ROOT / "tests" / "answers" / f"{answer}.py").read_bytes()
    output = io.StringIO()
    with tempfile.TemporaryDirectory() as directory:
        file = Path(directory, chapter, f"{exercise}.py")
        file.parent.mkdir()
        file.write_bytes(text)
        with mock.patch.dict(os.environ, {"COLUMNS": "100"}), contextlib.redirect_stdout(output):
            main(["run", f"{chapter[:2]}.{exercise[:2]}", "--submission", directory, "--no-cache"])
        lines = output.getvalue().replace(directory, "DIRECTORY").splitlines()
    return "\n".join(line.rstrip() for line in lines) + "\n"
