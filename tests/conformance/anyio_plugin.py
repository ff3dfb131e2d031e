"""A pytest plugin that runs anyio's own tests on `VirtualLoop`.

They come with anyio's source distribution. In there, in an environment with anyio's test requirements, freezegun
and msgspec:

    PYTHONPATH=<this clone>/tests/conformance python -m pytest -p anyio_plugin \
        -k "asyncio and not uvloop and not eager and not trio" tests

and once more without ``-p`` for the stock loop. Of some 1,100 tests these differ, and each for a reason:

- ``test_fail_after_scope_cancelled_before_timeout`` passes, though it is expected to fail: two instants that differ are
  never taken for one here.
- ``test_start_task_soon_cancel_later``, ``…_immediately``, ``…_after_stop`` and ``test_exception_passed_to_portal_cm``:
  pytest's thread, which lives in real time, cancels a sleep in a loop of another thread. On virtual time that sleep is
  over before.

Where there is no IPv6, sockets that its tests have left behind are reported in whatever test comes next, on both loops.
"""

from __future__ import annotations

import contextlib
from typing import Any

import pytest

with contextlib.suppress(ImportError):
    import trustme

    # cryptography remembers the datetime that it finds first, and takes no real one for freezegun's.
    trustme.CA()

import inner

inner.install_virtual_loop()


@pytest.fixture(autouse=True)
def the_clock_may_wait(blockbuster: Any) -> None:
    """anyio's tests forbid blocking calls in a loop's thread; ours waits there for the turns of other threads."""
    if blockbuster is not None:
        blockbuster.functions["threading.Lock.acquire"].can_block_in(
            "kata/virtualtime/parties.py", {"__init__", "await_turn"}
        )


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say how many loops were really ours."""
    terminalreporter.write_line(f"{inner.made} loops were VirtualLoop")
