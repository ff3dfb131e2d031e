"""Reports into files: complete or not at all, and never over something that is not a file."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Mapping
from pathlib import Path

from kata.cli.errors import FAILED, USAGE, Stop
from kata.project.safe_files import write_whole

STDOUT = "-"


def check(targets: Mapping[str, str]) -> None:
    """Refuse before anything is judged what could not be written afterwards.

    Args:
        targets: where each report goes, by the name of its option.

    Raises:
        Stop: two reports for one place, or a place that cannot be written.
    """
    taken: dict[str, str] = {}
    for option, target in targets.items():
        place = target if target == STDOUT else os.path.realpath(target)
        if place in taken:
            raise Stop(f"{taken[place]} and {option} both go to {target}; name two places.", USAGE)
        taken[place] = option
        if target != STDOUT:
            _check_place(option, Path(place))


def write(target: str, text: str) -> None:
    """Write a report as UTF-8; ``-`` is standard output.

    Raises:
        Stop: the place cannot be written.
    """
    data = text.encode("utf-8", "backslashreplace")
    if target == STDOUT:
        sys.stdout.flush()
        if hasattr(sys.stdout, "buffer"):
            sys.stdout.buffer.write(data)
        else:
            sys.stdout.write(text)
        sys.stdout.flush()
        return
    path = Path(os.path.realpath(target))
    try:
        if path.exists() and not stat.S_ISREG(path.stat().st_mode):
            path.write_bytes(data)  # /dev/stderr, a pipe: there is nothing to replace
        else:
            write_whole(path, data)
    except OSError as error:
        raise Stop(_unwritable(target, error.strerror or str(error)), FAILED) from error


def _check_place(option: str, path: Path) -> None:
    if path.is_dir():
        raise Stop(f"{option} {path} is a directory; name a file in it.", FAILED)
    if path.exists() and not path.is_file():
        return
    if not path.parent.is_dir():
        raise Stop(_unwritable(str(path), f"there is no directory {path.parent}"), FAILED)
    if not os.access(path.parent, os.W_OK):
        raise Stop(_unwritable(str(path), f"{path.parent} is not writable"), FAILED)


def _unwritable(target: str, reason: str) -> str:
    return f"The report {target} cannot be written ({reason}); name another place."
