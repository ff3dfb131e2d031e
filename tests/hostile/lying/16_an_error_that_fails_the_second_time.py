"""Tries: raise an error whose text can be made once.
For: 05_gather_and_wait/08_stop_on_first_error
Must: earn nothing
"""


class Once(OSError):
    def __str__(self):
        self.asked = getattr(self, "asked", 0) + 1
        if self.asked > 1:
            raise KeyboardInterrupt
        return "server is full"


async def release(copy, servers):
    raise Once
