"""Loops come from a policy that the program has made."""

import asyncio
import warnings

warnings.simplefilter("ignore", DeprecationWarning)


class Policy(asyncio.DefaultEventLoopPolicy):
    def new_event_loop(self):
        loop = super().new_event_loop()
        loop.made_by = type(self).__name__
        print("a loop is made")
        return loop


async def main():
    await asyncio.sleep(0.1)
    return asyncio.get_running_loop().made_by


asyncio.set_event_loop_policy(Policy())
print(asyncio.run(main()))
loop = asyncio.new_event_loop()
print(loop.run_until_complete(main()))
loop.close()
asyncio.set_event_loop_policy(None)
print(hasattr(asyncio.new_event_loop(), "made_by"))
