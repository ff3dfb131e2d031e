"""The page as text: everything is in it, and nothing in it can leave its place."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from pathlib import Path

import pytest

from kata.reports.page import html as made
from kata.reports.page.html import MODULES, page, script
from tests.engine.reports.page import samples

DRAWING = Path(made.__file__).parent / "drawing"


def test_the_document_is_in_the_page_as_it_was_given() -> None:
    document = samples.failing_group()
    document["plays"][0]["lines"][0]["text"] = "</script><!-- & \u2028 \ud800 'é'"
    [data] = re.findall(r'<script type="application/json" id="replay">(.*?)</script>', page(document))
    assert json.loads(data) == document
    assert not set(data) & set("<>&\u2028")


def test_the_title_is_text() -> None:
    text = page(samples.document("<b>\x1b[2J & \u202e</title>"))
    assert re.findall(r"<title>(.*?)</title>", text) == [html.escape("<b>\\x1b[2J & \\u202e</title>")]


def test_the_policy_allows_this_script_and_this_style_and_nothing_else() -> None:
    text = page(samples.task_and_coroutine())
    [policy] = re.findall(r'http-equiv="Content-Security-Policy" content="(.*?)"', text)
    parts = [
        re.findall(rf"<{tag}>(.*?)</{tag[:6].strip()}", text, re.DOTALL) for tag in ('script type="module"', "style")
    ]
    digests = ["sha256-" + base64.b64encode(hashlib.sha256(part.encode()).digest()).decode() for [part] in parts]
    assert html.unescape(policy) == (
        f"default-src 'none'; base-uri 'none'; form-action 'none'; script-src '{digests[0]}'; style-src '{digests[1]}'"
    )


def test_the_page_names_no_address() -> None:
    found = re.findall(r"https?://[^\s\"']+", page(samples.blocking()))
    assert set(found) == {"http://www.w3.org/2000/svg"}  # the name of a kind of elements, which nobody loads


def test_the_page_holds_every_module_once_without_imports() -> None:
    assert sorted(MODULES) == sorted(path.name for path in DRAWING.glob("*.js"))
    assert not re.search(r"^(import|export)\b", script(), re.MULTILINE)


@pytest.mark.parametrize("name", MODULES)
def test_a_module_imports_only_those_before_it(name: str) -> None:
    imported = re.findall(r'from "\./(.*?)"', (DRAWING / name).read_text(encoding="utf-8"))
    assert set(imported) <= set(MODULES[: MODULES.index(name)])


@pytest.mark.parametrize("name", MODULES)
def test_no_module_makes_html_out_of_text(name: str) -> None:
    text = (DRAWING / name).read_text(encoding="utf-8")
    assert not re.findall(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|setAttribute\(\"style", text
    )


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_a_number_that_json_does_not_have_is_refused(number: float) -> None:
    document = samples.task_and_coroutine()
    document["plays"][0]["turns"][0]["at"] = number
    with pytest.raises(ValueError, match="not JSON compliant"):
        page(document)


def test_a_page_is_small_beside_its_data() -> None:
    assert len(page(samples.document("Nothing"))) < 70_000
