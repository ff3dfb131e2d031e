"""Make the replays of docs/ and their pictures: ``python -m tests.pages [--pictures]``.

Each script of docs/examples/replays becomes a page of docs/replays. With ``--pictures`` a headless browser draws those
of the README, too; that needs the dev extra, and Chromium or Chrome on the PATH.
"""

from __future__ import annotations

import sys

from kata.reports.page.html import page
from tests.pages.pictures import picture
from tests.pages.recorded import PAGES, ROOT, documents, page_of

LARGEST = 150_000
"""Bytes of a page: the repository is not to grow by them."""

PICTURED = "blocking_sleep"
TURNS = 4
"""Steps to the turn that the pictures show."""


def main(arguments: list[str]) -> int:
    """Exit code 1 when a page is too large, 2 when the arguments are wrong."""
    if arguments not in ([], ["--pictures"]):
        print("python -m tests.pages takes --pictures, or nothing", file=sys.stderr)
        return 2
    PAGES.mkdir(exist_ok=True)
    made = {page_of(script): page(replay) for script, replay in documents()}
    for path in PAGES.glob("*.html"):
        if path not in made:
            path.unlink()
    for path, text in made.items():
        path.write_text(text, encoding="utf-8", newline="\n")
        print(f"{path.relative_to(ROOT)}  {len(text):,} bytes")
    if arguments:
        for scheme in ("light", "dark"):
            to = ROOT / "docs" / f"replay-{scheme}.png"
            picture(PAGES / f"{PICTURED}.html", to, scheme, ["ArrowRight"] * TURNS)
            print(f"{to.relative_to(ROOT)}  {to.stat().st_size:,} bytes")
    return int(any(len(text) > LARGEST for text in made.values()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
