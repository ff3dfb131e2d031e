"""Tries: return a tuple whose class names fields that do not fit, or names that are no text.
For: 04_tasks/04_how_did_it_end
Must: earn nothing
"""


class Report(tuple):
    _fields = ("results", 7, "errors", "cancelled", "\ud800")


async def sort_out(jobs):
    return Report((1, 2, 3, 4, 5))
