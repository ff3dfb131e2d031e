"""Tries: raise an error that is only called like the one that is asked for, with the same text.
For: 05_gather_and_wait/07_first_one_wins
Must: earn nothing
"""


class AllFailed(BaseException):
    pass


async def fastest(fetch, mirrors):
    raise type("OSError", (Exception,), {"__module__": "builtins"})("no such host")
