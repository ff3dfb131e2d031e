"""`dev check` and `dev pack`: proof that each exercise accepts what is right and refuses what is wrong.

All variants of an exercise (stub, solution, right and wrong answers) are judged like submissions. They are dealt out in
layers, one variant of every exercise each, so that a pytest session judges many of them.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import zipfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from kata.authoring import structure
from kata.contract.scorecard import Criterion
from kata.judge import session
from kata.judge.clean import KINDS
from kata.judge.diagnosis import Case, diagnose
from kata.judge.explain import NO_WORDS
from kata.judge.grading import GraderError, default_jobs
from kata.project.catalog import Catalog, Exercise
from kata.project.catalog_reader import load
from kata.project.safe_files import write_whole
from kata.project.workspace import ARCHIVE, MANIFEST, Source, Workspace, member
from kata.sandbox.client import SandboxError

__all__ = ["Problem", "check", "pack"]

REAL_SECONDS = 3.0
"""Virtual seconds up to which a test's plays are repeated on the real clock."""

REAL_TRIES = 3
"""A machine that is busy may be late; only a verdict that differs this often differs."""


@dataclass(frozen=True)
class Problem:
    """Something that is wrong with an exercise, in one line."""

    exercise: str
    text: str

    def __str__(self) -> str:
        return f"{self.exercise}: {self.text}" if self.exercise else self.text


@dataclass
class Variant:
    """One text judged as a submission for an exercise, and what came of it."""

    exercise: Exercise
    name: str
    text: str
    caught_by: str | None = None
    criteria: list[Criterion] = field(default_factory=list)

    @property
    def failed(self) -> list[str]:
        """Names of the tests that refused it."""
        return [criterion.test for criterion in self.criteria if not criterion.passed]


class _Variants(Workspace):
    """A workspace whose submission is one variant of each exercise, and whose stubs are those in the tree."""

    def __init__(self, root: Path, variants: Sequence[Variant]) -> None:
        super().__init__(root)
        self.texts = {variant.exercise.id: variant.text for variant in variants}

    def read(self, exercise: Exercise) -> Source:
        text = self.texts[exercise.id]
        return Source(text, hashlib.sha256(text.encode()).hexdigest(), self.path(exercise))

    def pristine(self, exercise: Exercise) -> str:
        return exercise.stub(self.root).read_text(encoding="utf-8")


def check(
    catalog: Catalog,
    workspace: Workspace,
    exercises: Sequence[Exercise],
    *,
    jobs: int | None = None,
    real: Literal["none", "solutions", "all"] = "all",
    report: Callable[[object], None] = lambda line: None,
) -> list[Problem]:
    """Check ``exercises``.

    Args:
        catalog: all exercises.
        workspace: only its root matters: the texts are those in the tree.
        exercises: which to check.
        jobs: processes that share the work; `default_jobs` when None.
        real: which right answers to play on the real clock too, where a play takes at most `REAL_SECONDS` seconds.
        report: told of each stage in a line.

    Returns:
        The problems found; none when all is well.

    Raises:
        GraderError: judging itself failed.
    """
    root = workspace.root
    problems = [Problem("", text) for text in structure.in_repository(catalog, root)]
    whole = []
    for exercise in exercises:
        found = [Problem(exercise.id, text) for text in structure.in_exercise(exercise, root)]
        problems += found
        if exercise.stub(root).is_file() and exercise.solution(root).is_file() and exercise.hidden(root).is_file():
            whole.append(exercise)
    variants = [variant for exercise in whole for variant in _variants(exercise, root)]
    report(f"Virtual clock: {len(variants)} answers of {len(exercises)} exercises.")
    _judge(catalog, root, variants, "virtual", jobs)
    for variant in variants:
        problems += _problems(variant)
    problems += _explained(variants, report)
    if real != "none":
        chosen = variants if real == "all" else [variant for variant in variants if variant.name == "solution"]
        problems += _on_the_real_clock(catalog, root, chosen, report)
    problems += _archive(whole, root, variants)
    return problems


