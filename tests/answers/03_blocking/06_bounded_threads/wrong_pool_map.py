"""Mistake: lets the pool map the files, which blocks the event loop while the results are collected.
Caught by: test_the_event_loop_stays_free
"""

from concurrent.futures import ThreadPoolExecutor


async def scan(check, files):
    with ThreadPoolExecutor(max_workers=2) as pool:
        return list(pool.map(check, files))
