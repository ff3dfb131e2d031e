"""``python -m bench.watch``: how long it takes from a save to the verdict on the watch screen, and where the time goes.

Right and wrong answers are saved in turn, each one a text that was never judged. Beside the real seconds stand those of
the processors, which a busy machine changes less. Processors of other processes are counted on Linux only.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kata.cli import browse
from kata.cli.project import Project
from kata.cli.run import pictures
from kata.program import ROOT
from kata.project.catalog import Exercise
from kata.project.catalog_reader import load
from kata.project.workspace import Workspace
from kata.tui.app import PATIENCE, WatchApp
from kata.tui.given import Given
from kata.tui.judging import Judged, Pictured, WarmJudge

SIZE = (120, 40)
REST = 0.05
"""Real seconds between a picture and the next save."""

LONGEST = 60.0
"""Real seconds after which a save is given up."""


@dataclass
class Moment:
    """When something was so: real seconds, this process's, and those of the processes that judge."""

    real: float = field(default_factory=time.perf_counter)
    own: float = field(default_factory=time.process_time)
    others: float = field(default_factory=lambda: processors(os.getpid()))


def processors(pid: int) -> float:
    """Processor seconds of the descendants of a process, of those that ended too; 0 where that is not known."""
    ticks, family = 0, [pid]
    for member in family:  # which grows meanwhile
        try:
            if member != pid:
                fields = Path(f"/proc/{member}/stat").read_text().rpartition(")")[2].split()
                ticks += sum(map(int, fields[11:15]))
            for children in Path(f"/proc/{member}/task").glob("*/children"):
                family += map(int, children.read_text().split())
        except OSError:
            continue
    return ticks / os.sysconf("SC_CLK_TCK") if len(family) > 1 else 0.0


class MeasuredApp(WatchApp):
    """Notes when each save was noticed, judged and drawn."""

    def __init__(self, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **options)  # type: ignore[arg-type]
        self.moments: dict[str, Moment] = {}
        self.verdict: Judged | None = None
        self.over = asyncio.Event()

    def judging(self, exercise: Exercise) -> None:
        self.moments["noticed"] = Moment()
        super().judging(exercise)

    def judged(self, judged: Judged) -> None:
        self.moments["judged"] = Moment()
        self.verdict = judged
        super().judged(judged)
        self.call_after_refresh(self.drawn)

    def drawn(self) -> None:
        """The verdict is on the screen."""
        self.moments["drawn"] = Moment()

    def pictured(self, pictured: Pictured) -> None:
        super().pictured(pictured)
        self.call_after_refresh(self.picture_drawn)

    def picture_drawn(self) -> None:
        """All is on the screen."""
        self.moments["pictured"] = Moment()
        self.over.set()


@dataclass
class Save:
    """What one save cost: for each part real seconds, this process's and the others'."""

    parts: dict[str, tuple[float, float, float]]
    total: float
    """Real seconds until the verdict was drawn."""
    played: float
    """Real seconds of the tests, plays among them."""


async def measure(name: str, saves: int, patience: float = PATIENCE) -> Sequence[Save]:
    """Save so many times, and see what each cost."""
    with tempfile.TemporaryDirectory() as folder:
        project = Project(ROOT, load(ROOT), Workspace(ROOT, Path(folder)), None)
        exercise = project.catalog.find(name)
        file = project.workspace.path(exercise)
        file.parent.mkdir(parents=True)
        right = exercise.solution(ROOT).read_text(encoding="utf-8")
        wrong = sorted(exercise.answers(ROOT).glob("wrong_*.py"))[0].read_text(encoding="utf-8")
        file.write_text(project.workspace.pristine(exercise), encoding="utf-8")
        given = Given(
            project,
            pictures,
            task=lambda exercise: browse.task(project, exercise),
            facts=browse.facts,
            edit=lambda exercise, line: "",
            replay=lambda exercise: "",
        )
        with WarmJudge(given) as judge:
            app = MeasuredApp(given, judge, exercise, patience=patience)
            async with app.run_test(size=SIZE) as pilot:
                await asyncio.wait_for(app.over.wait(), LONGEST)
                await pilot.pause()
                found = []
                for number in range(saves + 2):
                    text = f"{right if number % 2 else wrong}\n# {number}\n"
                    found.append(await _save(app, file, text))
                    await asyncio.sleep(REST)
                return found[2:]  # the first ones warm up


async def _save(app: MeasuredApp, file: Path, text: str) -> Save:
    app.over.clear()
    app.moments = {}
    began = Moment()
    part = file.with_suffix(".part")
    part.write_text(text, encoding="utf-8")
    os.replace(part, file)
    await asyncio.wait_for(app.over.wait(), LONGEST)
    assert app.verdict is not None and app.verdict.source.text == text, "another text was judged"
    parts = {}
    before = began
    for name in ("noticed", "judged", "drawn", "pictured"):
        now = app.moments[name]
        parts[name] = (now.real - before.real, now.own - before.own, now.others - before.others)
        before = now
    played = sum(criterion.seconds for criterion in app.verdict.verdict.criteria)
    return Save(parts, app.moments["drawn"].real - began.real, played)


WORDS = {"noticed": "notice", "judged": "judge", "drawn": "draw", "pictured": "then the picture"}


def table(saves: Sequence[Save]) -> str:
    """The parts of what a save costs, in milliseconds."""
    rows = [
        "| part | real, median | real, 95 % | processor, here | processor, judging |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for part, name in WORDS.items():
        real, own, others = zip(*(save.parts[part] for save in saves), strict=True)
        rows.append(
            _row(name, real, f"{1000 * statistics.mean(own):.0f} ms", f"{1000 * statistics.mean(others):.0f} ms")
        )
        if part == "judged":
            rows.append(_row("of which the tests and their plays", [save.played for save in saves]))
    rows.append(_row("**save to verdict**", [save.total for save in saves]))
    return "\n".join(rows)


def _row(name: str, real: Sequence[float], own: str = "", others: str = "") -> str:
    middle, late = (f"{1000 * seconds:.0f} ms" for seconds in (statistics.median(real), _late(real)))
    return f"| {name} | {middle} | {late} | {own} | {others} |"


def _late(values: Sequence[float]) -> float:
    return statistics.quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else values[0]


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.watch", description=__doc__)
    parser.add_argument("exercise", nargs="?", default="05.02")
    parser.add_argument("--saves", type=int, default=50)
    parser.add_argument("--patience", type=float, default=PATIENCE, help="seconds until it is told how far it is")
    options = parser.parse_args()
    print(table(asyncio.run(measure(options.exercise, options.saves, options.patience))))


if __name__ == "__main__":
    main()
