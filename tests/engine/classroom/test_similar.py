"""What counts as alike: the same code under other names, and nothing that the exercise itself makes alike."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kata.classroom.similar import Fingerprints, ordinary, runs_of
from kata.cli import main
from kata.program import ROOT
from kata.project.catalog_reader import load
from kata.project.workspace import Workspace

FETCH = load(ROOT).find("5.2")
KNOWN = ordinary(FETCH, ROOT, Workspace(ROOT).pristine(FETCH))

ODD = '''"""From wait to gather."""
import asyncio


async def fetch_all(fetch, urls):
    table = {}
    for place, url in enumerate(urls):
        table.setdefault(url, []).append(place)
    jobs = [asyncio.ensure_future(fetch(url)) for url, places in table.items() for _ in places]
    pages = dict(zip((p for places in table.values() for p in places), await asyncio.gather(*jobs)))
    return [pages[index] for index in range(len(pages))]
'''
RENAMED = """
import asyncio
# my very own idea
async def fetch_all(fetch,  urls):
        seen = {}
        for i, u in enumerate(urls) :
                seen.setdefault(u, []).append(i)   # note it
        todo = [asyncio.ensure_future(fetch(u)) for u, at in seen.items() for _ in at]
        done = dict(zip((k for at in seen.values() for k in at), await asyncio.gather(*todo)))
        return [done[n] for n in range(len(done))]
"""
OTHER = """
import asyncio


async def fetch_all(fetch, urls):
    answers = [None] * len(urls)

    async def one(number):
        answers[number] = await fetch(urls[number])

    await asyncio.gather(*map(one, range(len(urls))))
    return answers
"""


def pairs_of(*texts: str) -> list[tuple[str, str]]:
    """The pairs among texts of 05.02, which belong to a, b, c, and so on."""
    found = Fingerprints({FETCH.id: KNOWN})
    for who, text in zip("abcdefghijklmnopqrstuvwxyz", texts, strict=False):
        found.add(who, FETCH.id, text)
    return [(pair.first, pair.second) for pair in found.pairs(len(texts))]


def test_other_names_spaces_and_comments_make_no_difference() -> None:
    assert runs_of(ODD.partition("import")[2]) == runs_of(RENAMED.partition("import")[2])
    assert pairs_of(ODD, RENAMED, OTHER) == [("a", "b")]


def test_different_ideas_are_not_alike() -> None:
    assert pairs_of(ODD, OTHER) == []


def test_right_answers_and_the_stub_are_nobodys_own() -> None:
    answers = sorted(FETCH.answers(ROOT).glob("*.py"))
    texts = [path.read_text() for path in (*answers, FETCH.solution(ROOT), FETCH.stub(ROOT))]
    assert pairs_of(*texts, *texts) == []


def test_what_many_of_a_class_have_is_the_lessons() -> None:
    assert pairs_of(*[ODD] * 12, *[OTHER] * 2) == [("m", "n")]


@pytest.mark.parametrize("text", ["", "def", "'''", "\x00", "x = (\n", "if 1:\n  a\n b\n", "é = '\ud800'"])
def test_what_is_no_python_is_compared_as_far_as_it_goes(text: str) -> None:
    assert isinstance(runs_of(text), frozenset)
    assert pairs_of(ODD, ODD + text) == [("a", "b")]


def test_the_command_lists_and_does_not_accuse(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, text in {"ana": ODD, "=bo": RENAMED, "cy": OTHER}.items():
        path = tmp_path / "class" / name / f"{FETCH.id}.py"
        path.parent.mkdir(parents=True)
        path.write_text(text)
    (tmp_path / "class" / "empty").mkdir()
    assert main(["class", "similar", str(tmp_path / "class"), "--json", str(tmp_path / "pairs.json")]) == 0
    out, err = capsys.readouterr()
    assert err == "empty: it is empty; ask for it again\n"
    first, _, last, _ = out.splitlines()
    assert first.startswith("=bo and ana: 05.02 (") or first.startswith("ana and =bo: 05.02 (")
    assert last.startswith("1 pair of submissions alike")
    for word in ("cheat", "copied", "plagiar", "suspect", "guilt"):
        assert word not in out.lower()
    [pair] = json.loads((tmp_path / "pairs.json").read_text())
    assert {pair["first"], pair["second"]} == {"ana", "=bo"}
    assert pair["exercises"][0]["shared"] > 20
