import asyncio
import contextvars
import logging
import sys

request_id = contextvars.ContextVar("request_id", default="-")


class AddId(logging.Filter):
    def filter(self, record):
        record.request_id = request_id.get()
        return True


handler = logging.StreamHandler(sys.stdout)
handler.setFormatter(logging.Formatter("[%(request_id)s] %(taskName)s %(message)s", defaults={"taskName": ""}))
handler.addFilter(AddId())
log = logging.getLogger("app")
log.addHandler(handler)
log.setLevel(logging.INFO)
logging.logAsyncioTasks = False


async def query(seconds):
    await asyncio.sleep(seconds)
    log.info("queried")
    await asyncio.to_thread(log.info, "in a thread")


async def serve(number):
    request_id.set(f"r{number}")
    log.info("begins")
    await query(number / 10)
    log.info("ends")


async def main():
    await asyncio.gather(serve(2), serve(1))


asyncio.run(main())
