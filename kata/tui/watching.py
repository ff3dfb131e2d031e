"""Watching one exercise: from a change of its file to what is told of it. Nothing here is drawn."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Protocol

from kata.contract.scorecard import Criterion
from kata.project.catalog import Exercise
from kata.project.workspace import Source, Unreadable
from kata.tui.changes import changes, settled, signature
from kata.tui.given import Project
from kata.tui.judging import Failed, Judge, Judged, News, Pictured

__all__ = ["Listener", "Watching"]


PATIENCE = 1.0
"""Real seconds in which the look-out should end."""


class Listener(Protocol):
    """Who shows what is seen; everything is called on the loop's thread."""

    def judging(self, exercise: Exercise) -> None:
        """A text is being judged now; nothing more comes of an earlier one."""

    def decided(self, criterion: Criterion) -> None:
        """One criterion more is decided."""

    def judged(self, judged: Judged) -> None:
        """The verdict stands."""

    def pictured(self, pictured: Pictured) -> None:
        """The pictures to that verdict are there."""

    def problem(self, exercise: Exercise, line: str) -> None:
        """Nothing can be judged as things are."""

    def others_changed(self) -> None:
        """Something changed, and not the exercise that is watched."""


class Watching:
    """Judges an exercise each time its file comes to hold another text.

    Args:
        project: the clone.
        judge: judges.
        listener: is told.
        exercise: which to begin with.
        changes: when to look at the files of a folder.
    """

    def __init__(
        self,
        project: Project,
        judge: Judge,
        listener: Listener,
        exercise: Exercise,
        changes: Callable[[Path], AsyncIterator[bool]] = changes,
    ) -> None:
        self.project = project
        self.judge = judge
        self.listener = listener
        self.exercise = exercise
        self._changes = changes
        self._heard: asyncio.Queue[bool | tuple[int, News] | BaseException | Exercise] = asyncio.Queue()
        self._number = 0
        """Of the last judgement; what comes of earlier ones is dropped."""
        self._text = ""
        """The digest of the text that was judged, or is being."""
        self._seen: tuple[int, ...] | None = None
        self._problem = ""

    def turn_to(self, exercise: Exercise) -> None:
        """Watch another exercise from now on, or the same one anew."""
        self._heard.put_nowait(exercise)

    async def run(self) -> None:
        """Watch until this is cancelled."""
        looking = asyncio.create_task(self._look_out())
        try:
            await self._turn_to(self.exercise)
            while True:
                heard = await self._heard.get()
                if isinstance(heard, BaseException):
                    raise heard
                if isinstance(heard, Exercise):
                    await self._turn_to(heard)
                elif isinstance(heard, tuple):
                    self._told(*heard)
                else:
                    await self._look(changed=heard)
        finally:
            looking.cancel()
            await asyncio.wait([looking], timeout=PATIENCE)

    async def _look_out(self) -> None:
        try:
            async with contextlib.aclosing(self._changes(self.project.workspace.submission)) as changed:  # type: ignore[type-var]
                async for each in changed:
                    self._heard.put_nowait(each)
        except Exception as error:
            self._heard.put_nowait(error)

    async def _turn_to(self, exercise: Exercise) -> None:
        self.exercise = exercise
        self._number += 1
        self._text = self._problem = ""
        await self._look(changed=True)

    async def _look(self, *, changed: bool) -> None:
        """Look at the file, and judge it when it holds another text.

        Args:
            changed: False reads it only if there is a sign of change.
        """
        seen = signature(self.project.workspace.path(self.exercise))
        if seen == self._seen and not changed:
            return
        elsewhere = seen == self._seen
        self._seen = seen
        try:
            source = await settled(lambda: self.project.workspace.read(self.exercise))
        except Unreadable as error:
            self._stopped(str(error))
            return
        self._problem = ""
        if source.sha256 != self._text:
            self._judge(source)
        elif elsewhere:
            self.listener.others_changed()

    def _judge(self, source: Source) -> None:
        self._text = source.sha256
        self._number += 1
        number, loop = self._number, asyncio.get_running_loop()

        def tell(news: News) -> None:
            with contextlib.suppress(RuntimeError):  # the loop is closed: nobody listens any more
                loop.call_soon_threadsafe(self._heard.put_nowait, (number, news))

        self.listener.judging(self.exercise)
        self.judge.begin(self.exercise, source, tell)

    def _told(self, number: int, news: News) -> None:
        if number != self._number:
            return
        if isinstance(news, Criterion):
            self.listener.decided(news)
        elif isinstance(news, Judged):
            self.listener.judged(news)
        elif isinstance(news, Pictured):
            self.listener.pictured(news)
        elif isinstance(news, Failed):
            self._stopped(news.line)

    def _stopped(self, line: str) -> None:
        """Tell once what is in the way. The text is judged again when it is there again, whatever it is."""
        self._number += 1
        self._text = ""
        if line != self._problem:
            self._problem = line
            self.listener.problem(self.exercise, line)
