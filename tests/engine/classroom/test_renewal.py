"""`init` and `update`: what a folder holds, and that nothing in it is lost."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import zipfile
from pathlib import Path

import pytest

from kata.classroom import renewal, template
from kata.classroom.template import MANIFEST, NotExported
from kata.cli import main
from kata.program import ROOT

FILES = renewal.handed_out(ROOT)
FIRST = "exercises/01_coroutines/01_first_coroutine.py"
SECOND = "exercises/01_coroutines/02_function_or_object.py"
THIRD = "exercises/01_coroutines/03_forgotten_await.py"


def newer(**changed: bytes | None) -> dict[str, bytes]:
    """A later version of the files: ``newer(first=b"...", third=None)``; None takes one away."""
    names = {"first": FIRST, "second": SECOND, "third": THIRD, "fourth": "exercises/09_new/01_new.py"}
    files = {name: data for name, data in FILES.items() if name != MANIFEST}
    for key, data in changed.items():
        name = names.get(key, f"kata/{key}.py")
        if data is None:
            del files[name]
        else:
            files[name] = data
    manifest = {"version": "9.9", "files": template.digests(files)}
    return {**files, MANIFEST: json.dumps(manifest).encode()}


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A folder as it was handed out."""
    folder = tmp_path / "mine"
    template.write(folder, FILES)
    return folder


def test_a_folder_of_ones_own_has_no_workflows_and_can_be_graded(mine: Path) -> None:
    assert not (mine / ".github").exists() and not (mine / ".gitlab-ci.yml").exists()
    assert (mine / "grader.py").stat().st_mode & 0o111
    assert not list(mine.rglob("solutions")) and list((mine / "tests/hidden").rglob("test_*.py"))


def test_what_was_edited_or_taken_away_stays_so(mine: Path) -> None:
    (mine / FIRST).write_text("my own work")
    (mine / SECOND).unlink()
    (mine / "notes.txt").write_text("mine")
    done = renewal.renew(mine, newer(first=b"1", second=b"2", third=b"3", fourth=b"4", program=b"p"))
    assert done == renewal.Renewed(
        new=["exercises/09_new/01_new.py"], changed=sorted([THIRD, "kata/program.py"]), kept=[FIRST]
    )
    assert (mine / FIRST).read_text() == "my own work"
    assert not (mine / SECOND).exists()
    assert (mine / THIRD).read_bytes() == b"3"
    assert (mine / "exercises/09_new/01_new.py").read_bytes() == b"4"
    assert (mine / "notes.txt").read_text() == "mine"


def test_what_is_no_part_of_the_program_any_more_goes_unless_it_was_changed(mine: Path) -> None:
    names = ["kata/fakes.py", "kata/program.py"]
    (mine / names[1]).write_text("changed")
    done = renewal.renew(mine, newer(fakes=None, program=None, third=None))
    assert done.removed == [names[0]]
    assert not (mine / names[0]).exists()
    assert (mine / names[1]).read_text() == "changed"
    assert (mine / THIRD).read_bytes() == FILES[THIRD]


def test_a_second_time_there_is_nothing_to_do(mine: Path) -> None:
    (mine / FIRST).write_text("my own work")
    files = newer(first=b"1", third=b"3")
    assert renewal.renew(mine, files).changed == [THIRD]
    assert renewal.renew(mine, files) == renewal.Renewed()
    later = newer(first=b"11", third=b"33")
    assert renewal.renew(mine, later) == renewal.Renewed(changed=[THIRD], kept=[FIRST])


def test_interrupted_it_can_be_done_again(mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = newer(first=b"1", second=b"2", third=b"3")
    written = renewal.write_whole
    left = [2]

    def stops(path: Path, data: bytes) -> None:
        if not left[0]:
            raise OSError(28, "No space left on device")
        left[0] -= 1
        written(path, data)

    monkeypatch.setattr(renewal, "write_whole", stops)
    with pytest.raises(OSError, match="No space"):
        renewal.renew(mine, files)
    monkeypatch.undo()
    assert renewal.renew(mine, files).kept == []
    assert [(mine / name).read_bytes() for name in (FIRST, SECOND, THIRD)] == [b"1", b"2", b"3"]


def test_a_folder_that_was_not_handed_out_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "x.py").write_text("x")
    with pytest.raises(NotExported, match="not made by init"):
        renewal.renew(tmp_path, newer())
    (tmp_path / MANIFEST).write_text("{")
    with pytest.raises(NotExported, match="damaged"):
        renewal.renew(tmp_path, newer())
    assert (tmp_path / "x.py").read_text() == "x"


@pytest.mark.parametrize("kind", ["folder", "zip", "zip with a folder", "wheel"])
def test_newer_versions_come_in_many_forms(mine: Path, tmp_path: Path, kind: str) -> None:
    source = tmp_path / "newer"
    if kind == "wheel":
        package = {name: data for name, data in FILES.items() if name.startswith("kata/")}
        others = {name: data for name, data in FILES.items() if not name.startswith("kata/")}
        files = {**package, **{f"{template.HANDOUT}/{name}": data for name, data in others.items()}}
        files["asyncio_kata-9.dist-info/METADATA"] = b"x"
    else:
        files = dict(FILES)
    for name, data in files.items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_bytes(data)
    path = source
    if kind != "folder":
        base = tmp_path if kind == "zip with a folder" else source
        path = Path(
            shutil.make_archive(str(tmp_path / "packed"), "zip", base, source.name if base == tmp_path else ".")
        )
    with renewal.newest(path) as root:
        found = renewal.handed_out(root)
    assert found == FILES
    assert renewal.renew(mine, found) == renewal.Renewed()


@pytest.mark.parametrize("data", [b"", b"PK", b"not a zip"])
def test_what_is_no_newer_version_is_one_line(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.whl").write_bytes(data)
    with pytest.raises(NotExported, match="cannot be read"), renewal.newest(tmp_path / "x.whl"):
        pass
    with pytest.raises(NotExported, match="holds no version"), renewal.newest(tmp_path):
        pass


def test_names_in_a_zip_stay_inside(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("../../evil.py", "x")
        archive.writestr("kata/pristine.zip", "x")
    with renewal.newest(tmp_path / "x.zip") as root:
        assert (root / "evil.py").is_file()
    assert not (Path(tempfile.gettempdir()) / "evil.py").exists()


def test_the_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["init", "mine"]) == 0
    assert "cd mine" in capsys.readouterr().out
    assert main(["init", "mine"]) == 2
    assert capsys.readouterr().err == "mine is not empty; name a new folder.\n"
    (tmp_path / "mine" / FIRST).write_text("my own work")
    manifest = json.loads((tmp_path / "mine" / MANIFEST).read_text())
    for name in (FIRST, SECOND):  # as if they had been handed out in another form
        manifest["files"][name] = hashlib.sha256(b"old").hexdigest()
    (tmp_path / "mine" / SECOND).write_bytes(b"old")
    (tmp_path / "mine" / MANIFEST).write_text(json.dumps(manifest))
    assert main(["update", "mine", "--from", str(ROOT)]) == 0
    out, _ = capsys.readouterr()
    assert out.splitlines() == [f"changed: {SECOND}", f"edited by you and left as it is: {FIRST}"]
    assert (tmp_path / "mine" / SECOND).read_bytes() == FILES[SECOND]
    assert main(["update", "mine", "--from", str(ROOT)]) == 0
    assert capsys.readouterr().out == "There is nothing newer.\n"
    assert main(["update", str(tmp_path), "--from", str(ROOT)]) == 2
    assert "not made by init" in capsys.readouterr().err
