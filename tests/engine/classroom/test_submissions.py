"""What classes hand in, tidy and untidy: each thing that is wrong is one line, and nothing is followed or unpacked."""

from __future__ import annotations

import io
import os
import sys
import zipfile
from pathlib import Path

import pytest

from kata.classroom import submissions
from kata.classroom.submissions import NoSubmissions, Submitted, entries, read
from kata.program import ROOT
from kata.project.catalog_reader import load

EXERCISES = load(ROOT).exercises[:3]
FIRST, SECOND, THIRD = (exercise.id for exercise in EXERCISES)


def zipped(members: dict[str, bytes | str]) -> bytes:
    """A zip with these members."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return data.getvalue()


def put(path: Path, data: bytes | str = "x = 1\n") -> Path:
    """A file with all its folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def only(place: Path) -> Submitted:
    """The only submission there."""
    [entry] = entries(place)
    return read(entry, EXERCISES)


@pytest.mark.parametrize("where", ["", "exercises/", "kata-main/", "kata-main/exercises/", "a/b/exercises/"])
def test_chapters_are_found_wherever_they_lie(tmp_path: Path, where: str) -> None:
    put(tmp_path / "folders" / "ana" / where / f"{FIRST}.py", "mine")
    put(tmp_path / "zips" / "ana.zip", zipped({f"{where}{FIRST}.py": "mine"}))
    for place in ("folders", "zips"):
        submitted = only(tmp_path / place)
        assert (submitted.files, submitted.unreadable, submitted.problems) == ({FIRST: b"mine"}, {}, [])


def test_solutions_and_hidden_folders_of_a_clone_are_no_submission(tmp_path: Path) -> None:
    names = [f"{folder}/{FIRST}.py" for folder in ("solutions", ".git", "tests/hidden", "__MACOSX", "venv/lib")]
    for name in names:
        put(tmp_path / "folders" / "ana" / name)
    put(tmp_path / "zips" / "ana.zip", zipped(dict.fromkeys(names, "x")))
    for place in ("folders", "zips"):
        submitted = only(tmp_path / place)
        assert submitted.files == {}
        assert submitted.problems == ["it holds no chapter such as 01_coroutines; ask for the folder exercises"]
    put(tmp_path / "folders" / "ana" / "exercises" / f"{FIRST}.py", "mine")
    names_and_mine = {**dict.fromkeys(names, "x"), f"exercises/{FIRST}.py": "mine"}
    put(tmp_path / "zips" / "ana.zip", zipped(names_and_mine))
    for place in ("folders", "zips"):
        assert only(tmp_path / place).files == {FIRST: b"mine"}


def test_an_export_is_read_as_it_is(tmp_path: Path) -> None:
    inner = zipped({f"exercises/{FIRST}.py": "zipped"})
    export = {
        "Ana Lee_123_assignsubmission_file_/kata.zip": inner,
        "Bo_124_assignsubmission_file_/" + FIRST + ".py": "plain",
        "cy_77_88_kata.zip": inner,
        "notes.txt": "x",
        "__MACOSX/x": "x",
    }
    found = entries(put(tmp_path / "export.zip", zipped(export)))
    assert [entry.name for entry in found] == [
        "Ana Lee_123_assignsubmission_file_", "Bo_124_assignsubmission_file_", "cy_77_88_kata", "notes.txt",
    ]  # fmt: skip
    ana, bo, cy, notes = (read(entry, EXERCISES) for entry in found)
    assert ana.files == cy.files == {FIRST: b"zipped"}
    assert bo.files == {FIRST: b"plain"}
    assert notes.problems == ["it is a file, and neither a folder nor a zip; ask for a folder or a zip"]


def test_a_zip_in_a_zip_is_opened_and_one_in_that_is_not(tmp_path: Path) -> None:
    one = zipped({f"{FIRST}.py": "mine"})
    two = zipped({"kata.zip": one})
    three = zipped({"kata.zip": two})
    for name, data in {"1.zip": one, "2.zip": two, "3.zip": three}.items():
        put(tmp_path / name, data)
    found = {entry.name: read(entry, EXERCISES) for entry in entries(tmp_path)}
    assert found["1"].files == found["2"].files == {FIRST: b"mine"}
    assert found["3"].problems == [
        "it holds a zip in a zip in a zip and no chapter; ask for one zip with the exercises"
    ]


def test_a_folder_with_one_zip_is_that_zip(tmp_path: Path) -> None:
    put(tmp_path / "ana" / "deep" / "kata.ZIP", zipped({f"{FIRST}.py": "mine"}))
    assert only(tmp_path).files == {FIRST: b"mine"}
    put(tmp_path / "ana" / "other.zip", zipped({f"{FIRST}.py": "older"}))
    assert only(tmp_path).problems == ["it holds 2 zips and no chapter; leave the one that counts"]


@pytest.mark.parametrize("name", ["../{}", "/{}", "a/../../{}", "..\\{}", "C:/{}", "C:\\{}"])
def test_names_that_lead_out_of_a_zip_are_not_read(tmp_path: Path, name: str) -> None:
    put(tmp_path / "ana.zip", zipped({name.format(f"{FIRST}.py"): "x", f"exercises/{SECOND}.py": "mine"}))
    submitted = only(tmp_path)
    assert submitted.files == {SECOND: b"mine"}
    assert submitted.problems == ["1 of its names lead out of it, such as ../name; those were not read"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ana.zip"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights")
