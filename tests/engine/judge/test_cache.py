"""Saved verdicts: valid for one key, absent when in doubt, never in the way."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kata.contract.keeping import MAX_KEPT, kept
from kata.contract.recording import encode
from kata.contract.run import Call, Run, Span, TaskRecord
from kata.contract.scorecard import Criterion, ExerciseVerdict
from kata.contract.values import Opaque, Record
from kata.judge.cache import VerdictCache, engine_digest, verdict_key

ID = "01_coroutines/01_first_coroutine"
FILE = "01_coroutines__01_first_coroutine.json"


def verdict(**changes: object) -> ExerciseVerdict:
    fields = {"id": ID, "status": "passed", "points": 10.0, "max_points": 10.0, "seconds": 0.5}
    return ExerciseVerdict(**{**fields, **changes})  # type: ignore[arg-type]


@pytest.fixture
def cache(tmp_path: Path) -> VerdictCache:
    return VerdictCache(tmp_path / ".kata" / "verdicts")


def test_nothing_is_there_at_first(cache: VerdictCache) -> None:
    assert cache.get(ID, "key") is None


def test_a_saved_verdict_comes_back_marked_as_cached(cache: VerdictCache) -> None:
    assert cache.put("key", verdict()) is None
    assert cache.get(ID, "key") == verdict(cached=True)


def test_a_recording_comes_back_with_its_verdict(cache: VerdictCache) -> None:
    run = Run(returned=["tuple", [1, "ä"]], elapsed=0.1, calls={"service": [Call("service", ["a"], 0.0)]})
    criterion = Criterion("test_a", "A.", True, 1.0, 1.0, runs=[run])
    cache.put("key", verdict(criteria=[criterion]))
    back = cache.get(ID, "key")
    assert back is not None
    assert back.criteria[0].runs[0].result == (1, "ä")
    assert back.criteria[0].runs[0].calls["service"][0].args == ["a"]


@pytest.mark.parametrize("value", [{1, 2}, (1, 2), b"x", 2j, Record("Page", {"n": 1}), Opaque("Lock", "<Lock>")])
def test_arguments_of_any_kind_can_be_saved(cache: VerdictCache, value: object) -> None:
    run = Run(calls={"service": [Call("service", [value], 0.0)]})
    cache.put("key", verdict(criteria=[Criterion("test_a", "A.", True, 1.0, 1.0, runs=[run])]))
    assert cache.get(ID, "key") is not None


def test_what_json_cannot_hold_is_simply_not_saved(cache: VerdictCache) -> None:
    run = Run(calls={"service": [Call("service", ["\ud800"], 0.0)]})
    criterion = Criterion("test_a", "A.", True, 1.0, 1.0, runs=[run])
    assert cache.put("key", verdict(criteria=[criterion])) is None
    assert cache.get(ID, "key") is None


def test_there_is_room_for_seven_of_the_largest_recordings_that_are_kept(cache: VerdictCache) -> None:
    spans = [Span("running", number, number, number) for number in range(21)]
    large = Run(tasks=[TaskRecord(f"Task-{number}", "work", 0.0, spans=spans) for number in range(210)])
    assert MAX_KEPT * 0.9 < len(encode(large)) <= MAX_KEPT and kept(large) is large
    cache.put("key", verdict(criteria=[Criterion(f"test_{n}", "A.", True, 1.0, 1.0, runs=[large]) for n in range(7)]))
    assert cache.get(ID, "key") is not None


def test_another_key_finds_nothing(cache: VerdictCache) -> None:
    cache.put("key", verdict())
    assert cache.get(ID, "other key") is None


def test_a_newer_verdict_replaces_the_older(cache: VerdictCache) -> None:
    cache.put("old", verdict(points=1.0))
    cache.put("new", verdict(points=2.0))
    assert cache.get(ID, "old") is None
    assert cache.get(ID, "new") == verdict(points=2.0, cached=True)
    assert [path.name for path in cache.directory.iterdir()] == [FILE]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b'{"key": "key"}',
        b'{"key": "key", "verdict": {"id": 3}}',
        b'{"key": "key", "verdict": null, "more": 1}',
        b"[" * 100_000,
    ],
)
def test_a_damaged_file_counts_as_absent(cache: VerdictCache, data: bytes) -> None:
    cache.put("key", verdict())
    (cache.directory / FILE).write_bytes(data)
    assert cache.get(ID, "key") is None


def test_a_damaged_file_is_replaced(cache: VerdictCache) -> None:
    cache.put("key", verdict())
    (cache.directory / FILE).write_bytes(b"{")
    cache.put("key", verdict())
    assert cache.get(ID, "key") is not None


def test_the_verdict_of_another_exercise_counts_as_absent(cache: VerdictCache) -> None:
    cache.put("key", verdict(id="01_coroutines/02_function_or_object"))
    (cache.directory / "01_coroutines__02_function_or_object.json").rename(cache.directory / FILE)
    assert cache.get(ID, "key") is None


def test_a_directory_in_place_of_the_file_counts_as_absent(cache: VerdictCache) -> None:
    (cache.directory / FILE).mkdir(parents=True)
    assert cache.get(ID, "key") is None
    assert cache.put("key", verdict()) is not None


def test_a_directory_that_cannot_be_made_is_told_once(tmp_path: Path) -> None:
    (tmp_path / ".kata").write_text("in the way", encoding="utf-8")
    cache = VerdictCache(tmp_path / ".kata" / "verdicts")
    warning = cache.put("key", verdict())
    assert warning is not None
    assert warning.isprintable()
    assert "cannot be saved" in warning
    assert cache.put("key", verdict()) is None


def test_many_graders_at_once_leave_one_whole_verdict(cache: VerdictCache) -> None:
    def grade(number: int) -> tuple[str | None, ExerciseVerdict | None]:
        warning = VerdictCache(cache.directory).put("key", verdict(message=str(number) * 10_000))
        return warning, cache.get(ID, "key")

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(grade, range(40)))
    assert all(warning is None and found is not None for warning, found in results)
    assert [path.name for path in cache.directory.iterdir()] == [FILE]


KEY = {
    "submission": b"a",
    "hidden": b"b",
    "engine": "0.1.0",
    "seed": 0,
    "clock": "virtual",
    "python": "3.12",
    "isolation": "rlimits",
    "points": 10,
    "pristine": b"c",
}


@pytest.mark.parametrize(
    "change",
    [
        {"submission": b"ab"},
        {"hidden": b""},
        {"submission": b"ab", "hidden": b""},
        {"engine": "0.2.0"},
        {"seed": 1},
        {"clock": "real"},
        {"python": "3.13"},
        {"isolation": "landlock+rlimits"},
        {"points": 20},
        {"pristine": b""},
    ],
    ids=str,
)
def test_the_key_changes_with_everything_a_verdict_depends_on(change: dict[str, object]) -> None:
    assert verdict_key(**{**KEY, **change}) != verdict_key(**KEY)  # type: ignore[arg-type]


def test_the_key_of_the_same_things_is_the_same() -> None:
    assert verdict_key(**KEY) == verdict_key(**KEY)  # type: ignore[arg-type]


def test_the_engine_digest_changes_with_any_module_and_with_its_name(tmp_path: Path) -> None:
    module = tmp_path / "kata/judge/a.py"
    module.parent.mkdir(parents=True)
    digests = set()
    for text in ("a = 1\n", "a = 2\n"):
        module.write_text(text, encoding="utf-8")
        digests.add(engine_digest(tmp_path))
    module.rename(module.with_name("b.py"))
    digests.add(engine_digest(tmp_path))
    assert len(digests) == 3


def test_the_engine_digest_does_not_change_with_compiled_files(tmp_path: Path) -> None:
    (tmp_path / "kata").mkdir()
    before = engine_digest(tmp_path)
    (tmp_path / "kata/a.pyc").write_bytes(b"x")
    assert engine_digest(tmp_path) == before
