"""A pytest plugin that runs anyio's own tests on `VirtualLoop`.

They come with anyio's source distribution. In there, in an environment with anyio's test requirements, freezegun
and msgspec:

    PYTHONPATH=<this clone>/tests/conformance python -m pytest -p anyio_plugin \
        -k "asyncio and not uvloop and not eager and not trio" tests

and once more without ``-p`` for the stock loop. These differ, and each for a reason:

- tests with certificates: freezegun's datetime is a Python class, and `cryptography` checks for the built-in one;
- a blocking portal or a worker thread that is used from a thread of pytest's own, which no virtual clock knows of: the
  loop says at once that nothing on its clock can wake it. In a play the main thread is on the clock as well;
- blockbuster, which anyio's tests use to find blocking calls, takes the clock's own locks for some;
- ``test_fail_after_scope_cancelled_before_timeout`` passes: two instants that differ are never taken for one here.
"""

from __future__ import annotations

import inner

inner.install_virtual_loop()


def pytest_terminal_summary(terminalreporter: object) -> None:
    """Say how many loops were really ours."""
    terminalreporter.write_line(f"{inner.made} loops were VirtualLoop")  # type: ignore[attr-defined]
