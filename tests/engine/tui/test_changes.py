"""When files are looked at, and when what they hold is believed."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path

import pytest
import watchfiles

from kata.project.workspace import Source, Unreadable, source_of
from kata.tui import changes
from kata.tui.changes import PAUSES, settled, signature
from kata.virtualtime import VirtualLoop


def in_turn(*texts: str | None) -> tuple[Callable[[], Source], list[float]]:
    """What a file holds each time it is read, the last for ever; None is no file. Also notes when it was read."""
    left, read = list(texts), []

    def now() -> Source:
        read.append(asyncio.get_running_loop().time())
        text = left.pop(0) if len(left) > 1 else left[0]
        if text is None:
            raise Unreadable("x.py is missing.")
        return source_of(text.encode(), Path("x.py"), "x.py")

    return now, read


def settle(*texts: str | None) -> tuple[str, Sequence[float]]:
    """The text that is believed, and when the file was read, in virtual seconds."""
    read, moments = in_turn(*texts)
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        source = runner.run(settled(read))
    return source.text, [moment - moments[0] for moment in moments]


def test_a_whole_text_is_believed_at_once() -> None:
    assert settle("x = 1\n", "x = 2\n") == ("x = 1\n", [0])


@pytest.mark.parametrize("moment", [None, "", "   \n", "def half(", "x = 'open", "x = '\\x00'[", "def f():\n"])
def test_what_cannot_be_whole_is_read_again(moment: str | None) -> None:
    text, moments = settle(moment, "x = 1\n")
    assert text == "x = 1\n"
    assert moments == [0, PAUSES[0]]


def test_a_text_that_stays_wrong_is_believed_after_a_tenth_of_a_second() -> None:
    text, moments = settle("def half(")
    assert text == "def half("
    assert moments[-1] == pytest.approx(sum(PAUSES)) == pytest.approx(0.1)


def test_a_file_that_stays_away_is_told_so() -> None:
    with pytest.raises(Unreadable, match="missing"):
        settle(None)


def test_a_warning_of_the_compiler_is_no_reason_to_wait() -> None:
    assert settle("x = 1 is 1\n")[1] == [0]


def test_a_file_has_another_signature_when_it_is_replaced_by_one_of_the_same_size(tmp_path: Path) -> None:
    file, other = tmp_path / "x.py", tmp_path / "y.py"
    file.write_text("x = 1\n")
    before = signature(file)
    other.write_text("x = 2\n")
    os.utime(other, ns=(file.stat().st_atime_ns, file.stat().st_mtime_ns))
    other.replace(file)
    assert signature(file) != before
    file.unlink()
    assert signature(file) == ()


async def first(signs: AsyncIterator[bool], wanted: bool) -> None:
    """Wait for a sign of one kind."""
    async for sign in signs:
        if sign is wanted:
            return


async def test_a_save_is_told_by_the_system(tmp_path: Path) -> None:
    signs = changes.changes(tmp_path)
    await first(signs, False)  # it is watching
    (tmp_path / "x.py").write_text("x = 1\n")
    await first(signs, True)
    await signs.aclose()


async def test_a_folder_that_is_removed_and_comes_back_is_watched_again(tmp_path: Path) -> None:
    folder = tmp_path / "exercises"
    signs = changes.changes(folder)
    await first(signs, False)
    folder.mkdir()
    await first(signs, False)
    await first(signs, False)
    shutil.rmtree(folder)
    await first(signs, True)
    await first(signs, False)
    folder.mkdir()
    await first(signs, False)
    await first(signs, False)
    (folder / "x.py").write_text("x = 1\n")
    await first(signs, True)
    await signs.aclose()


async def test_where_nothing_is_told_it_is_time_to_look_again_and_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def silent(*_: object, **options: object) -> AsyncIterator[set[object]]:
        assert options["yield_on_timeout"] and options["rust_timeout"] == 250
        while True:
            yield set()

    monkeypatch.setattr(watchfiles, "awatch", silent)
    signs = changes.changes(tmp_path)
    assert [await anext(signs) for _ in range(3)] == [False, False, False]
    await signs.aclose()


async def test_where_watching_is_refused_there_is_still_the_looking(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> AsyncIterator[set[object]]:
        raise OSError("OS file watch limit reached")

    monkeypatch.setattr(watchfiles, "awatch", refused)
    monkeypatch.setattr(changes, "LOOK_EVERY", 0)
    signs = changes.changes(tmp_path)
    assert [await anext(signs) for _ in range(3)] == [False, False, False]
    await signs.aclose()
