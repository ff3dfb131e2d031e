import asyncio
import logging
import sys

logging.basicConfig(stream=sys.stdout, format="%(levelname)s %(message)s", level=logging.INFO)
log = logging.getLogger("demo")


async def worker(name):
    log.info("%s begins", name)
    await asyncio.sleep(0.05)
    log.warning("%s ends", name)


async def main():
    await asyncio.gather(worker("a"), worker("b"))


asyncio.run(main())
