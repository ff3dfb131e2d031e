"""The learner's files: read safely, compared with the pristine stubs, set back on request."""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from pathlib import Path

import pytest

from kata.project.catalog import Exercise
from kata.project.workspace import ArchiveError, NotReset, Unreadable, Workspace, member

EXERCISE = Exercise(
    id="01_coroutines/01_first_coroutine",
    chapter="01_coroutines",
    name="first_coroutine",
    stem="01_first_coroutine",
    number="01.01",
    title="A first coroutine",
    kind="build",
    points=10,
    difficulty=1,
    minutes=5,
    requires=(),
    hints=("a", "b", "c"),
)
STUB = '"""A störy."""\n\n\nasync def greet():\n    ...\n'
PATH = Path("exercises/01_coroutines/01_first_coroutine.py")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A clone with one exercise that nobody has touched."""
    (tmp_path / "kata").mkdir()
    (tmp_path / PATH).parent.mkdir(parents=True)
    (tmp_path / PATH).write_bytes(STUB.encode())
    pack(tmp_path, {member(EXERCISE): STUB})
    return tmp_path


def pack(root: Path, members: dict[str, str], free: object = None) -> None:
    with zipfile.ZipFile(root / "kata" / "pristine.zip", "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
        archive.writestr("manifest.json", json.dumps({"free": free or {}}))


def backups(root: Path) -> list[str]:
    return sorted(path.read_text(encoding="utf-8") for path in (root / ".kata/backups").rglob("*.py"))


def test_a_file_is_read_with_its_digest(root: Path) -> None:
    source = Workspace(root).read(EXERCISE)
    assert source.text == STUB
    assert source.sha256 == hashlib.sha256(STUB.encode()).hexdigest()
    assert source.path == root / PATH


def test_another_submission_can_be_read(root: Path, tmp_path: Path) -> None:
    other = tmp_path / "of ana"
    (other / "01_coroutines").mkdir(parents=True)
    (other / "01_coroutines/01_first_coroutine.py").write_text("answer = 42\n", encoding="utf-8")
    assert Workspace(root, other).read(EXERCISE).text == "answer = 42\n"


def test_a_byte_order_mark_is_no_part_of_the_text(root: Path) -> None:
    (root / PATH).write_bytes(b"\xef\xbb\xbf" + STUB.encode())
    assert Workspace(root).read(EXERCISE).text == STUB


def refused(workspace: Workspace) -> str:
    """The one line with which the file is refused."""
    with pytest.raises(Unreadable) as caught:
        workspace.read(EXERCISE)
    message = str(caught.value)
    assert message.isprintable() and message.endswith(".")
    return message


def test_a_missing_file_says_how_to_get_it_back(root: Path) -> None:
    (root / PATH).unlink()
    assert refused(Workspace(root)) == (f'{PATH} is missing; "python grader.py reset 01.01" brings the original back.')


def test_a_missing_file_of_another_submission_does_not_advise_a_reset(root: Path, tmp_path: Path) -> None:
    other = tmp_path / "empty"
    other.mkdir()
    assert "reset" not in refused(Workspace(root, other))


def test_a_directory_is_refused(root: Path) -> None:
    (root / PATH).unlink()
    (root / PATH).mkdir()
    assert "it is a directory" in refused(Workspace(root))


def test_a_file_in_place_of_the_chapter_is_refused(root: Path) -> None:
    (root / PATH).unlink()
    (root / PATH).parent.rmdir()
    (root / PATH).parent.write_text("", encoding="utf-8")
    assert "a file is in the way" in refused(Workspace(root))


def test_a_link_that_leads_out_is_refused(root: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.py").write_text("secret", encoding="utf-8")
    (root / PATH).unlink()
    (root / PATH).symlink_to(tmp_path / "secret.py")
    assert "a link leads out" in refused(Workspace(root))


def test_a_chapter_that_is_a_link_leading_out_is_refused(root: Path, tmp_path: Path) -> None:
    (root / PATH).parent.rename(tmp_path / "elsewhere")
    (root / PATH).parent.symlink_to(tmp_path / "elsewhere")
    assert "a link leads out" in refused(Workspace(root))


def test_a_link_that_stays_inside_is_followed(root: Path) -> None:
    (root / PATH).rename(root / "exercises/mine.py")
    (root / PATH).symlink_to("../mine.py")
    assert Workspace(root).read(EXERCISE).text == STUB


def test_a_link_to_itself_is_refused(root: Path) -> None:
    (root / PATH).unlink()
    (root / PATH).symlink_to(root / PATH)
    assert "link" in refused(Workspace(root))


def test_a_submission_directory_may_be_a_link(root: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(root / "exercises")
    assert Workspace(root, tmp_path / "link").read(EXERCISE).text == STUB


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_refused_at_once(root: Path) -> None:
    (root / PATH).unlink()
    os.mkfifo(root / PATH)
    assert "pipe" in refused(Workspace(root))


def test_a_huge_file_is_refused(root: Path) -> None:
    (root / PATH).write_bytes(b"#" * (1024 * 1024 + 1))
    assert "larger than 1024 KiB" in refused(Workspace(root))


def test_text_that_is_no_utf_8_names_the_line(root: Path) -> None:
    (root / PATH).write_bytes(b"a = 1\nb = '\xe4'\n")
    assert "line 2: the text is not UTF-8" in refused(Workspace(root))


def test_a_nul_is_refused(root: Path) -> None:
    (root / PATH).write_bytes(b"a = 1\0\n")
    assert "NUL" in refused(Workspace(root))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_refused(root: Path) -> None:
    (root / PATH).chmod(0)
    assert "make it readable" in refused(Workspace(root))


def test_an_untouched_stub_is_not_started(root: Path) -> None:
    assert not Workspace(root).started(EXERCISE)


@pytest.mark.parametrize(
    "text",
    [
        STUB.replace("\n", "\r\n"),
        STUB.replace("\n", "\r"),
        STUB.replace("\n", "  \n"),
        STUB + "\n\n",
        STUB[:-1],
    ],
    ids=["windows", "old mac", "trailing blanks", "empty lines at the end", "no last line end"],
)
def test_white_space_at_line_ends_is_no_start(root: Path, text: str) -> None:
    (root / PATH).write_bytes(text.encode())
    assert not Workspace(root).started(EXERCISE)


@pytest.mark.parametrize("text", [STUB + "# hm\n", STUB.replace("    ...", "  ..."), ""])
def test_any_other_change_is_a_start(root: Path, text: str) -> None:
    (root / PATH).write_bytes(text.encode())
    assert Workspace(root).started(EXERCISE)


def test_free_criteria_come_from_the_manifest(root: Path) -> None:
    pack(root, {member(EXERCISE): STUB}, {EXERCISE.id: ["test_a", "test_b"]})
    assert Workspace(root).free_criteria(EXERCISE) == {"test_a", "test_b"}


def test_an_exercise_that_the_manifest_does_not_name_has_no_free_criteria(root: Path) -> None:
    assert Workspace(root).free_criteria(EXERCISE) == frozenset()


def test_a_missing_archive_is_one_line(root: Path) -> None:
    (root / "kata/pristine.zip").unlink()
    with pytest.raises(ArchiveError, match=r'^kata/pristine\.zip is missing; get it again with "git checkout'):
        Workspace(root).pristine(EXERCISE)


@pytest.mark.parametrize("keep", [0, 10, 100])
def test_a_damaged_archive_is_one_line(root: Path, keep: int) -> None:
    archive = root / "kata/pristine.zip"
    archive.write_bytes(archive.read_bytes()[:keep])
    with pytest.raises(ArchiveError, match=r"^kata/pristine\.zip is damaged "):
        Workspace(root).pristine(EXERCISE)


def test_an_archive_without_the_exercise_is_one_line(root: Path) -> None:
    pack(root, {})
    with pytest.raises(ArchiveError, match="does not hold 01_coroutines/01_first_coroutine"):
        Workspace(root).started(EXERCISE)


def test_a_damaged_manifest_is_one_line(root: Path) -> None:
    pack(root, {}, ["test_a"])
    with pytest.raises(ArchiveError, match=r"manifest\.json"):
        Workspace(root).free_criteria(EXERCISE)


def test_a_reset_brings_the_stub_back_and_keeps_a_copy(root: Path) -> None:
    (root / PATH).write_text("my work", encoding="utf-8")
    backup = Workspace(root).reset(EXERCISE)
    assert (root / PATH).read_bytes() == STUB.encode()
    assert backup is not None
    assert backup.read_text(encoding="utf-8") == "my work"
    assert backup.parent == root / ".kata/backups/01_coroutines"
    assert backup.name.startswith("01_first_coroutine.")


def test_a_second_reset_in_the_same_second_keeps_both_copies(root: Path) -> None:
    workspace = Workspace(root)
    for text in ("one", "two", "three"):
        (root / PATH).write_text(text, encoding="utf-8")
        workspace.reset(EXERCISE)
    assert backups(root) == ["one", "three", "two"]


def test_a_reset_of_an_untouched_stub_keeps_nothing(root: Path) -> None:
    assert Workspace(root).reset(EXERCISE) is None
    assert not (root / ".kata").exists()


def test_a_reset_brings_a_deleted_chapter_back(root: Path) -> None:
    (root / PATH).unlink()
    (root / PATH).parent.rmdir()
    assert Workspace(root).reset(EXERCISE) is None
    assert (root / PATH).read_bytes() == STUB.encode()


def test_a_reset_keeps_even_what_cannot_be_graded(root: Path) -> None:
    (root / PATH).write_bytes(b"\xff\0")
    backup = Workspace(root).reset(EXERCISE)
    assert backup is not None
    assert backup.read_bytes() == b"\xff\0"


def test_a_reset_replaces_a_link_and_not_its_target(root: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text("mine", encoding="utf-8")
    (root / PATH).unlink()
    (root / PATH).symlink_to(tmp_path / "mine.py")
    Workspace(root).reset(EXERCISE)
    assert not (root / PATH).is_symlink()
    assert (tmp_path / "mine.py").read_text(encoding="utf-8") == "mine"


def test_a_reset_does_not_remove_a_directory(root: Path) -> None:
    (root / PATH).unlink()
    (root / PATH).mkdir()
    with pytest.raises(NotReset, match="it is a directory; move it away"):
        Workspace(root).reset(EXERCISE)


def test_a_reset_never_writes_outside_the_submission(root: Path, tmp_path: Path) -> None:
    (root / PATH).parent.rename(tmp_path / "elsewhere")
    (root / PATH).parent.symlink_to(tmp_path / "elsewhere")
    (tmp_path / "elsewhere/01_first_coroutine.py").write_text("not yours", encoding="utf-8")
    with pytest.raises(NotReset, match="a link leads out"):
        Workspace(root).reset(EXERCISE)
    assert (tmp_path / "elsewhere/01_first_coroutine.py").read_text(encoding="utf-8") == "not yours"


def test_without_room_for_the_copy_nothing_is_replaced(root: Path) -> None:
    (root / PATH).write_text("my work", encoding="utf-8")
    (root / ".kata").write_text("in the way", encoding="utf-8")
    with pytest.raises(NotReset, match="was not reset and is as it was: "):
        Workspace(root).reset(EXERCISE)
    assert (root / PATH).read_text(encoding="utf-8") == "my work"
