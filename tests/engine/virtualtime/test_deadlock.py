"""A deadlock is reported at once, with every stuck task and its line; what can still go on is none."""

from __future__ import annotations

import _thread
import asyncio
import socket
import threading
from concurrent.futures import Future

import pytest

from kata.virtualtime import Clock, DeadlockError, Scheduler, VirtualLoop, time_patches


def test_the_report_names_each_task_what_it_awaits_and_its_line(play, real_seconds) -> None:
    async def wait_for_ever(event: asyncio.Event) -> None:
        await event.wait()  # this line

    async def main() -> None:
        await asyncio.sleep(2)
        waiter = asyncio.create_task(wait_for_ever(asyncio.Event()), name="waiter")
        await waiter

    with pytest.raises(DeadlockError) as caught:
        play(main())
    report = caught.value
    assert report.at == 2
    assert [task.name for task in report.waiting][1:] == ["waiter"]
    main_task, waiter = report.waiting
    assert main_task.what == "task waiter"
    assert waiter.what == "asyncio.Event.wait"
    line = wait_for_ever.__code__.co_firstlineno + 1
    assert (__file__, line) in [(place.file, place.line) for place in waiter.places]
    assert "waiter waits for asyncio.Event.wait" in str(report)
    assert "after 2 virtual seconds" in str(report)
    assert real_seconds() < 1


@pytest.mark.parametrize(
    ("wait", "what"),
    [
        (lambda: asyncio.Queue().get(), "asyncio.Queue.get"),
        (lambda: asyncio.Semaphore(0).acquire(), "asyncio.Semaphore.acquire"),
        (lambda: asyncio.gather(asyncio.Event().wait(), asyncio.sleep(1)), "gather"),
        (lambda: asyncio.shield(asyncio.get_running_loop().create_future()), "a future"),
    ],
)
def test_what_is_awaited_has_its_public_name(play, wait, what) -> None:
    async def main() -> None:
        await wait()

    with pytest.raises(DeadlockError) as caught:
        play(main())
    assert caught.value.waiting[0].what == what


def test_two_locks_taken_in_opposite_order(play) -> None:
    async def take(first: asyncio.Lock, second: asyncio.Lock) -> None:
        async with first:
            await asyncio.sleep(1)
            async with second:
                pass

    async def main() -> None:
        left, right = asyncio.Lock(), asyncio.Lock()
        await asyncio.gather(take(left, right), take(right, left))

    with pytest.raises(DeadlockError) as caught:
        play(main())
    assert [task.what for task in caught.value.waiting[1:]] == ["asyncio.Lock.acquire"] * 2


def test_cleanup_still_runs_after_a_deadlock(play) -> None:
    seen = []

    async def main() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(1)
            seen.append(asyncio.get_running_loop().time())

    with pytest.raises(DeadlockError):
        play(main())
    assert seen == [1]


def test_a_thread_that_can_still_set_the_event_is_no_deadlock(play) -> None:
    async def main() -> float:
        loop, event = asyncio.get_running_loop(), asyncio.Event()
        threading.Timer(3, loop.call_soon_threadsafe, [event.set]).start()
        await event.wait()
        return loop.time()

    assert play(main()) == 3


def test_a_thread_that_waits_for_the_loop_that_waits_for_it_is_one(play) -> None:
    async def main() -> None:
        await asyncio.to_thread(threading.Event().wait)

    with pytest.raises(DeadlockError):
        play(main())


def test_a_blocking_wait_on_the_loops_own_thread_is_one(play) -> None:
    async def main() -> None:
        threading.Event().wait()

    with pytest.raises(DeadlockError) as caught:
        play(main())
    assert caught.value.waiting[0].what == "threading.Event.wait"


def test_a_listening_socket_waits_for_somebody_outside(play) -> None:
    async def main() -> str:
        loop = asyncio.get_running_loop()
        arrived = loop.create_future()

        async def greet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.close()
            arrived.set_result("somebody came")

        async with await asyncio.start_server(greet, "127.0.0.1", 0) as server:
            # A thread that the clock does not know stands for the world outside.
            _thread.start_new_thread(knock, server.sockets[0].getsockname())
            return await arrived

    def knock(host: str, port: int) -> None:
        socket.create_connection((host, port)).close()

    assert play(main()) == "somebody came"


def test_in_a_closed_world_a_listening_socket_alone_is_a_deadlock(play) -> None:
    async def main() -> None:
        server = await asyncio.start_server(lambda reader, writer: None, "127.0.0.1", 0)
        async with server:
            await server.serve_forever()

    with pytest.raises(DeadlockError):
        closed = Scheduler(closed_world=True)
        play(main(), clock=closed.clock)


@pytest.fixture
def in_a_thread():
    """``in_a_thread(clock)`` runs a loop in a thread until it is told to stop; gives loop, event and outcome."""
    threads = []

    def start(clock: Clock):
        ready: Future = Future()
        outcome: Future = Future()

        async def main() -> None:
            stop = asyncio.Event()
            ready.set_result((asyncio.get_running_loop(), stop))
            await stop.wait()

        def serve() -> None:
            try:
                with asyncio.Runner(loop_factory=lambda: VirtualLoop(clock)) as runner:
                    outcome.set_result(runner.run(main()))
            except DeadlockError as error:
                outcome.set_exception(error)

        threads.append(threading.Thread(target=serve, daemon=True))
        threads[-1].start()
        return *ready.result(10), outcome

    yield start
    for thread in threads:
        thread.join(10)
        assert not thread.is_alive()


def test_a_main_thread_in_real_time_may_call_a_loop_in_another_thread_any_moment(in_a_thread) -> None:
    loop, stop, outcome = in_a_thread(Clock())
    time_patches.real_sleep(0.2)  # a deadlock would be reported by now
    late = asyncio.run_coroutine_threadsafe(asyncio.sleep(100, "late"), loop)
    assert late.result(10) == "late"
    assert loop.time() == 100
    loop.call_soon_threadsafe(stop.set)
    assert outcome.result(10) is None


def test_in_a_closed_world_nobody_calls_it(in_a_thread) -> None:
    closed = Scheduler(closed_world=True)
    _, _, outcome = in_a_thread(closed.clock)
    with pytest.raises(DeadlockError):
        outcome.result(10)
