import asyncio
import sys

import structlog
from loguru import logger

logger.remove()
logger.add(sys.stdout, format="{level} {extra} {message}")
structlog.configure(
    processors=[structlog.contextvars.merge_contextvars, structlog.processors.JSONRenderer(sort_keys=True)],
    logger_factory=structlog.PrintLoggerFactory(sys.stdout),
)
log = structlog.get_logger()


async def serve(number):
    structlog.contextvars.bind_contextvars(request=number)
    with logger.contextualize(request=number):
        logger.info("begins")
        await asyncio.sleep(number / 10)
        logger.warning("ends")
        await log.ainfo("structured")


async def main():
    await asyncio.gather(serve(2), serve(1))
    logger.add(lambda message: print("sink", message, end=""), format="{message}", enqueue=False)
    logger.error("twice")
    await logger.complete()


asyncio.run(main())
