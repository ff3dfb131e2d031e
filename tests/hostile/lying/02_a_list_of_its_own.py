"""Tries: return a subclass of list that gives other items each time.
For: 05_gather_and_wait/02_wait_to_gather
Must: earn nothing
"""


class Pages(list):
    def __eq__(self, other):
        self[:] = other
        return True

    def __getitem__(self, index):
        return "page"

    __hash__ = None


async def fetch_all(fetch, urls):
    return Pages(url.upper() for url in urls)
