import asyncio
import graphlib

NEEDS = {"test": {"build"}, "build": {"fetch", "configure"}, "deploy": {"test"}}


async def run(name):
    await asyncio.sleep(0.05 if name != "configure" else 0.12)
    print("did", name)
    return name


async def main():
    sorter = graphlib.TopologicalSorter(NEEDS)
    sorter.prepare()
    running = set()
    while sorter.is_active():
        running |= {asyncio.create_task(run(name)) for name in sorter.get_ready()}
        done, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
        sorter.done(*(task.result() for task in done))


asyncio.run(main())
