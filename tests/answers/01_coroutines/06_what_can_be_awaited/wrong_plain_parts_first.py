"""Mistake: plain parts and awaited ones are collected apart, and the places get lost.
Caught by: test_whatever_can_be_awaited_becomes_its_result
"""

import asyncio
import inspect


async def resolve(parts):
    plain = [part for part in parts if not inspect.isawaitable(part)]
    return plain + await asyncio.gather(*[part for part in parts if inspect.isawaitable(part)])
