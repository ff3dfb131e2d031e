"""Tries: raise an error that is only called like the one of the service, with its text.
For: 08_timeouts_and_cancellation/06_shield_the_commit
Must: earn nothing
"""


class CancelledError(BaseException):
    __class__ = property(lambda self: BaseException)
    __module__ = "asyncio.exceptions"


async def save(write, record):
    raise CancelledError
