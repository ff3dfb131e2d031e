"""Which environment is the right one, and whether it or the running interpreter is complete."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from kata.bootstrap import environment
from kata.bootstrap.environment import Environment
from kata.bootstrap.packages import digest


@pytest.fixture
def ready(absent: Environment) -> Environment:
    """An environment that is complete, as far as its files say."""
    os.makedirs(os.path.dirname(absent.python))
    Path(absent.python).touch()
    Path(absent.config_file).write_text(f"home = {absent.root}\n", encoding="utf-8")
    Path(absent.stamp).write_text(
        f"packages = {digest(absent.root)}\nextra = \nbase = {absent.root}\n", encoding="utf-8"
    )
    assert absent.is_ready(False)
    return absent


def test_the_dev_extra_must_be_stamped(ready: Environment) -> None:
    assert not ready.is_ready(True)


@pytest.mark.parametrize("size", [0, 20, 80])
def test_half_a_stamp_is_none(ready: Environment, size: int) -> None:
    os.truncate(ready.stamp, size)
    assert not ready.is_ready(False)


@pytest.mark.parametrize("gone", ["stamp", "config_file", "python"])
def test_without_one_of_its_files_it_is_not_complete(ready: Environment, gone: str) -> None:
    os.unlink(getattr(ready, gone))
    assert not ready.is_ready(False)


def test_without_the_python_that_it_was_made_from_it_is_not_complete(ready: Environment, tmp_path: Path) -> None:
    gone = tmp_path / "removed"
    for file in (ready.config_file, ready.stamp):
        text = Path(file).read_text(encoding="utf-8")
        Path(file).write_text(text.replace(ready.root, str(gone)), encoding="utf-8")
    assert not ready.is_ready(False)
    gone.mkdir()
    assert ready.is_ready(False)


def test_a_stamp_can_be_forgotten_more_than_once(ready: Environment) -> None:
    assert ready.forget()
    assert ready.forget()
    assert not ready.is_ready(False)


def test_an_environment_of_another_python_is_left_alone(tmp_path: Path) -> None:
    usual = Environment(str(tmp_path), str(tmp_path / ".venv"))
    os.makedirs(os.path.dirname(usual.python))
    Path(usual.python).touch()
    (tmp_path / ".venv" / "pyvenv.cfg").write_text("version = 3.1.4\n", encoding="utf-8")
    mine = f".venv-{sys.version_info.major}.{sys.version_info.minor}"
    assert environment.chosen(str(tmp_path), {}).name == mine
    assert environment.chosen(str(tmp_path), {"KATA_VENV": ".venv"}).name == ".venv"


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_a_linked_environment_is_where_the_link_leads_and_is_called_by_its_name(tmp_path: Path) -> None:
    (tmp_path / ".venv").symlink_to(tmp_path / "elsewhere")
    linked = environment.chosen(str(tmp_path), {})
    assert (linked.name, linked.folder) == (".venv", str(tmp_path.resolve() / "elsewhere"))


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch, absent: Environment) -> Path:
    """A directory on the path of this interpreter that holds the one package that is wanted."""
    site = Path(absent.root) / "site-packages"
    info = site / "tiny_dependency-1.2.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: tiny-dependency\nVersion: 1.2\n", encoding="utf-8")
    monkeypatch.setattr(sys, "path", [*sys.path, str(site)])
    return site


def test_a_package_that_went_away_is_noticed(absent: Environment, site: Path) -> None:
    assert environment.has_packages(absent.root, False)
    assert environment.has_packages(absent.root, False)
    assert not environment.has_packages(absent.root, True)
    shutil.rmtree(site / "tiny_dependency-1.2.dist-info")
    assert not environment.has_packages(absent.root, False)


def test_packages_that_did_not_work_are_tried_again_once_they_changed(absent: Environment, site: Path) -> None:
    assert environment.distrust(absent.root, False)
    assert not environment.has_packages(absent.root, False)
    (site / "mended").touch()
    os.utime(site, (0, 0))
    assert environment.has_packages(absent.root, False)
