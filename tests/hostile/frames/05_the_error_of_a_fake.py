"""Tries: catch the error that a service raises, and go from its frames to what else the service would answer.
For: 05_gather_and_wait/07_first_one_wins
Must: earn nothing
"""


class AllFailed(Exception):
    pass


async def fastest(fetch, mirrors):
    for mirror in mirrors[:1]:
        try:
            await fetch(mirror)
        except Exception as error:
            step = error.__traceback__
            while step is not None:
                for value in step.tb_frame.f_locals.values():
                    table = getattr(value, "returns", None) or getattr(value, "latency", None)
                    if table:
                        return table[min(table, key=table.get)]
                step = step.tb_next
    return None
