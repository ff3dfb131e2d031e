"""Which warnings Python shows when nobody has said anything: once for each place, old ways only of this file's own."""

import asyncio
import logging
import sys
import warnings

logging.captureWarnings(True)
logging.basicConfig(stream=sys.stdout, format="%(message).200s")


async def main():
    for _ in range(2):
        warnings.warn("told once", stacklevel=1)
        warnings.warn("an old way", DeprecationWarning, stacklevel=1)
    warnings.warn("later", PendingDeprecationWarning, stacklevel=1)
    warnings.warn("left open", ResourceWarning, stacklevel=1)
    await asyncio.sleep(0.1)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        warnings.warn("caught", ResourceWarning, stacklevel=1)
    print(len(caught), caught[0].message)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            warnings.warn("raised", stacklevel=1)
        except UserWarning as warning:
            print(repr(warning))


asyncio.run(main())
