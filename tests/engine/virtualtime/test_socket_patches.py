"""Threads that block in sockets and selectors: their turns, their timeouts, and who is told when nothing comes."""

from __future__ import annotations

import asyncio
import contextlib
import select
import selectors
import socket
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from kata.virtualtime import Clock, DeadlockError, Scheduler, VirtualLoop

pytestmark = pytest.mark.once

HOUR = 3600.0


def in_a_thread(play: Callable[..., Any], work: Callable[[], Any]) -> tuple[Any, float]:
    """What ``work`` returns in a thread of its own, and how many virtual seconds that took."""

    async def main() -> tuple[Any, float]:
        done = await asyncio.to_thread(work)
        return done, asyncio.get_running_loop().time()

    result: tuple[Any, float] = play(main())
    return result


def timed_out(call: Callable[..., Any], *args: Any) -> str:
    with pytest.raises(TimeoutError) as caught:
        call(*args)
    return str(caught.value)


def test_a_timeout_of_recv_is_in_virtual_seconds(play, real_seconds) -> None:
    here, there = socket.socketpair()
    with here, there:
        here.settimeout(HOUR)
        assert in_a_thread(play, lambda: timed_out(here.recv, 1)) == ("timed out", HOUR)
    assert real_seconds() < 5


def test_a_timeout_of_accept_is_in_virtual_seconds(play, real_seconds) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(HOUR)
        assert in_a_thread(play, lambda: timed_out(listener.accept)) == ("timed out", HOUR)
    assert real_seconds() < 5


def test_a_timeout_of_send_is_in_virtual_seconds(play, real_seconds) -> None:
    here, there = socket.socketpair()
    with here, there:
        here.settimeout(HOUR)
        assert in_a_thread(play, lambda: timed_out(here.sendall, bytes(10_000_000))) == ("timed out", HOUR)
    assert real_seconds() < 5


def test_a_timeout_of_a_selector_is_in_virtual_seconds(play, real_seconds) -> None:
    here, there = socket.socketpair()
    with here, there, selectors.DefaultSelector() as selector:
        selector.register(here, selectors.EVENT_READ)
        assert in_a_thread(play, lambda: selector.select(HOUR)) == ([], HOUR)
        assert in_a_thread(play, lambda: select.select([here], [], [], HOUR)) == (([], [], []), HOUR)
    assert real_seconds() < 5


def test_data_that_comes_in_time_ends_the_wait_at_that_instant(play) -> None:
    def work() -> tuple[bytes, float]:
        here, there = socket.socketpair()
        with here, there:
            here.settimeout(HOUR)
            threading.Timer(7, there.sendall, args=(b"x",)).start()
            return here.recv(10), time.monotonic()

    assert in_a_thread(play, work) == ((b"x", 7), 7)


def test_a_wait_without_a_timeout_ends_when_data_comes(play, real_seconds) -> None:
    def work() -> tuple[bytes, list[Any]]:
        here, there = socket.socketpair()
        with here, there, selectors.DefaultSelector() as selector:
            selector.register(here, selectors.EVENT_READ)
            threading.Timer(HOUR, there.sendall, args=(b"x",)).start()
            ready = selector.select()
            return here.recv(10), [key.fileobj is here for key, _ in ready]

    assert in_a_thread(play, work) == ((b"x", [True]), HOUR)
    assert real_seconds() < 5


def test_of_threads_that_one_moment_lets_go_who_has_waited_longest_goes_first(play) -> None:
    async def main() -> list[int]:
        went: list[int] = []
        pairs = [socket.socketpair() for _ in range(6)]
        waiting = (4, 1, 5, 0, 3, 2)

        def wait(number: int) -> None:
            pairs[number][0].recv(1)
            went.append(number)

        threads = []
        for number in waiting:
            threads.append(threading.Thread(target=wait, args=(number,)))
            threads[-1].start()
            await asyncio.sleep(0.1)
        for _, there in pairs:
            there.send(b"x")
        for thread in threads:
            await asyncio.to_thread(thread.join)
        for pair in pairs:
            for end in pair:
                end.close()
        return went

    assert play(main()) == [4, 1, 5, 0, 3, 2]


def test_threads_that_accept_on_one_socket_take_turns(play) -> None:
    async def main() -> list[tuple[int, bytes]]:
        served: list[tuple[int, bytes]] = []

        def serve(listener: socket.socket, number: int) -> None:
            for _ in range(2):
                connection, _ = listener.accept()
                with connection:
                    served.append((number, connection.recv(10)))

        with socket.create_server(("127.0.0.1", 0)) as listener:
            threads = [threading.Thread(target=serve, args=(listener, number)) for number in range(3)]
            for thread in threads:
                thread.start()
            for number in range(6):
                _, writer = await asyncio.open_connection(*listener.getsockname())
                writer.write(b"%d" % number)
                writer.close()
                await asyncio.sleep(0.1)
            for thread in threads:
                await asyncio.to_thread(thread.join)
        return served

    assert play(main()) == [(0, b"0"), (1, b"1"), (2, b"2"), (0, b"3"), (1, b"4"), (2, b"5")]


