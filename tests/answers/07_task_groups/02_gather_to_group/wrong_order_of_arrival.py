"""Mistake: addresses are appended when they come in, so the order is lost.
Caught by: test_addresses_keep_the_order_of_the_photos
"""

import asyncio


async def upload_all(upload, photos):
    addresses = []

    async def upload_one(photo):
        addresses.append(await upload(photo))

    async with asyncio.TaskGroup() as group:
        for photo in photos:
            group.create_task(upload_one(photo))
    return addresses
