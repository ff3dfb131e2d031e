"""What a program finds as `datetime.date` and `datetime.datetime` on a virtual clock, and what it derives from them.

freezegun's stand-ins for both are given the names of what they stand for. They have a metaclass of their own, so that
``isinstance`` knows real dates too. A class that derives from them and has another metaclass (``class Stamp(datetime,
abc.ABC)``) could then not be made, and an ``isinstance`` with it would ask whether something is any date at all. So
what derives from a stand-in gets a plain base.
"""

from __future__ import annotations

import builtins
import functools
from collections.abc import Callable
from datetime import date as real_date
from datetime import datetime as real_datetime
from typing import Any

__all__ = ["install"]


def install() -> None:
    """From now on a class that derives from a stand-in is made with a plain one; freezegun has been started."""
    from freezegun import api

    plain: dict[type, type] = {
        api.FakeDate: _plain_date(api.FakeDate),
        api.FakeDatetime: _plain_datetime(api.FakeDatetime),
    }
    for fake, name in ((api.FakeDate, "date"), (api.FakeDatetime, "datetime")):
        _named(type(fake), "type", "builtins")
        _named(fake, name)
        _print_as(fake)
    make: Callable[..., Any] = builtins.__build_class__

    @functools.wraps(make)
    def build_class(body: Any, name: str, /, *bases: Any, **keywords: Any) -> Any:
        if any(base in plain for base in bases if isinstance(base, type)):
            bases = tuple(plain.get(base, base) if isinstance(base, type) else base for base in bases)
        return make(body, name, *bases, **keywords)

    builtins.__build_class__ = build_class


def _plain_date(fake: Any) -> type:
    class Date(real_date):
        @classmethod
        def today(cls) -> Any:
            now = fake.today()
            return cls(now.year, now.month, now.day)

    return _named(Date, "date")


def _plain_datetime(fake: Any) -> type:
    def made(cls: Any, now: Any) -> Any:
        return cls.combine(now.date(), now.timetz())

    class Datetime(real_datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return made(cls, fake.now(tz))

        @classmethod
        def today(cls) -> Any:
            return made(cls, fake.now())

        @classmethod
        def utcnow(cls) -> Any:
            return made(cls, fake.utcnow())

    return _named(Datetime, "datetime")


def _named(kind: type, name: str, module: str = "datetime") -> type:
    kind.__module__, kind.__name__, kind.__qualname__ = module, name, name
    return kind


def _print_as(fake: Any) -> None:
    """Let it print itself with its module, as classes of C do and no other."""
    plain = fake.__repr__

    def __repr__(self: Any) -> str:
        return f"datetime.{plain(self)}"

    fake.__repr__ = __repr__
