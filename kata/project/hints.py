"""Which hints a learner has had: one small file, and nothing is lost but that when it cannot be read or written."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import msgspec

from kata.project.safe_files import read_plain, write_whole

__all__ = ["HintsGiven"]

MAX_BYTES = 256 * 1024

_Level = Annotated[int, msgspec.Meta(ge=1)]
_decoder = msgspec.json.Decoder(dict[str, _Level])


class HintsGiven:
    """The highest level given of each exercise, by its id.

    A file that is damaged, foreign or unreadable counts as empty.

    Args:
        path: usually ``.kata/hints.json`` in the clone.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def following(self, exercise: str, levels: int) -> int:
        """The level to give next, from 1 on; the last one again once all ``levels`` were given."""
        return min(self._read().get(exercise, 0) + 1, levels)

    def give(self, exercise: str, level: int) -> bool:
        """Note that a level was given; False when that cannot be written."""
        given = self._read()
        if given.get(exercise, 0) >= level:
            return True
        return self._write({**given, exercise: level})

    def forget(self, exercises: Iterable[str]) -> None:
        """Begin again with these exercises, where that can be written."""
        given, begun = self._read(), set(exercises)
        left = {exercise: level for exercise, level in given.items() if exercise not in begun}
        if left != given:
            self._write(left)

    def _read(self) -> dict[str, int]:
        try:
            return _decoder.decode(read_plain(self.path, MAX_BYTES))
        except (OSError, msgspec.MsgspecError, ValueError, RecursionError):
            return {}

    def _write(self, given: dict[str, int]) -> bool:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self.path, msgspec.json.encode(given))
        except OSError:
            return False
        return True
