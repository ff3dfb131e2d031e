"""Grading a class: who handed in what, judging each text once, and keeping each student's result as soon as it stands.

Students are read one after the other, as there is somebody to judge what is new of them. What was kept is found again
at the next start, which goes on from there.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
import sys
import unicodedata
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from kata.classroom import submissions
from kata.classroom.local import Conditions, Judge, Text
from kata.classroom.results import Seen, StudentResult, Told, on_exercise
from kata.classroom.roster import Roster, Student, called
from kata.classroom.verdicts import Verdicts
from kata.contract.scorecard import ExerciseVerdict, Scorecard, Status
from kata.judge.grading import scorecard
from kata.judge.scoring import not_judged
from kata.project.catalog import Exercise
from kata.project.safe_files import read_plain, write_whole
from kata.project.workspace import Source, Unreadable, Workspace, source_of
from kata.reports.escape import shorten, visible

__all__ = ["Cohort", "Handed", "assign"]

AT_ONCE = 100
"""Students of whom something is in memory at a time, at most. Only at the end of so many is there nothing to do while a
last text is judged."""

MAX_SEEN = 4 * 1024 * 1024


@dataclass(frozen=True)
class Handed:
    """A submission and whose it is."""

    entry: submissions.Entry
    slug: str
    """What the student's files are called."""
    student: Student | None = None

    @property
    def name(self) -> str:
        """The student's, as it is shown."""
        return shown(self.student.name if self.student else called(self.entry.name))


def shown(text: str) -> str:
    """A name of others', in one harmless line."""
    return shorten(visible(" ".join(text.split()), newlines=False), lines=1, characters=120) or "(no name)"


def assign(
    found: Sequence[submissions.Entry], roster: Roster | None
) -> tuple[list[Handed], list[StudentResult], list[str]]:
    """Whose each submission is.

    Returns:
        What can be graded; the results of those who cannot; and a line for each thing that is wrong.
    """
    problems: list[str] = list(roster.problems) if roster else []
    owned: dict[str, list[tuple[submissions.Entry, Student | None]]] = {}
    for entry in found:
        students = roster.find(entry.name) if roster else []
        if roster and not students:
            problems.append(f"{shown(entry.shown)} fits nobody on the roster; it is graded under its own name")
        if len(students) > 1:
            names = ", ".join(shown(one.identity) for one in students)
            problems.append(
                f"{shown(entry.shown)} fits several on the roster: {names}; it is graded under its own name"
            )
        student = students[0] if len(students) == 1 else None
        whose = f"student {id(student)}" if student else f"entry {called(entry.name).casefold()}"
        owned.setdefault(whose, []).append((entry, student))
    handed: list[Handed] = []
    others: list[StudentResult] = []
    taken: set[str] = set()
    for pairs in owned.values():
        entry, student = pairs[0]
        one = Handed(entry, _slug(entry.name, taken), student)
        if len(pairs) == 1:
            handed.append(one)
            continue
        names = ", ".join(shown(other.shown) for other, _ in pairs)
        problem = f"there are {len(pairs)} submissions of one student: {names}; leave the one that counts"
        problems.append(f"{one.name}: {problem}")
        others.append(_result(one, "not_graded", [problem]))
    present = {id(student) for pairs in owned.values() for _, student in pairs if student}
    for student in roster.students if roster else []:
        if id(student) not in present:
            problem = "nothing was handed in"
            problems.append(f"{shown(student.name)}: {problem}")
            nobody = Handed(submissions.Entry("", Path()), "", student)
            others.append(_result(nobody, "missing", [problem]))
    return handed, others, problems


def _slug(name: str, taken: set[str]) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = base = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "student"
    number = 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    taken.add(slug)
    return slug


def _result(handed: Handed, status: str, problems: list[str]) -> StudentResult:
    student = handed.student
    return StudentResult(
        name=handed.name,
        submission=shown(handed.entry.shown) if handed.slug else "",
        status=status,  # type: ignore[arg-type]
        id=student.id if student else "",
        sis=student.sis if student else "",
        login=student.login if student else "",
        email=student.email if student else "",
        section=student.section if student else "",
        on_roster=student is not None,
        problems=problems,
    )


