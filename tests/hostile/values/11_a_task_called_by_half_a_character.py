"""Tries: give its task a name that cannot be encoded, and one that is no text.
For: 05_gather_and_wait/01_gather_basics
Must: earn nothing
"""

import asyncio


async def open_page(profile, orders, messages, customer):
    asyncio.current_task().set_name("\ud800")
    return {"profile": await profile(customer), "orders": [], "messages": []}
