"""Judging a class on a Dask cluster that is there already. Texts travel as data, and verdicts come back as data.

Scheduler and workers are started with Dask's own commands; each worker needs the same judge, which is checked. A worker
that dies costs another try: Dask gives its pieces to others.
"""

from __future__ import annotations

import importlib
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from types import TracebackType
from typing import Any

from kata import program
from kata.classroom.local import Conditions, Judged, Local, Text
from kata.classroom.piece import PieceFailed, judge_digest, judge_piece, request_for, verdicts_of
from kata.judge.grading import GraderError
from kata.project.catalog_reader import load

__all__ = ["Distributed"]

PIECE = 24
"""Texts of a piece. A piece begins with half a second of start-up."""

AHEAD = 2
"""Pieces for each thread of the cluster that are asked for ahead."""

PATIENCE = 60.0
"""Real seconds without any worker after which nobody is waited for any more."""


class Distributed:
    """Judges on a cluster, for as long as the block lasts.

    Args:
        conditions: of judging.
        address: of the scheduler, such as ``tcp://10.0.0.1:8786``.
        piece: texts of a piece.
        wait: real seconds for the scheduler to answer.

    Raises:
        GraderError: no cluster is there, or a worker has another judge.
    """

    def __init__(self, conditions: Conditions, address: str, *, piece: int = PIECE, wait: float = 10.0) -> None:
        self.conditions = conditions
        self.address = address
        self.piece = piece
        self.wait = wait

    def __enter__(self) -> Distributed:
        try:
            library: Any = importlib.import_module("distributed")
        except ImportError:
            raise GraderError(
                "A cluster needs the package distributed; type: pip install 'asyncio-kata[distributed]'"
            ) from None
        try:
            self._client = library.Client(self.address, timeout=self.wait, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            raise GraderError(f"No scheduler answers at {self.address} ({_line(error)}); start one first.") from None
        try:
            self._judge = judge_digest(self.conditions.root, self.conditions.catalog)
            self._check()
        except BaseException:
            self._client.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def judge(self, texts: Iterable[Text]) -> Iterator[Judged]:
        """See `kata.classroom.local.Judge`."""
        left = iter(texts)
        futures: dict[Any, list[Text]] = {}
        seen = time.monotonic()
        while True:
            workers = self._client.scheduler_info(n_workers=-1)["workers"].values()
            threads = sum(worker["nthreads"] for worker in workers)
            while len(futures) < AHEAD * max(threads, 1) and (piece := list(islice(left, self.piece))):
                request = request_for(piece, self.conditions, self._judge)
                futures[self._client.submit(judge_piece, request, pure=False, retries=2)] = piece
            if not futures:
                return
            ready = [future for future in futures if future.done()]
            for future in ready:
                yield from self._answered(future, futures.pop(future))
            if threads:
                seen = time.monotonic()
            elif time.monotonic() - seen > PATIENCE:
                raise GraderError(
                    f"No worker is left at {self.address}; start some, and start again: what is judged is kept."
                )
            if not ready:
                time.sleep(0.05)

    def _answered(self, future: Any, piece: list[Text]) -> Iterator[Judged]:
        """The verdicts of a piece; where the cluster has given it up, those of this machine.

        Raises:
            GraderError: a worker that came later has another judge.
        """
        if future.status == "finished":
            try:
                yield from verdicts_of(future.result(), piece)
                return
            except PieceFailed as failed:
                if "another one" in str(failed):
                    raise GraderError(f"A worker of {self.address} has another judge: {failed}.") from None
        yield from Local(self.conditions, 1).judge(piece)

    def _check(self) -> None:
        """Every worker must judge as we do.

        Raises:
            GraderError: one does not, or there is none.
        """
        digests = self._client.run(worker_digest, on_error="return")
        if not digests:
            raise GraderError(f"No worker is at {self.address}; start some first.")
        for worker, digest in digests.items():
            if isinstance(digest, BaseException):
                raise GraderError(
                    f"The worker {worker} has no judge that works ({_line(digest)}); start it in a clone."
                )
            if digest != self._judge:
                raise GraderError(f"The worker {worker} has another judge or Python; give it the same.")


def worker_digest() -> str:
    """The judge of the worker that runs this."""
    return judge_digest(program.ROOT, load(program.ROOT))


def _line(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return f"{type(error).__name__}: {lines[0]}" if lines else type(error).__name__