@dataclass
class _Read:
    """A submission that was read, and what is known of its exercises."""

    handed: Handed
    problems: list[str]
    told: dict[str, tuple[Status, str]] = field(default_factory=dict)
    """Of each exercise that needs no judging: its status, and why."""
    judged: dict[str, str] = field(default_factory=dict)
    """The digest of each text that needs it, by exercise."""
    awaited: set[tuple[str, str]] = field(default_factory=set)
    """Those of them that are judged now."""


Drawn = Callable[[Handed, Scorecard], tuple[str, str]]
"""Makes the page and the JSON of a student's scorecard."""


class Cohort:
    """A class to grade, or to go on grading.

    Args:
        conditions: of judging.
        exercises: which of them count.
        verdicts: those that are known.
        out: where results are kept.
        draw: makes a student's page and JSON.
        warn: is told a line where something cannot be kept.
    """

    def __init__(
        self,
        conditions: Conditions,
        exercises: Sequence[Exercise],
        verdicts: Verdicts,
        out: Path,
        draw: Drawn,
        warn: Callable[[str], None],
    ) -> None:
        self.conditions = conditions
        self.exercises = exercises
        self.workspace = Workspace(conditions.root)
        self.verdicts = verdicts
        self.out = out
        self.draw = draw
        self.warn = warn
        self.played = 0
        """Texts that were judged."""
        self.shared = 0
        """Files that had the verdict of another one that is the same, or of an earlier start."""

    def grade(
        self,
        handed: Sequence[Handed],
        judge: Judge,
        done: Callable[[Seen], None],
        progress: Callable[[float], None],
    ) -> None:
        """Grade each student. Results are kept, and told, in the order of ``handed``, as soon as they stand.

        Args:
            handed: the submissions.
            judge: who judges what is new.
            done: told the result of each student.
            progress: told how many students are done, with parts of them.

        Raises:
            GraderError, ArchiveError, RubricError: the judge's side is broken.
            OSError: nothing can be written.
        """
        for begin in range(0, len(handed), AT_ONCE):
            self._grade(begin, handed[begin : begin + AT_ONCE], judge, done, progress)

    def _grade(
        self,
        before: int,
        handed: Sequence[Handed],
        judge: Judge,
        done: Callable[[Seen], None],
        progress: Callable[[float], None],
    ) -> None:
        under_way: dict[tuple[str, str], list[_Read]] = {}
        fresh: dict[tuple[str, str], ExerciseVerdict] = {}
        waiting: deque[_Read] = deque()
        read, asked, told = 0, 0, 0

        def finish() -> None:
            while waiting and not waiting[0].awaited:
                done(self._kept(waiting.popleft(), fresh))

        def texts() -> Iterator[Text]:
            nonlocal read, asked
            for one in handed:
                student, new = self._read(one, under_way, fresh)
                waiting.append(student)
                read += 1
                asked += len(new)
                self.shared += len(student.judged) - len(new)
                yield from new
                finish()
                progress(before + (read * told / asked if asked else read))

        for judged in judge.judge(texts()):
            text = judged.text
            known = text.exercise.id, text.sha256
            warning = self.verdicts.put(text.exercise, text.sha256, judged.verdict)
            if warning or any(criterion.fault for criterion in judged.verdict.criteria):
                fresh[known] = judged.verdict
                if warning:
                    self.warn(warning)
            for student in under_way.pop(known):
                student.awaited.discard(known)
            told += 1
            progress(before + read * told / asked)
            finish()
        self.played += told

    def _read(
        self,
        handed: Handed,
        under_way: dict[tuple[str, str], list[_Read]],
        fresh: Mapping[tuple[str, str], ExerciseVerdict],
    ) -> tuple[_Read, list[Text]]:
        """Read a submission; gives it, and the texts of it that nobody has judged and nobody judges now."""
        new: list[Text] = []
        submitted = submissions.read(handed.entry, self.exercises)
        read = _Read(handed, [shown(line) for line in submitted.problems])
        for exercise in self.exercises:
            file = f"exercises/{exercise.id}.py"
            try:
                if exercise.id in submitted.unreadable:
                    raise Unreadable(f"{file} cannot be used: {submitted.unreadable[exercise.id]}.")
                if exercise.id not in submitted.files:
                    read.told[exercise.id] = ("not_started", "")
                    continue
                data = submitted.files[exercise.id]
                source: Source = source_of(data, Path(file), file)
            except Unreadable as error:
                read.problems.append(str(error))
                read.told[exercise.id] = ("error", str(error))
                continue
            if not self.workspace.started(exercise, source):
                read.told[exercise.id] = ("not_started", "")
                continue
            read.judged[exercise.id] = sys.intern(source.sha256)
            known = (exercise.id, source.sha256)
            if known in fresh or (known not in under_way and self.verdicts.has(exercise, source.sha256)):
                continue
            if known not in under_way:
                under_way[known] = []
                new.append(Text(exercise, source.sha256, data))
            under_way[known].append(read)
            read.awaited.add(known)
        return read, new

    def _kept(self, read: _Read, fresh: dict[tuple[str, str], ExerciseVerdict]) -> Seen:
        """The result of a student, from what is kept where nothing has changed; else it is made and kept."""
        handed = read.handed
        mark = self._mark(read)
        kept = self.out / "state" / f"{handed.slug}.json"
        page, data = self.out / "students" / f"{handed.slug}.html", self.out / "students" / f"{handed.slug}.json"
        keepable = not any(known in fresh for known in read.judged.items())
        if keepable and page.is_file() and data.is_file():
            with contextlib.suppress(OSError, msgspec.MsgspecError):
                saved = msgspec.json.decode(read_plain(kept, MAX_SEEN), type=_Kept)
                if saved.mark == mark:
                    result = saved.seen.result
                    result.exercises = [on_exercise(*msgspec.structs.astuple(each)) for each in result.exercises]
                    return saved.seen
        seen, card = self._result(read, fresh)
        html, json = self.draw(handed, card)
        write_whole(page, html.encode("utf-8", "backslashreplace"))
        write_whole(data, json.encode("utf-8", "backslashreplace"))
        if keepable:
            write_whole(kept, msgspec.json.encode(_Kept(mark, seen)))
        return seen

    def _result(self, read: _Read, fresh: dict[tuple[str, str], ExerciseVerdict]) -> tuple[Seen, Scorecard]:
        verdicts: dict[str, ExerciseVerdict] = {}
        for exercise in self.exercises:
            verdict, told = None, read.told.get(exercise.id, ("error", "its verdict was lost; grade again"))
            if (sha256 := read.judged.get(exercise.id)) is not None:
                verdict = fresh.get((exercise.id, sha256)) or self.verdicts.get(exercise, sha256)
            verdicts[exercise.id] = verdict or not_judged(exercise, exercise.hidden(self.workspace.root), *told)
        for verdict in verdicts.values():
            verdict.chapter = self.conditions.catalog.chapter(verdict.id.partition("/")[0]).title
        where = self.conditions
        card = scorecard(self.exercises, verdicts, clock=where.clock, seed=where.seed)
        result = _result(read.handed, "graded", read.problems)
        if read.problems and not read.judged and not any(each.status != "not_started" for each in card.exercises):
            result.status = "not_graded"
        else:
            result.points = card.points
        result.max_points = card.max_points
        result.exercises = [on_exercise(each.id, each.status, each.points, each.max_points) for each in card.exercises]
        result.page = f"students/{read.handed.slug}.html"
        result.scorecard = f"students/{read.handed.slug}.json"
        seen = Seen(result)
        for verdict in card.exercises:
            if verdict.id in read.judged:
                seen.met[verdict.id] = [criterion.passed for criterion in verdict.criteria]
                seen.told += _told(verdict, read.judged[verdict.id])
        return seen, card

    def _mark(self, read: _Read) -> str:
        """Changes whenever the student's result would."""
        digest = hashlib.sha256(repr((read.handed.entry.shown, read.handed.student, read.problems)).encode())
        for exercise in self.exercises:
            sha256 = read.judged.get(exercise.id)
            known = self.verdicts.key(exercise, sha256) if sha256 else read.told[exercise.id][0]
            digest.update(f"{exercise.id} {known}\n".encode())
        return digest.hexdigest()


class _Kept(msgspec.Struct):
    mark: str
    seen: Seen


def _told(verdict: ExerciseVerdict, sha256: str) -> Iterator[Told]:
    """The diagnoses of a verdict, each once, with the first criterion that shows it."""
    names: set[str] = set()
    for criterion in verdict.criteria:
        for found in criterion.diagnoses if not criterion.passed else ():
            if found.name not in names:
                names.add(found.name)
                yield Told(found.name, shorten(found.text, lines=4, characters=300), verdict.id, sha256, criterion.test)
