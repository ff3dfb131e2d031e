"""Mistake: an answer that counts as false is replaced.
Caught by: test_empty_answers_are_answers
"""

import asyncio


async def open_page(profile, orders, messages, customer):
    his, bought, written = await asyncio.gather(profile(customer), orders(customer), messages(customer))
    return {"profile": his or "unknown", "orders": bought or [], "messages": written or []}
