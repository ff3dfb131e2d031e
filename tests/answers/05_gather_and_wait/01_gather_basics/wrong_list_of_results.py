"""Mistake: the list of gather is returned, without keys.
Caught by: test_each_key_has_the_answer_of_its_own_service
"""

import asyncio


async def open_page(profile, orders, messages, customer):
    return await asyncio.gather(profile(customer), orders(customer), messages(customer))
