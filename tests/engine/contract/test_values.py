"""Values on the wire: what goes in comes out, by exact type; everything else is opaque or refused."""

from __future__ import annotations

import contextlib
import dataclasses
import math
from collections import Counter, OrderedDict, defaultdict, namedtuple

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kata.contract.texts import describe
from kata.contract.values import Failure, Opaque, PlainValueError, Record, from_wire, to_wire

scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(st.characters(), max_size=20)
    | st.binary(max_size=20)
)
hashables = st.recursive(
    scalars, lambda inner: st.tuples(inner, inner) | st.frozensets(inner, max_size=3), max_leaves=5
)
values = st.recursive(
    hashables,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.tuples(inner)
        | st.dictionaries(hashables, inner, max_size=3)
        | st.sets(hashables, max_size=3)
    ),
    max_leaves=12,
)


def _failure(error: BaseException) -> Failure:
    return Failure(type(error).__name__, str(error))


def _over_the_wire(value: object) -> object:
    wire = msgspec.msgpack.decode(msgspec.msgpack.encode(to_wire(value, _failure)))
    return from_wire(wire)


@given(values)
def test_plain_values_come_out_as_they_went_in(value) -> None:
    again = _over_the_wire(value)
    assert again == value
    assert repr(type(again)) == repr(type(value))


@given(st.floats())
def test_every_float_crosses(value) -> None:
    again = _over_the_wire(value)
    assert again == value or (math.isnan(again) and math.isnan(value))


@given(st.recursive(st.none() | st.integers() | st.text(), lambda inner: st.lists(inner), max_leaves=8))
def test_whatever_arrives_is_a_value_or_refused(wire) -> None:
    with contextlib.suppress(PlainValueError):
        from_wire(wire)


class _Text(str):
    pass


@pytest.mark.parametrize("value", [_Text("x"), object(), 1j, range(3), bytearray(b"x"), int, len, {1: 2}.keys()])
def test_anything_else_is_opaque_and_equals_nothing(value) -> None:
    again = _over_the_wire(value)
    assert type(again) is Opaque
    assert again != value
    assert again != again


@pytest.mark.parametrize(
    "value", [OrderedDict(a=1, b=[2]), defaultdict(list, a=[1]), Counter("abca"), {"x": OrderedDict()}]
)
def test_the_standard_librarys_kinds_of_dict_arrive_as_a_dict(value) -> None:
    again = _over_the_wire(value)
    assert type(again) is dict
    assert again == value
    assert list(again) == list(value)


class _Claims(type):
    def __eq__(cls, other: object) -> bool:
        return True

    __hash__ = type.__hash__


class _Fake(metaclass=_Claims):
    def items(self) -> list[tuple[str, int]]:
        return [("a", 1)]


@pytest.mark.parametrize("kind", [OrderedDict, defaultdict, Counter, dict])
def test_a_class_of_ones_own_is_no_dict(kind) -> None:
    assert type(_over_the_wire(_Fake())) is Opaque
    assert type(_over_the_wire(type("Mine", (kind,), {})())) is Opaque


def test_exceptions_dataclasses_and_named_tuples_have_forms_of_their_own() -> None:
    point = namedtuple("point", "x y")(1, 2)
    page = dataclasses.make_dataclass("Page", ["url"])("a")
    assert _over_the_wire(ValueError("no")) == ValueError("no")
    assert _over_the_wire(point) == Record("point", {"x": 1, "y": 2})
    assert _over_the_wire(page).url == "a"
    with pytest.raises(AttributeError, match="it has url"):
        _ = _over_the_wire(page).size


def test_a_failure_equals_an_exception_of_the_same_class_and_text() -> None:
    failure = Failure("KeyError", "'a'", bases=["LookupError", "Exception", "BaseException"])
    assert failure == KeyError("a")
    assert failure != KeyError("b")
    assert failure != ValueError("'a'")
    assert failure.is_a("LookupError")
    assert not failure.is_a("ValueError")


def test_a_group_equals_a_group_with_equal_members() -> None:
    failure = Failure("ExceptionGroup", "several", children=[Failure("ValueError", "a")])
    assert failure == ExceptionGroup("several", [ValueError("a")])
    assert failure != ExceptionGroup("several", [ValueError("b")])
    assert failure.leaves() == [ValueError("a")]


def test_very_deep_values_are_cut() -> None:
    deep: list[object] = []
    for _ in range(500):
        deep = [deep]
    _over_the_wire(deep)


def test_an_object_is_described_whatever_its_repr_does() -> None:
    class Broken:
        def __repr__(self) -> str:
            raise SystemExit

    assert "SystemExit" in describe(Broken())
    assert len(describe("x" * 10_000)) == 200
