"""Functions that are replaced are taken for CPython's own."""

from __future__ import annotations

import inspect
import pickle
import time
import types

import pytest

from kata.virtualtime import time_patches
from kata.virtualtime.builtin_functions import as_builtin
from kata.virtualtime.callback_labels import callback_label
from kata.virtualtime.value_texts import brief

time_patches.install()

REPLACED = (time.sleep, time.time, time.monotonic_ns, time.localtime, time.strftime, time.ctime)


@pytest.mark.parametrize("function", REPLACED, ids=lambda function: str(function.__name__))
def test_a_replaced_function_looks_like_the_one_that_it_replaces(function) -> None:
    assert repr(function) == f"<built-in function {function.__name__}>"
    assert isinstance(function, types.BuiltinFunctionType)
    assert (function.__module__, function.__qualname__) == ("time", function.__name__)
    assert function.__doc__ is not None and inspect.isroutine(function)


@pytest.mark.parametrize("function", REPLACED, ids=lambda function: str(function.__name__))
def test_a_replaced_function_is_pickled_by_its_name(function) -> None:
    assert pickle.loads(pickle.dumps(function)) is function


def test_a_class_that_holds_a_replaced_function_gets_no_method() -> None:
    class Timer:
        clock = time.monotonic

    assert type(Timer().clock()) is float


def test_labels_and_values_name_a_replaced_function() -> None:
    assert callback_label(time.sleep, (1,)) == "sleep"
    assert brief(time.sleep) == "function sleep"


def test_wrong_arguments_are_told_by_the_functions_own_name() -> None:
    with pytest.raises(TypeError, match=r"^time\.monotonic\(\) takes"):
        time.monotonic(1)
    with pytest.raises(TypeError, match=r"^input\(\)"):
        as_builtin(lambda prompt="", /: prompt, "builtins", "input")(1, 2)


def test_local_time_knows_its_zone() -> None:
    now = time.localtime()
    assert now.tm_isdst in (0, 1)
    assert time.strftime("%Z") == now.tm_zone == time.localtime(time.time()).tm_zone
