"""Pictures of a replay page, by a headless browser."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def browser() -> str:
    """The path of a browser on this machine; empty when there is none."""
    return next(filter(None, map(shutil.which, BROWSERS)), "")


def picture(page: Path, to: Path, scheme: str, keys: Sequence[str], size: tuple[int, int] = (1280, 1000)) -> None:
    """Open a page, press keys, and save what is seen as PNG.

    Args:
        page: the HTML file.
        to: the PNG file.
        scheme: light or dark.
        keys: as Playwright calls them, such as ArrowRight.
        size: of the window, in pixels.

    Raises:
        SystemExit: Playwright or a browser is missing.
    """
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        raise SystemExit("Playwright is not installed; install the dev extra.") from None
    if not browser():
        raise SystemExit(f"There is no browser on the PATH; install one of {', '.join(BROWSERS)}.")
    width, height = size
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=browser(), args=["--no-sandbox", "--disable-dev-shm-usage"])
        shown = started.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
        shown.goto(page.resolve().as_uri())
        for key in keys:
            shown.keyboard.press(key)
        shown.screenshot(path=str(to))
        started.close()
