"""What is wrong with packages: found by looking at them in an interpreter of their own."""

from __future__ import annotations

import os
import py_compile
import sys
import zipfile
from pathlib import Path

import pytest

from kata.bootstrap import packages
from kata.bootstrap.packages import SetupError

from .conftest import pack

WANTED = ["tiny-dependency>=1", "not-here; python_version < '3'"]


@pytest.fixture
def site(tmp_path: Path, wheels: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory with one package, which the interpreters that this test starts see too."""
    site = tmp_path / "site"
    zipfile.ZipFile(wheels / "tiny_dependency-1.2-py3-none-any.whl").extractall(site)
    monkeypatch.setenv("PYTHONPATH", str(site))
    return site


def looked(wanted: list[str] = WANTED) -> str:
    return packages.look([sys.executable, "-P"], wanted)


def test_nothing_is_wrong_with_what_was_installed(site: Path) -> None:
    assert looked() == ""


def test_what_is_here_is_whole() -> None:
    assert looked(["pytest", "pytest-asyncio", "pytest-timeout", "freezegun", "rich", "typer", "msgspec"]) == ""


def test_a_missing_package_is_named(site: Path) -> None:
    assert looked(["tiny-dependency", "nobody-has-this>=1"]) == "nobody-has-this is missing"


def test_a_package_that_another_one_needs_is_looked_for_too(site: Path) -> None:
    with open(site / "tiny_dependency-1.2.dist-info" / "METADATA", "a", encoding="utf-8") as metadata:
        metadata.write("Requires-Dist: nobody-has-this\n")
    (site / "tiny_dependency-1.2.dist-info" / "RECORD").unlink()  # else it is METADATA that was changed
    assert looked() == "nobody-has-this is missing"


def test_a_version_that_is_not_allowed_is_named(site: Path) -> None:
    found = looked(["tiny-dependency>=2"])
    assert found == "tiny-dependency 1.2 is installed where tiny-dependency>=2 is needed"


@pytest.mark.parametrize("text", [b"", b"LIGHT = False\n", b"\0" * 20])
def test_a_changed_file_is_named(site: Path, text: bytes) -> None:
    (site / "tiny_dependency.py").write_bytes(text)
    assert looked() == "tiny_dependency.py is not as it was installed"


def test_a_file_that_is_gone_is_named(site: Path) -> None:
    (site / "tiny_dependency.py").unlink()
    assert looked() == "tiny_dependency.py is not as it was installed"


def test_a_compiled_file_that_was_cut_off_is_named(site: Path) -> None:
    [compiled] = map(Path, [py_compile.compile(str(site / "tiny_dependency.py"), doraise=True) or ""])
    assert looked() == ""
    os.truncate(compiled, compiled.stat().st_size - 10)
    assert looked() == f"{compiled.name} is not as it was installed"


def test_an_empty_list_of_files_is_none(site: Path) -> None:
    (site / "tiny_dependency-1.2.dist-info" / "RECORD").write_text("", encoding="utf-8")
    assert "tiny-dependency is not as it was installed" in looked()


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (b"import nothing_like_it", "ModuleNotFoundError: No module named 'nothing_like_it'"),
        (b"raise SystemExit(0)", "SystemExit: 0"),
        (b"print('printed'); 1 / 0", "ZeroDivisionError: division by zero"),
        ("raise OSError('two\\nlines ü')".encode(), "OSError: two lines ü"),
    ],
)
def test_a_package_that_cannot_be_imported_is_named(site: Path, tmp_path: Path, body: bytes, found: str) -> None:
    pack(tmp_path, "tiny_dependency", "1.2", {"tiny_dependency.py": body})
    zipfile.ZipFile(tmp_path / "tiny_dependency-1.2-py3-none-any.whl").extractall(site)
    assert looked() == f"tiny_dependency cannot be imported, {found}"


def test_a_package_that_ends_python_is_noticed(site: Path, tmp_path: Path) -> None:
    pack(tmp_path, "tiny_dependency", "1.2", {"tiny_dependency.py": b"import os; os.abort()"})
    zipfile.ZipFile(tmp_path / "tiny_dependency-1.2-py3-none-any.whl").extractall(site)
    assert "end Python with exit code" in looked()


def test_an_interpreter_that_is_gone_is_named(tmp_path: Path) -> None:
    gone = str(tmp_path / "python")
    assert packages.look([gone], WANTED) == f"{gone} cannot be started, {os.strerror(2)}"


def test_damaged_metadata_is_no_traceback(site: Path) -> None:
    (site / "tiny_dependency-1.2.dist-info" / "METADATA").write_bytes(b"")
    assert not packages.are_installed(WANTED)
    assert "tiny-dependency" in looked()


def test_an_incomplete_clone_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match=r"pyproject\.toml cannot be read .* clone it again"):
        packages.digest(str(tmp_path))
    with pytest.raises(SetupError, match=r"pyproject\.toml does not say .* clone the repository again"):
        packages.requirements(str(tmp_path), False)
