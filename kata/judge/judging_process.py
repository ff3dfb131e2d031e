"""One process that judges: this end of it, how it comes to be, and what it does to the last order.

Where a process can be copied, that is how: the imports are done once. Elsewhere, and where options or variables have
changed how this interpreter works, it is a fresh interpreter. All else is the same.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from typing import Literal, TextIO

import msgspec

from kata.contract import channels
from kata.contract.keeping import kept
from kata.contract.texts import describe, presentable
from kata.judge import session
from kata.judge.orders import Conditions, Decided, Order, Over
from kata.judge.session import SessionFailed
from kata.sandbox.client import APART, Connection, Plays, Sandbox, Spawner, clean_environment, end, interpreter
from kata.sandbox.confine import die_with_parent

__all__ = ["JudgingProcess", "copied", "fresh", "works_as_a_fresh_one"]

_encode = msgspec.msgpack.Encoder(enc_hook=describe).encode
_decode_answer = msgspec.msgpack.Decoder(Decided | Over).decode
_decode_order = msgspec.msgpack.Decoder(Order).decode
_decode_conditions = msgspec.msgpack.Decoder(Conditions).decode


class JudgingProcess:
    """This end of a judging process.

    Args:
        orders: the descriptor that it reads from.
        answers: the descriptor that it writes to.
        kill: ends the process, whatever it does.
    """

    def __init__(self, orders: int, answers: int, kill: Callable[[], None]) -> None:
        self.orders = orders
        self.answers = answers
        self._kill = kill
        self._killed = False

    def kill(self) -> None:
        """End it, once: its number may be another's afterwards."""
        if not self._killed:
            self._killed = True
            self._kill()

    def carry_out(self, order: Order) -> Iterator[Decided]:
        """What it decides on an order.

        Raises:
            SessionFailed: it broke down.
        """
        with contextlib.suppress(BrokenPipeError):
            channels.write_message(self.orders, _encode(order))
        while (data := channels.read_message(self.answers)) is not None:
            answer = _decode_answer(data)
            if isinstance(answer, Decided):
                yield answer
            elif answer.problem:
                raise SessionFailed(answer.problem)
            else:
                return
        raise SessionFailed("A judging process ended before its work was done; try again with --debug.")

    def close(self) -> None:
        """Hang up."""
        os.close(self.orders)
        os.close(self.answers)


def works_as_a_fresh_one() -> bool:
    """True when no option and no variable such as PYTHONOPTIMIZE has changed how this interpreter works."""
    changed = (sys.flags.optimize, sys.flags.dev_mode, sys.flags.bytes_warning, sys.warnoptions, sys._xoptions)
    return not any(changed) and sys.get_int_max_str_digits() == sys.int_info.default_max_str_digits


def copied(conditions: Conditions, connection: Connection, others: Sequence[JudgingProcess]) -> JudgingProcess:
    """Copy this process into one that judges."""
    their_orders, orders = os.pipe()
    answers, their_answers = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            for other in (*others, JudgingProcess(orders, answers, lambda: None)):
                other.close()
            _work(conditions, connection, their_orders, their_answers)
            code = 0
        finally:
            os._exit(code)
    os.close(their_orders)
    os.close(their_answers)

    def kill() -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(pid, 0)

    return JudgingProcess(orders, answers, kill)


def fresh(conditions: Conditions, home: str) -> JudgingProcess:
    """Start a fresh interpreter that judges; ``home`` is where it may leave things."""
    process = subprocess.Popen(
        interpreter("kata.judge.judging_process"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=None if conditions.debug else subprocess.DEVNULL,
        env=clean_environment(home),
        cwd=home,
        **APART,
    )
    assert process.stdin is not None and process.stdout is not None
    orders, answers = (os.dup(pipe.fileno()) for pipe in (process.stdin, process.stdout))
    process.stdin.close()
    process.stdout.close()
    with contextlib.suppress(BrokenPipeError):
        channels.write_message(orders, _encode(conditions))

    return JudgingProcess(orders, answers, lambda: end(process))


def main() -> None:
    """Entry of a fresh interpreter: conditions and orders on standard input, criteria on standard output."""
    orders, answers = os.dup(0), os.dup(1)
    data = channels.read_message(orders)
    if data is None:
        return
    conditions = _decode_conditions(data)
    if conditions.play == "spawn":
        _work(conditions, Spawner(), orders, answers)
        return
    with Sandbox(1) as sandbox:
        _work(conditions, sandbox.connections[0], orders, answers)


def _work(conditions: Conditions, plays: Plays, orders: int, answers: int) -> None:
    """Be a judging process, to the last order."""
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
