"""A recording drawn as text: tasks as rows, virtual time as columns, printed lines at their moment."""

from kata.reports.timeline.rows import is_library
from kata.reports.timeline.scale import seconds
from kata.reports.timeline.timeline import Timeline

__all__ = ["Timeline", "is_library", "seconds"]
