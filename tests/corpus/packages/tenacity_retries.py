import asyncio
import time

import tenacity

attempts = 0


@tenacity.retry(
    stop=tenacity.stop_after_attempt(4),
    wait=tenacity.wait_exponential(multiplier=0.05),
    retry=tenacity.retry_if_exception_type(OSError),
    before_sleep=lambda state: print("retry", state.attempt_number, round(state.next_action.sleep, 3)),
)
async def flaky():
    global attempts
    attempts += 1
    if attempts < 3:
        raise OSError("not yet")
    return attempts


@tenacity.retry(stop=tenacity.stop_after_delay(0.2), wait=tenacity.wait_fixed(0.09), reraise=True)
def blocking():
    raise LookupError("never")


async def main():
    print(await flaky())
    async for attempt in tenacity.AsyncRetrying(stop=tenacity.stop_after_attempt(2), wait=tenacity.wait_none()):
        with attempt:
            print("attempt", attempt.retry_state.attempt_number)
            if attempt.retry_state.attempt_number == 1:
                raise ValueError


asyncio.run(main())
began = time.monotonic()
try:
    blocking()
except LookupError as error:
    print(error, 0.15 < time.monotonic() - began < 1)