def test_links_are_not_followed(tmp_path: Path) -> None:
    secret = put(tmp_path / "secret.py", "secret")
    classes = tmp_path / "class"
    put(classes / "ana" / f"{SECOND}.py", "mine")
    (classes / "ana" / f"{FIRST}.py").symlink_to(secret)
    (classes / "ana" / f"{THIRD}.py").symlink_to(classes / "ana" / f"{SECOND}.py")
    (classes / "bo").symlink_to(classes / "ana")
    link = zipfile.ZipInfo(f"{FIRST}.py")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(classes / "cy.zip", "w") as archive:
        archive.writestr(link, str(secret))
        archive.writestr(f"{SECOND}.py", "mine")
    ana, bo, cy = (read(entry, EXERCISES) for entry in entries(classes))
    assert ana.files == cy.files == {SECOND: b"mine"}
    assert ana.unreadable == {FIRST: "a link leads out of the submission", THIRD: "it is a link"}
    assert cy.unreadable == {FIRST: "it is a link"}
    assert (bo.files, bo.problems) == ({}, ["it is a link; put the submission itself there"])


def test_zeros_without_end_are_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    zeros = bytes(3 * 1024 * 1024)
    bomb = zipped({f"{FIRST}.py": zeros, f"{SECOND}.py": "mine"})
    put(tmp_path / "ana.zip", bomb)
    submitted = only(tmp_path)
    assert submitted.files == {SECOND: b"mine"}
    assert submitted.unreadable == {FIRST: "it is larger than 1,024 KiB"}
    monkeypatch.setattr(submissions, "MAX_INNER", 1024 * 1024)
    put(tmp_path / "ana.zip", zipped({"kata.zip": zeros}))
    assert only(tmp_path).problems == ["it cannot be read (it is larger than 1,024 KiB); ask for it again"]


def test_ten_gigabytes_of_zeros_are_told_and_cost_nothing(tmp_path: Path) -> None:
    """The size stands in the list of contents, which is all that is looked at."""
    plain = zipped({"zeros": bytes(10), f"{FIRST}.py": "mine"})
    with zipfile.ZipFile(io.BytesIO(plain)) as archive:
        place = archive.start_dir
    forged = bytearray(plain)
    forged[place + 24 : place + 28] = (2**32 - 2).to_bytes(4, "little")
    put(tmp_path / "ana.zip", bytes(forged))
    submitted = only(tmp_path)
    assert submitted.files == {FIRST: b"mine"}
    assert submitted.problems == ["it would unpack to more than 1 GiB; only its exercises were read"]


@pytest.mark.parametrize("data", [b"", b"PK", b"not a zip", zipped({f"{FIRST}.py": "x" * 999})[:-30], bytes(5000)])
def test_a_damaged_zip_is_one_line(tmp_path: Path, data: bytes) -> None:
    put(tmp_path / "ana.zip", data)
    submitted = only(tmp_path)
    assert submitted.files == {}
    [problem] = submitted.problems
    assert problem.startswith("it cannot be read (") and "\n" not in problem


def test_a_damaged_member_costs_that_exercise(tmp_path: Path) -> None:
    whole = zipped({f"{FIRST}.py": "first" * 9, f"{SECOND}.py": "mine"})
    broken = whole.replace(b"\x4b\xcb\x2c\x2a\x2e", b"\x4b\xcb\x2c\x2a\x2f", 1)
    put(tmp_path / "ana.zip", broken)
    submitted = only(tmp_path)
    assert submitted.files == {SECOND: b"mine"}
    assert list(submitted.unreadable) == [FIRST]


def test_an_empty_folder_an_empty_zip_and_a_file(tmp_path: Path) -> None:
    (tmp_path / "ana").mkdir()
    put(tmp_path / "bo.zip", zipped({}))
    put(tmp_path / "cy.py", "x = 1")
    put(tmp_path / ".DS_Store")
    problems = {entry.shown: read(entry, EXERCISES).problems for entry in entries(tmp_path)}
    assert problems == {
        "ana": ["it is empty; ask for it again"],
        "bo.zip": ["it is empty; ask for it again"],
        "cy.py": ["it is a file, and neither a folder nor a zip; ask for a folder or a zip"],
    }


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="has no pipes")
def test_what_is_no_plain_file_is_not_read(tmp_path: Path) -> None:
    put(tmp_path / "ana" / f"{SECOND}.py", "mine")
    os.mkfifo(tmp_path / "ana" / f"{FIRST}.py")
    (tmp_path / "ana" / f"{THIRD}.py").mkdir()
    os.mkfifo(tmp_path / "bo.zip")
    ana, bo = (read(entry, EXERCISES) for entry in entries(tmp_path))
    assert ana.files == {SECOND: b"mine"}
    assert ana.unreadable == {FIRST: "it is a pipe or a device, not a file", THIRD: "it is a directory"}
    assert bo.problems == ["it cannot be read (it is no plain file, or larger than 8 GiB); ask for it again"]


@pytest.mark.parametrize("place", ["nowhere", "file.txt", "empty"])
def test_where_nothing_is_there_is_nothing_to_grade(tmp_path: Path, place: str) -> None:
    put(tmp_path / "file.txt")
    (tmp_path / "empty").mkdir()
    with pytest.raises(NoSubmissions, match=f"{place} .*; "):
        entries(tmp_path / place)
