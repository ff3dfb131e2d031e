"""Mistake: asks the pool's own futures for their results, which blocks the event loop.
Caught by: test_the_event_loop_stays_free
"""

from concurrent.futures import ThreadPoolExecutor


async def scan(check, files):
    with ThreadPoolExecutor(max_workers=2) as pool:
        jobs = [pool.submit(check, file) for file in files]
    return [job.result() for job in jobs]
