"""Arguments and options that several commands share, so that they are typed and explained the same way."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Clock(StrEnum):
    """The clock on which code is played."""

    virtual = "virtual"
    real = "real"


NextUnlessNamed = Annotated[
    list[str] | None,
    typer.Argument(metavar="NAME", help="05.02, a name, a title, a path, or a part; else the next exercise."),
]
"""Words of one name, as a shell takes a title apart."""
Names = Annotated[
    list[str] | None, typer.Argument(metavar="NAME", help="Exercises or chapters; all when none is named.")
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]
Submission = Annotated[
    Path | None,
    typer.Option(
        "--submission", metavar="DIR", help="Judge the chapters in DIR, or in a clone at DIR, instead of exercises/."
    ),
]
NoCache = Annotated[bool, typer.Option("--no-cache", help="Judge again what has not changed.")]
ClockOption = Annotated[
    Clock, typer.Option("--clock", help="virtual is exact and quick; real takes as long as it says.")
]
Jobs = Annotated[
    int | None,
    typer.Option("--jobs", metavar="N", min=1, help="Judge N exercises at once (by default: the cores and one more)."),
]
Seed = Annotated[int, typer.Option("--seed", metavar="N", min=0, help="Draw other inputs for the tests.")]
Quick = Annotated[bool, typer.Option("--quick", help="Leave out what waits in real time.")]