def test_a_loop_and_a_thread_that_talk_take_turns(play) -> None:
    async def main() -> list[str]:
        said: list[str] = []
        here, there = socket.socketpair()

        def echo() -> None:
            with there:
                while data := there.recv(10):
                    said.append("thread")
                    there.sendall(data)

        threading.Thread(target=echo).start()
        reader, writer = await asyncio.open_connection(sock=here)
        for _ in range(3):
            writer.write(b"x")
            await reader.readexactly(1)
            said.append("loop")
        writer.close()
        return said

    assert play(main()) == ["thread", "loop"] * 3


@pytest.mark.parametrize("timeout", [None, HOUR])
def test_more_than_the_system_takes_at_once_is_sent_to_another_thread(play, timeout) -> None:
    data = bytes(range(256)) * 10_000

    def work() -> bool:
        here, there = socket.socketpair()
        here.settimeout(timeout)
        received = bytearray()

        def receive() -> None:
            while piece := there.recv(50_000):
                received.extend(piece)

        thread = threading.Thread(target=receive)
        thread.start()
        with there:
            with here:
                here.sendall(data)
            thread.join()
        return bytes(received) == data

    assert in_a_thread(play, work) == (True, 0)


def test_blocking_send_returns_when_all_is_sent(play) -> None:
    def work() -> int:
        here, there = socket.socketpair()

        def drain() -> None:
            while there.recv(100_000):
                pass

        thread = threading.Thread(target=drain)
        thread.start()
        with there:
            with here:
                sent = here.send(bytes(3_000_000))
            thread.join()
        return sent

    assert in_a_thread(play, work) == (3_000_000, 0)


def test_a_refused_connection_is_refused(play) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        address = gone.getsockname()

    def work() -> None:
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(address, timeout=5)

    in_a_thread(play, work)


def test_a_socket_keeps_its_timeout_when_it_connects(play) -> None:
    def work() -> tuple[float | None, float | None]:
        with (
            socket.create_server(("127.0.0.1", 0)) as listener,
            socket.create_connection(listener.getsockname()) as first,
            socket.create_connection(listener.getsockname(), timeout=3) as second,
        ):
            return first.gettimeout(), second.gettimeout()

    assert in_a_thread(play, work) == ((None, 3), 0)


def test_a_socket_that_does_not_block_does_not_wait(play) -> None:
    def work() -> None:
        here, there = socket.socketpair()
        with here, there:
            here.setblocking(False)
            with pytest.raises(BlockingIOError):
                here.recv(1)
            assert select.select([here], [], [], 0) == ([], [], [])

    assert in_a_thread(play, work) == (None, 0)


def test_the_end_of_the_other_side_is_heard(play) -> None:
    def work() -> bytes:
        here, there = socket.socketpair()
        with here:
            threading.Timer(5, there.close).start()
            return here.recv(10)

    assert in_a_thread(play, work) == (b"", 5)


def test_a_socket_that_another_thread_closes_wakes_nobody(play) -> None:
    async def main() -> bool:
        here, there = socket.socketpair()

        def wait() -> None:
            with contextlib.suppress(DeadlockError):  # what it is told when all others are gone
                here.recv(1)

        thread = threading.Thread(target=wait, daemon=True)
        thread.start()
        await asyncio.sleep(1)
        here.close()
        left, right = socket.socketpair()  # one of them has its number now
        with left, right, there:
            await asyncio.to_thread(thread.join, 1)
        return thread.is_alive()

    assert play(main())


def test_a_coroutine_that_waits_for_a_socket_blocks_its_loop() -> None:
    scheduler = Scheduler(Clock())
    blocks: list[tuple[int, int, str]] = []
    scheduler.on_block = lambda *block: blocks.append(block)

    async def main() -> bytes:
        here, there = socket.socketpair()
        with here, there:
            threading.Timer(2, there.sendall, args=(b"x",)).start()
            return here.recv(10)

    with asyncio.Runner(loop_factory=lambda: VirtualLoop(scheduler.clock)) as runner:
        assert runner.run(main()) == b"x"
    assert blocks == [(0, 2_000_000_000, "socket.recv")]


def test_who_waits_for_what_nobody_sends_is_told_so() -> None:
    scheduler = Scheduler(Clock(), closed_world=True)
    party = scheduler.join("alone")
    here, there = socket.socketpair()
    with here, there, scheduler.active(), pytest.raises(DeadlockError) as caught:
        here.recv(1)
    scheduler.leave(party)
    assert [(task.name, task.what) for task in caught.value.waiting] == [("alone", "socket.recv")]
    assert not caught.value.outside


def test_who_waits_for_others_to_connect_waits_for_something_outside() -> None:
    scheduler = Scheduler(Clock(), closed_world=True)
    party = scheduler.join("alone")
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        scheduler.active(),
        pytest.raises(DeadlockError) as caught,
    ):
        listener.accept()
    scheduler.leave(party)
    assert caught.value.outside


def test_without_a_clock_sockets_are_as_ever() -> None:
    here, there = socket.socketpair()
    with here, there:
        here.settimeout(0.01)
        assert timed_out(here.recv, 1) == "timed out"
        there.sendall(b"x")
        assert here.recv(10) == b"x"
        assert select.select([here], [], [], 0.01) == ([], [], [])
