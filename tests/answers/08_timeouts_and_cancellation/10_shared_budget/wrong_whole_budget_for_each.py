"""Mistake: every call gets the whole budget.
Caught by: test_each_call_gets_what_is_left
"""


async def call_all(call, services, seconds):
    return [await call(service, seconds) for service in services]
