"""Landlock as kernels of all ages offer it: what is outside cannot be reached, what is inside can."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kata.sandbox import landlock
from kata.sandbox.confine import _in_a_child

pytestmark = pytest.mark.skipif(landlock.version() == 0, reason="this system has no Landlock")

VERSIONS = range(1, landlock.version() + 1)


def _refused(action: Callable[[], object]) -> bool:
    try:
        action()
    except PermissionError:
        return True
    return False


@pytest.mark.parametrize("abi", VERSIONS)
def test_a_process_keeps_only_what_the_ruleset_names(monkeypatch, tmp_path: Path, abi: int) -> None:
    monkeypatch.setattr(landlock, "version", lambda: abi)
    places = {name: tmp_path / name for name in ("read", "write", "outside", "later")}
    for place in places.values():
        place.mkdir()
        (place / "file").write_text("here")
    ruleset = landlock.Ruleset([str(places["read"])], [str(places["write"]), os.devnull])

    def confined() -> int:
        ruleset.enforce([str(places["later"])])
        failures = [
            (places["read"] / "file").read_text() != "here",
            not _refused(lambda: (places["read"] / "new").write_text("x")),
            (places["write"] / "new").write_text("x") != 1,
            (places["later"] / "file").read_text() != "here",
            not _refused(lambda: (places["outside"] / "file").read_text()),
            not _refused(lambda: list(places["outside"].iterdir())),
            not _refused(lambda: (places["outside"] / "file").unlink()),
            not _refused(lambda: (places["outside"] / "new").mkdir()),
            abi >= 3 and not _refused(lambda: os.truncate(places["outside"] / "file", 0)),
            abi >= 6 and not _refused(lambda: os.kill(os.getppid(), 0)),
        ]
        return sum(1 << number for number, failed in enumerate(failures) if failed) % 255

    assert _in_a_child(confined)


def test_what_a_confined_process_starts_is_confined_too(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("x")
    ruleset = landlock.Ruleset(["/usr", "/lib", "/bin", sys.base_prefix], [os.devnull])

    def confined() -> int:
        ruleset.enforce()
        return 0 if os.system("true") == 0 and os.system(f"cat {secret} 2>/dev/null") != 0 else 1

    assert secret.read_text() == "x"
    assert _in_a_child(confined)


def test_a_place_that_does_not_exist_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        landlock.Ruleset([str(tmp_path / "nowhere")], [])


def test_a_kernel_without_it_is_an_error_that_says_so(monkeypatch) -> None:
    monkeypatch.setattr(landlock, "version", lambda: 0)
    with pytest.raises(OSError, match="no Landlock"):
        landlock.Ruleset([], [])


def test_the_layer_of_an_older_kernel_tells_its_version(monkeypatch) -> None:
    from kata.sandbox import confine

    monkeypatch.setattr(landlock, "version", lambda: 4)

    def probe() -> int:
        return 0 if confine.Confinement().layers[0] == "landlock4" else 1

    assert _in_a_child(probe), "in a process of its own, which may move to other namespaces"


def test_nobody_makes_devices(tmp_path: Path) -> None:
    ruleset = landlock.Ruleset([], [str(tmp_path)])

    def confined() -> int:
        ruleset.enforce()
        os.mkfifo(tmp_path / "pipe")
        return 0 if _refused(lambda: os.mknod(tmp_path / "null", 0o20600, os.makedev(1, 3))) else 1

    assert _in_a_child(confined)
