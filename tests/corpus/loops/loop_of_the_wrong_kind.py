import asyncio


async def main():
    try:
        asyncio.run(asyncio.sleep(0))
    except RuntimeError as error:
        print(error)
    try:
        asyncio.get_running_loop().run_until_complete(asyncio.sleep(0))
    except RuntimeError as error:
        print(error)
    try:
        asyncio.run(main)
    except (ValueError, TypeError, RuntimeError) as error:
        print(type(error).__name__)


import warnings

warnings.simplefilter("ignore")
asyncio.run(main())
for wrong in (5, "text", main):
    try:
        asyncio.run(wrong)
    except (ValueError, TypeError) as error:
        print(type(error).__name__)