def _variants(exercise: Exercise, root: Path) -> Iterator[Variant]:
    yield Variant(exercise, "stub", exercise.stub(root).read_text(encoding="utf-8"))
    yield Variant(exercise, "solution", exercise.solution(root).read_text(encoding="utf-8"))
    for answer in structure.answers(exercise, root):
        yield Variant(exercise, answer.name, answer.text, answer.caught_by)


def _problems(variant: Variant) -> Iterator[Problem]:
    name = variant.exercise.id
    if not variant.criteria:
        yield Problem(name, f"{variant.name} was not judged")
    elif variant.name == "stub":
        if not variant.failed:
            yield Problem(name, "the untouched stub passes everything")
    elif variant.caught_by is None:
        for criterion in variant.criteria:
            if not criterion.passed:
                yield Problem(name, f"{variant.name} is refused by {criterion.test}: {_first_line(criterion.message)}")
    elif variant.caught_by not in variant.failed:
        by = f"only by {', '.join(variant.failed)}" if variant.failed else "by no test at all"
        yield Problem(name, f"{variant.name} should be refused by {variant.caught_by} and is refused {by}")


def _explained(variants: Sequence[Variant], report: Callable[[object], None]) -> Iterator[Problem]:
    """Is each wrong answer told why, by a diagnosis or by the criterion's own words, and no right one?"""
    counts: Counter[str] = Counter()
    for variant in variants:
        for criterion in variant.criteria:
            if criterion.passed:
                if variant.caught_by is None and variant.name != "stub":
                    for run in criterion.runs:
                        for diagnosis in diagnose(Case(run, variant.text, allowed=KINDS)):
                            text = f"{variant.name} is right and gets the diagnosis {diagnosis.name}"
                            yield Problem(variant.exercise.id, text)
            elif criterion.test == variant.caught_by:
                counts[criterion.diagnoses[0].name if criterion.diagnoses else "its own words"] += 1
                if not criterion.diagnoses and criterion.message in ("", NO_WORDS):
                    yield Problem(
                        variant.exercise.id, f"{variant.name} is refused by {criterion.test} without a word why"
                    )
    if counts:
        table = ", ".join(f"{name} {count}" for name, count in counts.most_common())
        report(f"Wrong answers are told: {table}.")


def _first_line(message: str) -> str:
    return message.strip().partition("\n")[0][:200]


def _judge(
    catalog: Catalog,
    root: Path,
    variants: Sequence[Variant],
    clock: str,
    jobs: int | None,
    only: Callable[[Variant, str], bool] | None = None,
) -> None:
    """Judge every variant; each gets its criteria."""
    count = jobs or default_jobs(clock)
    try:
        for layer in _layers(variants):
            by_id = {variant.exercise.id: variant for variant in layer}
            events = session.judge(
                catalog,
                _Variants(root, layer),
                [variant.exercise for variant in layer],
                seed=0,
                clock=clock,
                jobs=min(count, len(layer)),
                only=_by_name(only, by_id) if only else None,
            )
            for event in events:
                if event.criterion is not None:
                    by_id[event.exercise].criteria.append(event.criterion)
    except (session.SessionFailed, SandboxError) as error:
        if os.environ.get("KATA_DEBUG"):
            raise
        raise GraderError(f"Judging failed: {str(error).strip().splitlines()[-1]}") from error


def _by_name(only: Callable[[Variant, str], bool], by_id: dict[str, Variant]) -> Callable[[str, str], bool]:
    return lambda exercise, test: only(by_id[exercise], test)


def _layers(variants: Sequence[Variant]) -> Iterator[list[Variant]]:
    """Deal out the variants so that no exercise comes twice in a layer."""
    waiting: dict[str, list[Variant]] = defaultdict(list)
    for variant in variants:
        waiting[variant.exercise.id].append(variant)
    while waiting:
        yield [queue.pop(0) for queue in waiting.values()]
        waiting = defaultdict(list, {name: queue for name, queue in waiting.items() if queue})


