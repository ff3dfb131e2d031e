"""A real browser for the pages; without one these tests say what is missing and are skipped."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kata.reports.page.html import page
from tests.pages import pictures

SECONDS = 30
"""Real seconds that the browser may take for one thing; what takes so long has failed."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One headless browser for a module."""
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="Playwright is not installed; it is in the dev extra"
    )
    if not pictures.browser():
        pytest.skip(f"no browser on the PATH: install one of {', '.join(pictures.BROWSERS)}")
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(
            executable_path=pictures.browser(), args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield started
        started.close()


@pytest.fixture(scope="module")
def window(browser: Any) -> Any:
    """One window for a module: another one for each test would be another process."""
    return browser.new_page()


@pytest.fixture
def opened(browser: Any, window: Any, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Opens the page of a document, 1280 pixels wide unless told; at the end it must not have complained or asked for
    anything else than itself."""
    file = tmp_path / "replay.html"
    complaints: list[str] = []
    requests: set[str] = set()
    listeners = {
        "console": lambda message: complaints.append(message.text),
        "pageerror": lambda error: complaints.append(str(error)),
        "dialog": lambda dialog: complaints.append(f"a dialog: {dialog.message}") or dialog.dismiss(),
        "request": lambda request: requests.add(request.url),
    }
    heard = []

    def opens(document: dict[str, Any], width: int = 1280, scheme: str = "light", clock: bool = False) -> Any:
        # A window whose clock a test moves is one of its own, as it never goes by the machine's again.
        used = browser.new_page() if clock else window
        if used not in heard:
            heard.append(used)
            for event, listener in listeners.items():
                used.on(event, listener)
        if clock:
            used.clock.install(time=0)
        file.write_text(page(document), encoding="utf-8")
        used.set_default_timeout(SECONDS * 1000)
        used.set_viewport_size({"width": width, "height": 900})
        used.emulate_media(color_scheme=scheme, media="screen")
        used.goto(file.as_uri())
        return used

    yield opens
    for used in heard:
        for event, listener in listeners.items():
            used.remove_listener(event, listener)
        if used is not window:
            used.close()
    assert not complaints
    assert requests <= {file.as_uri()}
