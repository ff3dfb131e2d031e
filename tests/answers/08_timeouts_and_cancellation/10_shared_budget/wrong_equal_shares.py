"""Mistake: the budget is cut into equal shares, and what a quick call leaves over is lost.
Caught by: test_each_call_gets_what_is_left
"""


async def call_all(call, services, seconds):
    if services and seconds <= 0:
        raise TimeoutError
    return [await call(service, seconds / len(services)) for service in services]
