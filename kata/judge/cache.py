"""Saved verdicts: an exercise that did not change is not judged again.

One JSON file an exercise, found by the exercise's id and valid for one key, which covers everything that a
verdict depends on. A file that is damaged, foreign or unreadable counts as absent.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec

from kata import __version__
from kata.contract.scorecard import ExerciseVerdict
from kata.project.safe_files import read_plain, write_whole

__all__ = ["Saved", "VerdictCache", "engine_digest", "verdict_key"]

MAX_BYTES = 4 * 1024 * 1024
"""The largest saved verdict that is read or written; `kata.contract.keeping` sees to it that they are smaller."""


class Saved(msgspec.Struct, forbid_unknown_fields=True):
    """A verdict, the key under which it holds, and the digest of the text that was judged."""

    key: str
    verdict: ExerciseVerdict
    submission: str = ""


_encoder = msgspec.json.Encoder(enc_hook=repr)
_decoder = msgspec.json.Decoder(Saved)


class VerdictCache:
    """Verdicts in ``directory``, usually ``.kata/verdicts`` in the clone. Safe for two graders at once."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._warned = False

    def get(self, exercise_id: str, key: str) -> ExerciseVerdict | None:
        """The saved verdict, marked as ``cached``, or None when there is none for this key."""
        saved = self._read(exercise_id)
        if saved is None or saved.key != key:
            return None
        saved.verdict.cached = True
        return saved.verdict

    def last(self, exercise_id: str) -> Saved | None:
        """What was saved last, whatever it was a verdict on, or None."""
        return self._read(exercise_id)

    def put(self, key: str, verdict: ExerciseVerdict, submission: str = "") -> str | None:
        """Save a verdict on the text whose digest is ``submission``.

        Returns:
            A one-line warning when the directory cannot be written, the first time only; else None.
        """
        try:
            data = _encoder.encode(Saved(key, verdict, submission))
        except (TypeError, ValueError, RecursionError):
            return None  # a recording that JSON cannot hold is judged again next time
        if len(data) > MAX_BYTES:
            return None
        try:
            self.directory.mkdir(parents=True, exist_ok=True)
            write_whole(self._file(verdict.id), data)
        except OSError as error:
            if self._warned:
                return None
            self._warned = True
            return (
                f"Verdicts cannot be saved in {self.directory} ({error.strerror}), so unchanged exercises "
                "will be judged again; make it writable, or pass --no-cache."
            )
        return None

    def _read(self, exercise_id: str) -> Saved | None:
        try:
            saved = _decoder.decode(read_plain(self._file(exercise_id), MAX_BYTES))
        except (OSError, msgspec.MsgspecError, ValueError, RecursionError):
            return None
        return saved if saved.verdict.id == exercise_id else None

    def _file(self, exercise_id: str) -> Path:
        return self.directory / f"{exercise_id.replace('/', '__')}.json"


def verdict_key(
    *,
    submission: bytes,
    hidden: bytes,
    engine: str,
    seed: int,
    clock: str,
    python: str,
    isolation: str,
    points: int,
    pristine: bytes = b"",
) -> str:
    """A digest of everything that a verdict depends on.

    Args:
        submission: the learner's file.
        hidden: the hidden tests.
        engine: `engine_digest` of the program.
        seed: the seed of the random inputs.
        clock: ``virtual`` or ``real``.
        python: the version of the judging Python.
        isolation: the layers that confine the submission.
        points: what the exercise is worth.
        pristine: the stub as it was handed out, which tests may play too.
    """
    digest = hashlib.sha256()
    words = (engine, str(seed), clock, python, isolation, str(points))
    for part in (submission, hidden, pristine, *(word.encode() for word in words)):
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def engine_digest(root: Path) -> str:
    """The version of the program and a digest of its modules below ``root/kata``."""
    digest = hashlib.sha256()
    package = root / "kata"
    for path in sorted(package.rglob("*.py")):
        name = path.relative_to(package).as_posix().encode()
        data = path.read_bytes()
        digest.update(name + b"\0" + len(data).to_bytes(8, "big") + data)
    return f"{__version__}+{digest.hexdigest()}"
