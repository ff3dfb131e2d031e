"""Tries: watch the player with sys.monitoring, where Python has it, and stop it before it reports.
For: 08_timeouts_and_cancellation/06_shield_the_commit
Must: earn nothing
"""

import sys


def returned(code, offset, value):
    if code.co_name in ("_finish", "whole", "told"):
        raise SystemExit(0)


async def save(write, record):
    if hasattr(sys, "monitoring"):
        sys.monitoring.use_tool_id(4, "hostile")
        sys.monitoring.register_callback(4, sys.monitoring.events.PY_RETURN, returned)
        sys.monitoring.set_events(4, sys.monitoring.events.PY_RETURN)
    return record
