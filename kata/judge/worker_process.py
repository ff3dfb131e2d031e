"""A process that judges, to its last order: what `workers` starts, as a copy of itself or as a fresh interpreter."""

from __future__ import annotations

import gc
import os
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from typing import Literal, TextIO

import msgspec

from kata.contract import channels
from kata.contract.keeping import kept
from kata.contract.texts import describe, presentable
from kata.judge import session
from kata.judge.orders import Conditions, Decided, Order, Over
from kata.sandbox.client import Plays, Sandbox, Spawner, clean_environment
from kata.sandbox.confine import die_with_parent

__all__ = ["main", "work", "written"]

_encode = msgspec.msgpack.Encoder(enc_hook=describe).encode
_decode_order = msgspec.msgpack.Decoder(Order).decode
_decode_conditions = msgspec.msgpack.Decoder(Conditions).decode


def main() -> None:
    """Entry of a fresh interpreter: conditions and orders on standard input, criteria on standard output."""
    orders, answers = os.dup(0), os.dup(1)
    data = channels.read_message(orders)
    if data is None:
        return
    conditions = _decode_conditions(data)
    if conditions.play == "spawn":
        work(conditions, Spawner(), orders, answers)
        return
    with Sandbox(1) as sandbox:
        work(conditions, sandbox.connections[0], orders, answers)


def work(conditions: Conditions, plays: Plays, orders: int, answers: int) -> None:
    """Be a judging process, to the last order.

    Args:
        conditions: what is the same for all orders.
        plays: the sandbox.
        orders: the descriptor that they come from.
        answers: the descriptor for what is decided.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the grader ends its workers itself
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    die_with_parent()
    gc.disable()  # a session is short, and its objects live to its end
    _begin_anew(conditions)

    def asked() -> Iterator[Order]:
        while (data := channels.read_message(orders)) is not None:
            yield _decode_order(data)
            tell(Over())

    def tell(answer: Decided | Over) -> None:
        channels.write_message(answers, written(answer))

    try:
        session.run(conditions, plays, asked(), tell)
    except BaseException:
        tell(Over(traceback.format_exc()))


def written(answer: Decided | Over) -> bytes:
    """The bytes of an answer, whatever a hidden test put into it; of recordings what `kept` keeps."""
    try:
        return _encode(_bounded(answer))
    except (TypeError, ValueError, OverflowError, RecursionError):
        return _encode(_bounded(presentable(answer)))


def _bounded(answer: Decided | Over) -> Decided | Over:
    if isinstance(answer, Over):
        return answer
    runs = [kept(run) for run in answer.criterion.runs]
    return msgspec.structs.replace(answer, criterion=msgspec.structs.replace(answer.criterion, runs=runs))


def _begin_anew(conditions: Conditions) -> None:
    """Leave behind what this process got from the one that started it: environment, directory, standard streams."""
    environment = clean_environment(tempfile.gettempdir())
    os.environ.clear()
    os.environ.update(environment)
    if hasattr(time, "tzset"):
        time.tzset()
    os.chdir(conditions.folder)
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(2 if conditions.debug else null, 1)
    if not conditions.debug:
        os.dup2(null, 2)
    os.close(null)
    sys.stdin, sys.stdout, sys.stderr = _stream(0, "r"), _stream(1, "w"), _stream(2, "w")


def _stream(fd: int, mode: Literal["r", "w"]) -> TextIO:
    return open(fd, mode, encoding="utf-8", errors="backslashreplace", closefd=False)
