"""Tries: raise an error whose text never ends.
For: 07_task_groups/06_contain_one_failure
Must: be refused
"""


class Endless(Exception):
    def __str__(self):
        while True:
            pass


async def collect_news(fetch, feeds):
    raise Endless
