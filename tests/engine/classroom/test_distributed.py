"""A class on a Dask cluster of this machine: the same bytes as without, whatever becomes of a worker."""

from __future__ import annotations

import importlib.util
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from kata.classroom.distributed import Distributed
from kata.classroom.local import Conditions, Judged, Local, Text
from kata.classroom.piece import PieceFailed, judge_digest, judge_piece, request_for, verdicts_of
from kata.classroom.run import grade_class
from kata.judge.grading import GraderError
from kata.program import ROOT
from kata.project.catalog_reader import load

CATALOG = load(ROOT)
CONDITIONS = Conditions(CATALOG, ROOT, seed=7)
EXERCISES = CATALOG.chapter("1").exercises[:2]

needs_dask = pytest.mark.skipif(
    not importlib.util.find_spec("distributed") or sys.platform == "win32", reason="needs the extra distributed"
)


def hand_in(place: Path) -> None:
    """A small class in which nobody has quite the same files."""
    for number in range(4):
        for exercise in EXERCISES:
            answers = sorted(exercise.answers(ROOT).glob("*.py"))
            path = place / f"student-{number}" / "exercises" / f"{exercise.id}.py"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(answers[number].read_bytes())


def files_of(folder: Path) -> dict[str, bytes]:
    """All files below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    """The submissions, and what grading them on this machine writes."""
    base = tmp_path_factory.mktemp("alone")
    hand_in(base / "class")
    grade_class(base / "class", CONDITIONS, EXERCISES, Local(CONDITIONS, 2), base / "out")
    return base / "class", files_of(base / "out")


class Cluster:
    """A scheduler and some workers, started with Dask's own commands.

    Args:
        folder: where they leave things.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "scheduler.json"
        self.processes: list[subprocess.Popen[bytes]] = []
        self.start(
            "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(self.file)
        )
        self.wait(self.file.is_file)

    @property
    def address(self) -> str:
        """Of the scheduler."""
        import json

        return str(json.loads(self.file.read_text())["address"])

    def start(self, *arguments: str, root: Path = ROOT) -> subprocess.Popen[bytes]:
        """Start a process of Dask's."""
        environment = {**os.environ, "PYTHONPATH": str(root)}
        command = [sys.executable, "-m", "dask", *arguments]
        process = subprocess.Popen(
            command, cwd=self.folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self.processes.append(process)
        return process

    def worker(self, root: Path = ROOT) -> subprocess.Popen[bytes]:
        """Start a worker."""
        options = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(self.folder)]
        return self.start("worker", self.address, *options, root=root)

    def wait_for_workers(self, count: int) -> None:
        """Wait until so many workers are there."""
        from distributed import Client

        with Client(self.address, set_as_default=False) as client:
            client.wait_for_workers(count, timeout=60)

    def wait(self, true: object) -> None:
        """Wait until something is so."""
        for _ in range(600):
            if true():  # type: ignore[operator]
                return
            time.sleep(0.1)
        raise AssertionError("the cluster does not come up")

    def end(self) -> None:
        """End all processes."""
        for process in reversed(self.processes):
            process.kill()
            process.wait()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """A scheduler without workers."""
    (tmp_path / "cluster").mkdir()
    made = Cluster(tmp_path / "cluster")
    try:
        yield made
    finally:
        made.end()


class KillsOne:
    """Judges on a cluster, and kills a worker as soon as the first verdict is there."""

    def __init__(self, judge: Distributed, victim: subprocess.Popen[bytes]) -> None:
        self.judge_on_cluster = judge
        self.victim = victim

    def judge(self, texts: Iterable[Text]) -> Iterator[Judged]:
        for number, judged in enumerate(self.judge_on_cluster.judge(texts)):
            if not number:
                self.victim.send_signal(signal.SIGKILL)
                self.victim.wait()
            yield judged


@needs_dask
@pytest.mark.once
@pytest.mark.filterwarnings("ignore")
def test_two_workers_write_the_same_bytes_as_two_jobs_even_when_one_dies(
    alone: tuple[Path, dict[str, bytes]], cluster: Cluster, tmp_path: Path
) -> None:
    victim, _ = cluster.worker(), cluster.worker()
    cluster.wait_for_workers(2)
    with Distributed(CONDITIONS, cluster.address, piece=2) as judge:
        graded = grade_class(alone[0], CONDITIONS, EXERCISES, judge, tmp_path / "out")
        assert graded.played == 8
        assert files_of(tmp_path / "out") == alone[1]
        grade_class(alone[0], CONDITIONS, EXERCISES, KillsOne(judge, victim), tmp_path / "again")
        assert victim.poll() is not None
        assert files_of(tmp_path / "again") == alone[1]


@needs_dask
@pytest.mark.once
@pytest.mark.filterwarnings("ignore")
def test_a_worker_with_another_judge_is_refused(cluster: Cluster, tmp_path: Path) -> None:
    import shutil

    with pytest.raises(GraderError, match="No worker is at"), Distributed(CONDITIONS, cluster.address):
        pass
    for name in ("kata", "exercises", "tests/hidden"):
        shutil.copytree(ROOT / name, tmp_path / "other" / name, ignore=shutil.ignore_patterns("__pycache__"))
    with (tmp_path / "other/kata/judge/scoring.py").open("a") as file:
        file.write("# mine\n")
    cluster.worker(tmp_path / "other")
    cluster.wait_for_workers(1)
    with pytest.raises(GraderError, match="has another judge"), Distributed(CONDITIONS, cluster.address):
        pass


def test_a_cluster_that_is_not_there_is_one_line() -> None:
    pytest.importorskip("distributed")
    with (
        pytest.raises(GraderError, match=r"No scheduler answers at nowhere:1 \("),
        Distributed(CONDITIONS, "nowhere:1", wait=0.5),
    ):
        pass


def text(data: bytes = b"mine") -> Text:
    """A text of the first exercise."""
    return Text(EXERCISES[0], "0" * 64, data)


def test_a_piece_is_refused_by_another_judge() -> None:
    answer = judge_piece(request_for([text()], CONDITIONS, "another"))
    with pytest.raises(PieceFailed, match="its judge is another one"):
        verdicts_of(answer, [text()])


def test_a_piece_comes_back_as_it_would_be_judged_here() -> None:
    good = text(EXERCISES[0].solution(ROOT).read_bytes())
    judge = judge_digest(ROOT, CATALOG)
    [there] = verdicts_of(judge_piece(request_for([good], CONDITIONS, judge)), [good])
    [here] = Local(CONDITIONS, 1).judge([good])
    assert there == here
    assert there.verdict.status == "passed"


@pytest.mark.parametrize("answer", [b"", b"{}", b"[]", b'{"verdicts": [{}]}', b'{"verdicts": []}', b"\xff" * 99])
def test_an_answer_that_cannot_be_read_is_no_verdict(answer: bytes) -> None:
    with pytest.raises(PieceFailed):
        verdicts_of(answer, [text()])


def test_a_request_that_cannot_be_read_is_a_line() -> None:
    with pytest.raises(PieceFailed):
        verdicts_of(judge_piece(b"nonsense"), [text()])
