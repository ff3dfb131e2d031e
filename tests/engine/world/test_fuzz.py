"""Whatever a played process says, a world comes to a recording that can be read, or to the end of that play."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kata.contract import messages
from kata.contract.run import Run
from kata.contract.values import PlainValueError
from tests.fuzz import converse

pytestmark = pytest.mark.filterwarnings("ignore:coroutine .* was never awaited:RuntimeWarning")


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.randoms(use_true_random=False))
def test_a_conversation_ends_in_a_recording_or_in_a_player_that_is_gone(rng) -> None:
    run, _ = converse(rng)
    assert run is None or type(run) is Run


def test_of_many_conversations_some_are_right_and_some_are_refused() -> None:
    runs = [converse(random.Random(seed))[0] for seed in range(300)]
    assert 50 < sum(run is not None for run in runs) < 280


@given(st.binary(max_size=200))
def test_any_bytes_are_a_message_or_refused(data) -> None:
    try:
        messages.read_report(data)
    except PlainValueError as refusal:
        assert str(refusal)


@pytest.mark.parametrize(
    "data", [b"\x91" * 100_000, b"\x81" * 100_000, b"\xdd\xff\xff\xff\xff", b"\xc6\xff\xff\xff\xff"]
)
def test_what_claims_to_be_endless_is_refused(data) -> None:
    with pytest.raises(PlainValueError):
        messages.read_report(data)


@given(st.integers(min_value=0, max_value=messages.MAX_INSTANT))
def test_every_instant_arrives_as_it_is(nanoseconds) -> None:
    assert messages.instant(messages.packed(nanoseconds)) == nanoseconds
