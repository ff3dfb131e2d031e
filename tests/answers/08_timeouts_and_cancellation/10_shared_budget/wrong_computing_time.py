"""Mistake: process_time counts computing, not waiting, so nothing is ever used up.
Caught by: test_each_call_gets_what_is_left
"""

import time


async def call_all(call, services, seconds):
    start = time.process_time()
    answers = []
    for service in services:
        left = seconds - (time.process_time() - start)
        if left <= 0:
            raise TimeoutError
        answers.append(await call(service, left))
    return answers
