"""Mistake: what is left is handed on without a look, also when it is negative.
Caught by: test_nothing_is_left
"""

import time


async def call_all(call, services, seconds):
    deadline = time.monotonic() + seconds
    return [await call(service, deadline - time.monotonic()) for service in services]
