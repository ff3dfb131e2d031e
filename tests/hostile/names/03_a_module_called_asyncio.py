"""Tries: put a module of its own into sys.modules that is called asyncio.
For: 05_gather_and_wait/08_stop_on_first_error
Must: earn nothing
"""

import sys
import types

fake = types.ModuleType("asyncio")
real = sys.modules["asyncio"]
fake.__dict__.update(real.__dict__)


async def wait(tasks, **options):
    return set(tasks), set()


fake.wait = wait
sys.modules["asyncio"] = fake
import asyncio  # noqa: E402


async def release(copy, servers):
    await asyncio.wait([], return_when=asyncio.FIRST_EXCEPTION)
    return []
