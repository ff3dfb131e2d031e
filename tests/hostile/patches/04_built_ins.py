"""Tries: replace built-in names that the player uses as it writes down what happened.
For: 05_gather_and_wait/02_wait_to_gather
Must: earn nothing
"""

import builtins

for name in ("sorted", "len", "isinstance", "getattr", "type", "min", "max"):
    real = getattr(builtins, name)
    setattr(builtins, name, lambda *arguments, real=real, **keywords: real(*arguments, **keywords))


async def fetch_all(fetch, urls):
    builtins.sorted = lambda *arguments, **keywords: []
    return [url.upper() for url in urls]
