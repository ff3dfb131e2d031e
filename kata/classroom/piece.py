"""A piece of a class, judged in a process of its own: the request on standard input, verdicts on standard output.

Workers of a cluster start it for each piece, so that judging does not live in a process with threads and connections
of others. It judges with its own copy of the judge, and refuses when that is not the one that was asked for.
"""

from __future__ import annotations

import hashlib
import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec

from kata import program
from kata.classroom.local import Conditions, Judged, Text, judged
from kata.contract.scorecard import ExerciseVerdict
from kata.judge.cache import engine_digest
from kata.judge.workers import Workers
from kata.project.catalog import Catalog
from kata.project.catalog_reader import FILE as CATALOG_FILE
from kata.project.catalog_reader import load
from kata.project.workspace import ARCHIVE

__all__ = ["Answer", "PieceFailed", "judge_digest", "judge_piece", "request_for", "verdicts_of"]

_START = "import sys; sys.path.insert(0, sys.argv.pop(1)); from kata.classroom.piece import main; main()"


class PieceFailed(Exception):
    """The piece was not judged. One line."""


class Request(msgspec.Struct):
    """What to judge, by which judge."""

    judge: str
    seed: int
    clock: str
    texts: list[tuple[str, str, bytes]]
    """Exercise, digest and bytes of each."""


class Answer(msgspec.Struct):
    """The verdicts, in the order of the texts; or why there are none."""

    verdicts: list[msgspec.Raw] = []
    problem: str = ""


_to_json = msgspec.json.Encoder(enc_hook=repr).encode


def judge_digest(root: Path, catalog: Catalog) -> str:
    """The same for two copies of the judge that judge alike: program, hidden tests, stubs, catalog and Python."""
    digest = hashlib.sha256(f"{engine_digest(root)} {platform.python_version()}\n".encode())
    hidden = [exercise.hidden(root) for exercise in catalog.exercises]
    for path in (root / CATALOG_FILE, root / ARCHIVE, *hidden):
        data = path.read_bytes()
        digest.update(f"{path.name} {len(data)}\n".encode() + data)
    return digest.hexdigest()


def request_for(texts: Sequence[Text], conditions: Conditions, judge: str) -> bytes:
    """What travels to a worker."""
    listed = [(text.exercise.id, text.sha256, text.data) for text in texts]
    return msgspec.msgpack.encode(Request(judge, conditions.seed, conditions.clock, listed))


def verdicts_of(answer: bytes, texts: Sequence[Text]) -> list[Judged]:
    """What came back.

    Raises:
        PieceFailed: nothing was judged.
    """
    try:
        found = msgspec.json.decode(answer, type=Answer)
        if found.problem:
            raise PieceFailed(found.problem)
        verdicts = [msgspec.json.decode(verdict, type=ExerciseVerdict) for verdict in found.verdicts]
    except msgspec.MsgspecError as error:
        raise PieceFailed(f"what came back cannot be read ({error})") from None
    if [verdict.id for verdict in verdicts] != [text.exercise.id for text in texts]:
        raise PieceFailed("what came back is about other exercises")
    return [Judged(text, verdict) for text, verdict in zip(texts, verdicts, strict=True)]


def judge_piece(request: bytes) -> bytes:
    """Judge a piece in a fresh process; what a worker of a cluster calls."""
    command = [sys.executable, "-I", "-c", _START, str(program.ROOT)]
    done = subprocess.run(command, input=request, capture_output=True, check=False)
    if done.returncode == 0:
        return done.stdout
    said = done.stderr.decode("utf-8", "replace").strip().splitlines()
    return _to_json(Answer(problem=said[-1] if said else f"its process ended with {done.returncode}"))


def main() -> None:
    """Entry of the process."""
    answers = os.dup(1)
    os.dup2(2, 1)  # what anything else prints is no answer
    request = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Request)
    with os.fdopen(answers, "wb") as stream:
        stream.write(_to_json(_judged(request)))


def _judged(request: Request) -> Answer:
    root = program.ROOT
    catalog = load(root)
    if request.judge != judge_digest(root, catalog):
        return Answer(problem="its judge is another one")
    by_id = {exercise.id: exercise for exercise in catalog.exercises}
    texts = [Text(by_id[exercise], sha256, data) for exercise, sha256, data in request.texts]
    conditions = Conditions(catalog, root, request.seed, request.clock)
    verdicts: dict[int, ExerciseVerdict] = {}
    with Workers(root, seed=request.seed, clock=request.clock, jobs=1) as workers:
        for one in judged(texts, conditions, workers):
            verdicts[id(one.text)] = one.verdict
    return Answer([msgspec.Raw(_to_json(verdicts[id(text)])) for text in texts])
