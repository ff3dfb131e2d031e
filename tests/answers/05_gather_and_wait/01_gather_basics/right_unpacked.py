"""Right: the list of results is taken apart into three names."""

from asyncio import gather


async def open_page(profile, orders, messages, customer):

    asked = [ask(customer) for ask in (profile, orders, messages)]
    his, bought, written = await gather(*asked)
    return dict(profile=his, orders=bought, messages=written)
