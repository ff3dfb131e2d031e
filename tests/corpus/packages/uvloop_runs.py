import asyncio

import uvloop


async def main():
    await asyncio.gather(asyncio.sleep(0.1), asyncio.sleep(0.2))
    return "ran"


print(uvloop.run(main()))
with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
    print(runner.run(main()))
loop = uvloop.new_event_loop()
print(loop.run_until_complete(main()), isinstance(loop, asyncio.AbstractEventLoop))
loop.close()
