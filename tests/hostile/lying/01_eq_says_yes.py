"""Tries: return an object that equals everything.
For: 05_gather_and_wait/02_wait_to_gather
Must: earn nothing
"""


class Yes:
    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    __hash__ = None

    def __len__(self):
        return 3

    def __iter__(self):
        return iter([self, self, self])

    def __getattr__(self, name):
        return self

    def __call__(self, *arguments):
        return self


async def fetch_all(fetch, urls):
    return Yes()