def _on_the_real_clock(
    catalog: Catalog, root: Path, variants: Sequence[Variant], report: Callable[[object], None]
) -> Iterator[Problem]:
    """Play again what is right and short, on the stock loop: the verdicts must be the same."""
    accepted = [variant for variant in variants if variant.caught_by is None and variant.name != "stub"]
    short = {
        (variant.exercise.id, variant.name): {
            criterion.test for criterion in variant.criteria if criterion.passed and criterion.played <= REAL_SECONDS
        }
        for variant in accepted
    }
    left = [variant for variant in accepted if short[variant.exercise.id, variant.name]]
    report(f"Real clock: {len(left)} right answers.")
    for attempt in range(REAL_TRIES):
        again = [Variant(variant.exercise, variant.name, variant.text) for variant in left]
        _judge(
            catalog,
            root,
            again,
            "real",
            None if attempt == 0 else 1,
            only=lambda variant, test: test in short[variant.exercise.id, variant.name],
        )
        left = [variant for variant in again if variant.failed]
        for variant in left:
            short[variant.exercise.id, variant.name] = set(variant.failed)
        if not left:
            return
    for variant in left:
        for criterion in variant.criteria:
            if not criterion.passed:
                yield Problem(
                    variant.exercise.id,
                    f"{variant.name} fails {criterion.test} on the real clock: {_first_line(criterion.message)}",
                )


# The archive of pristine stubs ----------------------------------------------------------------------------------


def pack(root: Path) -> Path:
    """Write the archive of pristine stubs anew, byte for byte the same for the same stubs.

    Returns:
        Where it is.

    Raises:
        GraderError: the stubs could not be judged.
    """
    catalog = load(root)
    exercises = [exercise for exercise in catalog.exercises if exercise.stub(root).is_file()]
    stubs = [Variant(exercise, "stub", exercise.stub(root).read_text(encoding="utf-8")) for exercise in exercises]
    _judge(catalog, root, stubs, "virtual", None)
    path = root / ARCHIVE
    write_whole(path, _packed(stubs))
    return path


def _packed(stubs: Sequence[Variant]) -> bytes:
    free = {
        stub.exercise.id: passed
        for stub in stubs
        if (passed := sorted(criterion.test for criterion in stub.criteria if criterion.passed))
    }
    members = {member(stub.exercise): stub.text for stub in stubs}
    members[MANIFEST] = json.dumps({"free": free}, indent=1, sort_keys=True) + "\n"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(members):
            # A fixed date and fixed rights: the archive depends on the stubs and on nothing else.
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.create_system = 3
            info.external_attr = 0o644 << 16
            archive.writestr(info, members[name].encode("utf-8"))
    return buffer.getvalue()


def _archive(exercises: Sequence[Exercise], root: Path, variants: Sequence[Variant]) -> Iterator[Problem]:
    """Does the archive hold the stubs that are in the tree?"""
    try:
        with zipfile.ZipFile(root / ARCHIVE) as archive:
            names = set(archive.namelist())
            for exercise in exercises:
                name = member(exercise)
                stub = exercise.stub(root).read_text(encoding="utf-8")
                if name not in names or archive.read(name).decode("utf-8") != stub:
                    yield Problem(exercise.id, f"{ARCHIVE} does not hold this stub; renew it with dev pack")
            free = json.loads(archive.read(MANIFEST))["free"]
    except (OSError, KeyError, ValueError, zipfile.BadZipFile):
        yield Problem("", f"{ARCHIVE} is missing or damaged; renew it with dev pack")
        return
    for variant in variants:
        if variant.name == "stub":
            passed = sorted(criterion.test for criterion in variant.criteria if criterion.passed)
            if free.get(variant.exercise.id, []) != passed:
                yield Problem(variant.exercise.id, f"{ARCHIVE} lists other free criteria; renew it with dev pack")
