"""A recording drawn as text: tasks as rows, virtual time as columns, printed lines at their moment."""

from kata.reports.timeline.call_rows import called
from kata.reports.timeline.labels import plain_wait
from kata.reports.timeline.pair import Pair, Played
from kata.reports.timeline.rows import Rows, is_library
from kata.reports.timeline.scale import seconds
from kata.reports.timeline.subject import lines_of, names_in
from kata.reports.timeline.timeline import READABLE, Timeline
from kata.reports.timeline.tracebacks import digested
from kata.reports.timeline.view import View

__all__ = [
    "READABLE", "Pair", "Played", "Rows", "Timeline", "View", "called", "digested", "is_library", "lines_of",
    "names_in", "plain_wait", "seconds",
]  # fmt: skip
