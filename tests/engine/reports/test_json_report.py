"""The JSON scorecard: complete, strict, and indifferent to what a recording holds."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest

from kata.contract.scorecard import Scorecard
from kata.reports import json_report

ROOT = Path(__file__).resolve().parents[3]


def no_constant(name: str) -> None:
    raise AssertionError(f"{name} is no JSON")


def strictly(text: str) -> Any:
    return json.loads(text, parse_constant=no_constant)


@pytest.mark.parametrize("card", ["untouched", "halfway", "finished", "nasty"])
def test_what_is_written_can_be_read_strictly(card: str, request: pytest.FixtureRequest) -> None:
    text = json_report.render(request.getfixturevalue(card))
    msgspec.json.decode(text, type=Scorecard, strict=True)
    strictly(text)


def test_nothing_is_lost_from_a_plain_scorecard(halfway: Scorecard) -> None:
    read = msgspec.json.decode(json_report.render(halfway), type=Scorecard, strict=True)
    assert read == halfway


def test_the_published_keys_are_there(halfway: Scorecard) -> None:
    document = strictly(json_report.render(halfway))
    assert next(iter(document)) == "version"
    keys = {"version", "points", "max_points", "python", "isolation", "clock", "seed", "exercises"}
    assert keys <= document.keys()
    exercise = document["exercises"][2]
    assert {"id", "status", "points", "max_points", "seconds", "criteria"} <= exercise.keys()
    criterion = {"test", "text", "passed", "points", "max_points", "message", "diagnoses", "runs"}
    assert criterion <= exercise["criteria"][0].keys()


def test_values_without_a_json_form_get_one(nasty: Scorecard) -> None:
    document = strictly(json_report.render(nasty))
    run = document["exercises"][0]["criteria"][0]["runs"][0]
    (calls,) = run["calls"].values()
    mapping, not_finite, numbers, failure, members, thing = calls[0]["args"][:6]
    assert mapping["1"] == "a"
    assert mapping["1 (2)"] == "b"
    assert mapping["[1,2]"] == "/w=="
    assert mapping["null"] == [1, 2]
    assert sorted(not_finite) == ["inf", "nan"]
    assert numbers[:4] == ["-inf", hex(2**80), -(2**63), "\\ud800"]
    assert failure["type"] == "ValueError"
    assert members == ["eA=="]
    assert thing == {"type": "object", "repr": "<object object>"}


def test_times_stay_numbers(nasty: Scorecard) -> None:
    run = strictly(json_report.render(nasty))["exercises"][0]["criteria"][0]["runs"][0]
    assert run["blocks"][0]["seconds"] == sys.float_info.max
    assert run["tasks"][0]["cancel_requests"] == [0.0]


def test_no_code_of_a_value_runs(nasty: Scorecard) -> None:
    class Trap:
        def __repr__(self) -> str:
            raise AssertionError("repr was called")

        __str__ = __hash__ = __eq__ = __repr__  # type: ignore[assignment]

    nasty.exercises[0].criteria[0].runs[0].returned = [Trap(), Exception("no")]
    assert "<Trap object>" in json_report.render(nasty)


def test_a_text_cannot_become_a_workflow_command(nasty: Scorecard) -> None:
    text = json_report.render(nasty)
    assert "##[" not in text
    assert not any(line.lstrip().startswith("::") for line in text.splitlines())
    assert "##[error]" in strictly(text)["exercises"][1]["message"]


def test_many_keys_that_look_alike_are_told_apart_in_time(nasty: Scorecard) -> None:
    from kata.contract.values import Opaque

    nasty.exercises[0].criteria[0].runs[0].returned = {Opaque("T", "t"): number for number in range(20_000)}
    runs = strictly(json_report.render(nasty))["exercises"][0]["criteria"][0]["runs"]
    assert sorted(runs[0]["returned"].values()) == list(range(20_000))


def test_the_published_schema_is_current() -> None:
    published = (ROOT / json_report.SCHEMA_FILE).read_text(encoding="utf-8")
    assert published == json_report.schema(), (
        f"write it anew: python -m kata.reports.json_report > {json_report.SCHEMA_FILE}"
    )
