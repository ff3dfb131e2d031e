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


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Opens the page of a document, 1280 pixels wide unless told; at the end it must not have complained or asked for
    anything else than itself."""
    contexts, complaints, requests = [], [], set()

    def opens(document: dict[str, Any], width: int = 1280, **settings: Any) -> Any:
        file = tmp_path / "replay.html"
        file.write_text(page(document), encoding="utf-8")
        context = browser.new_context(viewport={"width": width, "height": 900}, **settings)
        context.set_default_timeout(SECONDS * 1000)
        contexts.append(context)
        shown = context.new_page()
        shown.on("console", lambda message: complaints.append(message.text))
        shown.on("pageerror", lambda error: complaints.append(str(error)))
        shown.on("dialog", lambda dialog: complaints.append(f"a dialog: {dialog.message}") or dialog.dismiss())
        shown.on("request", lambda request: requests.add(request.url))
        shown.goto(file.as_uri())
        return shown

    yield opens
    for context in contexts:
        context.close()
    assert not complaints
    assert requests <= {(tmp_path / "replay.html").as_uri()}
