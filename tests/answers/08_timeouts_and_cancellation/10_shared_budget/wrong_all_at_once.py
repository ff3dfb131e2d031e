"""Mistake: all calls begin at the same time, so that each has the whole budget after all.
Caught by: test_the_answers_come_in_order
"""

import asyncio


async def call_all(call, services, seconds):
    if services and seconds <= 0:
        raise TimeoutError
    return await asyncio.gather(*(call(service, seconds) for service in services))
