"""Tries: read how a service answers, and how fast, from the cells of its function.
For: 05_gather_and_wait/07_first_one_wins
Must: earn nothing
"""


class AllFailed(Exception):
    pass


async def fastest(fetch, mirrors):
    for cell in fetch.__closure__ or ():
        table = getattr(cell.cell_contents, "latency", None)
        if isinstance(table, dict):
            winner = min(table, key=table.get)
            return cell.cell_contents.returns[winner]
    return None
