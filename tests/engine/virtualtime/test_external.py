"""What lives in real time still works: sockets, subprocesses, signals, pools of processes."""

from __future__ import annotations

import asyncio
import contextlib
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from kata.virtualtime import VirtualLoop, time_patches
from kata.virtualtime.external import Outside, Source

linux = pytest.mark.skipif(sys.platform != "linux", reason="looks at descriptors as Linux has them")


async def _echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while line := await reader.readline():
        writer.write(line)
        await writer.drain()
    writer.close()


def test_an_hour_of_sleep_between_two_lines_over_loopback(play, real_seconds) -> None:
    async def main() -> tuple[list[bytes], float]:
        async with await asyncio.start_server(_echo, "127.0.0.1", 0) as server:
            reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
            lines = []
            for line in (b"before\n", b"after\n"):
                writer.write(line)
                lines.append(await reader.readline())
                await asyncio.sleep(3600)
            writer.close()
            await writer.wait_closed()
        return lines, asyncio.get_running_loop().time()

    assert play(main()) == ([b"before\n", b"after\n"], 7200)
    assert real_seconds() < 5


@pytest.mark.parametrize("ends", [1, 2, 3, 4])
@pytest.mark.parametrize("work", ["sleeps", "computes"])
def test_threads_that_write_to_sockets_are_heard_before_the_clock_moves_on(play, real_seconds, ends, work) -> None:
    async def main() -> list[tuple[bytes, float]]:
        loop = asyncio.get_running_loop()

        def write(there: socket.socket, number: int) -> None:
            if work == "sleeps":
                time.sleep(0.05 * number)
            else:
                began = time_patches.real_perf_counter()
                while time_patches.real_perf_counter() - began < 0.03:
                    pass
            there.sendall(b"x")
            there.close()

        async def hear(number: int) -> tuple[bytes, float]:
            here, there = socket.socketpair()
            here.setblocking(False)
            threading.Thread(target=write, args=(there, number)).start()
            with here:
                return await loop.sock_recv(here, 1), loop.time()

        return await asyncio.gather(*map(hear, range(1, ends + 1)))

    wanted = [(b"x", round(0.05 * number, 2) if work == "sleeps" else 0.0) for number in range(1, ends + 1)]
    assert [(data, round(at, 2)) for data, at in play(main())] == wanted
    assert real_seconds() < 5


def test_what_was_sent_arrives_before_the_next_deadline(play) -> None:
    async def main() -> bytes:
        left, right = socket.socketpair()
        reader, reader_end = await asyncio.open_connection(sock=left)
        _, writer = await asyncio.open_connection(sock=right)
        writer.write(b"hello\n")
        try:
            async with asyncio.timeout(0.001):
                return await reader.readline()
        finally:
            writer.close()
            reader_end.close()

    assert play(main()) == b"hello\n"


@linux
def test_bytes_that_the_system_holds_back_arrive_before_the_next_deadline(play) -> None:
    async def in_pieces(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for piece in (b"a", b"b", b"c"):
            writer.write(piece)
        await reader.read()
        writer.close()

    async def main() -> bytes:
        # asyncio switches Nagle's algorithm off, but not for a server socket that was made by hand.
        async with await asyncio.start_server(in_pieces, sock=socket.create_server(("127.0.0.1", 0))) as server:
            client = socket.create_connection(server.sockets[0].getsockname())
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 0)
            reader, writer = await asyncio.open_connection(sock=client)
            try:
                async with asyncio.timeout(30):
                    return await reader.readexactly(3)
            finally:
                writer.close()
                await writer.wait_closed()

    assert play(main()) == b"abc"


def test_bytes_that_arrive_between_the_last_look_and_the_jump_are_seen(play, monkeypatch) -> None:
    left, right = socket.socketpair()

    def let_go_just_now(_: VirtualLoop) -> bool:
        if right.fileno() >= 0:
            right.send(b"late\n")
        return False

    async def main() -> bytes:
        monkeypatch.setattr("kata.virtualtime.external.unsent_bytes", let_go_just_now)
        reader, reader_end = await asyncio.open_connection(sock=left)
        _, writer = await asyncio.open_connection(sock=right)
        try:
            async with asyncio.timeout(30):
                return await reader.readline()
        finally:
            writer.close()
            reader_end.close()

    assert play(main()) == b"late\n"


def test_an_answer_from_a_thread_that_nobody_knows_of_is_waited_for(play) -> None:
    left, right = socket.socketpair()

    def answer() -> None:
        right.sendall(right.recv(10).upper() + bytes(str(time_patches.real_sleep(0.05)), "ascii"))
        right.close()

    thread = threading.Thread(target=answer)
    thread.start()

    async def main() -> bytes:
        reader, writer = await asyncio.open_connection(sock=left)
        writer.write(b"hello ")
        try:
            async with asyncio.timeout(30):
                return await reader.read()
        finally:
            writer.close()

    assert play(main()) == b"HELLO None"
    thread.join()


def test_a_reader_that_pauses_does_not_tie_virtual_to_real_time(play, real_seconds) -> None:
    async def flood(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for _ in range(20):
            writer.write(bytes(200_000))
            await writer.drain()
        writer.close()

    async def main() -> tuple[int, float]:
        async with await asyncio.start_server(flood, "127.0.0.1", 0) as server:
            reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
            size = 0
            while part := await reader.read(1_000_000):
                size += len(part)
                await asyncio.sleep(60)
            writer.close()
        return size, asyncio.get_running_loop().time()

    size, elapsed = play(main())
    assert size == 4_000_000
    assert elapsed >= 240
    assert real_seconds() < 10


def test_an_idle_listening_socket_does_not_stop_the_clock(play, real_seconds) -> None:
    async def main() -> float:
        async with await asyncio.start_server(_echo, "127.0.0.1", 0):
            await asyncio.sleep(3600)
        return asyncio.get_running_loop().time()

    assert play(main()) == 3600
    assert real_seconds() < 5


def test_a_subprocess_is_waited_for_in_real_time(play) -> None:
    async def main() -> tuple[bytes, int | None]:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-S", "-c", "print('from the child')", stdout=asyncio.subprocess.PIPE
        )
        async with asyncio.timeout(60):
            out, _ = await process.communicate()
        return out, process.returncode

    assert play(main()) == (b"from the child\n", 0)


def test_a_pending_subprocess_is_no_deadlock(play) -> None:
    async def main() -> int:
        process = await asyncio.create_subprocess_exec(sys.executable, "-S", "-c", "raise SystemExit(3)")
        return await process.wait()

    assert play(main()) == 3


def test_a_timeout_ends_a_subprocess_that_does_not_answer(play) -> None:
    async def main() -> int | None:
        process = await asyncio.create_subprocess_exec("sleep", "1000")
        try:
            async with asyncio.timeout(0.05):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()
        return process.returncode

    assert play(main()) == -signal.SIGKILL


def test_a_subprocess_that_is_cancelled_while_it_is_made_is_waited_for(play) -> None:
    async def main() -> str:
        making = asyncio.create_task(asyncio.create_subprocess_exec("sleep", "1000"))
        asyncio.get_running_loop().call_soon(making.cancel)
        try:
            await making
        except asyncio.CancelledError:
            return "cancelled"
        return "made"

    assert play(main()) == "cancelled"


def test_a_signal_handler_of_the_loop_is_called(play) -> None:
    async def main() -> float:
        loop, came = asyncio.get_running_loop(), asyncio.Event()
        loop.add_signal_handler(signal.SIGUSR1, came.set)
        os.kill(os.getpid(), signal.SIGUSR1)
        await came.wait()
        loop.remove_signal_handler(signal.SIGUSR1)
        return loop.time()

    assert play(main()) == 0


def test_a_signal_that_may_still_come_is_no_deadlock(play) -> None:
    async def main() -> str:
        loop, came = asyncio.get_running_loop(), asyncio.Event()
        loop.add_signal_handler(signal.SIGUSR1, came.set)
        process = await asyncio.create_subprocess_exec("sh", "-c", f"kill -USR1 {os.getpid()}")
        await came.wait()
        await process.wait()
        loop.remove_signal_handler(signal.SIGUSR1)
        return "came"

    assert play(main()) == "came"


def test_control_c_ends_a_run(play) -> None:
    async def main() -> None:
        asyncio.get_running_loop().call_later(1, os.kill, os.getpid(), signal.SIGINT)
        await asyncio.sleep(3600)

    with pytest.raises(KeyboardInterrupt):
        play(main())


@pytest.fixture
def alarm():
    """Puts the real-time alarm, and the handler of its signal, back as they were."""
    handler = signal.getsignal(signal.SIGALRM)
    left = signal.setitimer(signal.ITIMER_REAL, 0)
    yield
    signal.signal(signal.SIGALRM, handler)
    signal.setitimer(signal.ITIMER_REAL, *left)


async def _wait_for_an_alarm() -> float:
    loop, came = asyncio.get_running_loop(), asyncio.Event()
    signal.signal(signal.SIGALRM, lambda *_: loop.call_soon_threadsafe(came.set))
    signal.setitimer(signal.ITIMER_REAL, 0.05)
    await came.wait()
    return loop.time()


def test_an_alarm_that_the_program_sets_is_waited_for(play, alarm) -> None:
    assert play(_wait_for_an_alarm()) == 0


def test_an_alarm_set_before_the_clock_ruled_is_somebody_elses(play, alarm, real_seconds) -> None:
    signal.signal(signal.SIGALRM, _too_late)
    signal.setitimer(signal.ITIMER_REAL, 60)
    play(asyncio.sleep(3600))
    assert real_seconds() < 5


def test_the_programs_own_alarm_counts_even_if_another_was_set_before(play, alarm) -> None:
    signal.signal(signal.SIGALRM, _too_late)
    signal.setitimer(signal.ITIMER_REAL, 60)
    assert play(_wait_for_an_alarm()) == 0


def _too_late(*_: object) -> None:
    raise AssertionError("nobody changed the alarm of sixty seconds")


def test_call_soon_threadsafe_wakes_the_loop_from_a_plain_thread(play) -> None:
    async def main() -> tuple[str, float]:
        loop = asyncio.get_running_loop()
        future = loop.create_future()
        threading.Thread(target=lambda: loop.call_soon_threadsafe(future.set_result, "set")).start()
        return await future, loop.time()

    assert play(main()) == ("set", 0)


def test_run_coroutine_threadsafe_gives_the_thread_its_result(play) -> None:
    async def answer() -> int:
        await asyncio.sleep(10)
        return 42

    async def main() -> tuple[int, float]:
        loop = asyncio.get_running_loop()
        ask = lambda: asyncio.run_coroutine_threadsafe(answer(), loop).result(timeout=20)  # noqa: E731
        return await asyncio.to_thread(ask), loop.time()

    assert play(main()) == (42, 10)


def test_a_pool_of_processes_works_in_real_time(play) -> None:
    async def main() -> int:
        loop = asyncio.get_running_loop()
        with ProcessPoolExecutor(1) as pool:
            return await loop.run_in_executor(pool, sum, [1, 2, 3])

    assert play(main()) == 6


@linux
def test_the_loop_knows_how_far_away_its_wakers_are() -> None:
    loop = VirtualLoop()
    with loop.scheduler.active(), contextlib.closing(loop):
        assert loop.next_source() is Source.NOWHERE
        with socket.create_server(("127.0.0.1", 0)) as server:
            loop.add_reader(server, print)
            assert loop.next_source() is Source.LISTENING
            left, right = socket.socketpair()
            with left, right:
                loop.add_reader(left, print)
                loop.add_reader(right, print)
                assert loop.next_source() is Source.NEARBY
                loop.remove_reader(left)
                assert loop.next_source() is Source.ELSEWHERE
                loop.remove_reader(right)
            loop.remove_reader(server)
        assert loop.next_source() is Source.NOWHERE


def test_time_stands_still_in_a_subprocess_call_that_blocks(play) -> None:
    async def main() -> float:
        subprocess.run([sys.executable, "-S", "-c", "pass"], check=True, timeout=60)
        return time.monotonic()

    assert play(main()) == 0


def test_a_forked_child_lives_in_real_time(play) -> None:
    async def main() -> float:
        with ProcessPoolExecutor(1) as pool:
            return await asyncio.get_running_loop().run_in_executor(pool, time.time)

    assert abs(play(main()) - time_patches.real_time()) < 60


_POLLING = """
import asyncio, subprocess, sys, time
from kata.virtualtime import VirtualLoop

async def main():
    with subprocess.Popen([sys.executable, "-S", "-c", "import time; time.sleep(0.05)"]) as child:
        while child.poll() is None:
            time.sleep(0.01)
    print(time.monotonic())

with asyncio.Runner(loop_factory=VirtualLoop) as runner:
    runner.run(main())
"""


@linux
def test_a_child_that_is_polled_with_time_sleep_gets_real_time() -> None:
    # In a process of its own, for children that were there before the clock are nobody's to wait for.
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[3])}
    command = [sys.executable, "-c", _POLLING]
    done = subprocess.run(command, capture_output=True, check=True, timeout=60, env=environment)
    assert 0.01 < float(done.stdout) < 30


_WITHOUT_A_LOOP = """
import concurrent.futures, multiprocessing, signal, threading, time
from kata.virtualtime import Clock, Scheduler, external, time_patches

def double(number):
    return 2 * number

external.watch_for_processes()
time_patches.install()
scheduler = Scheduler(Clock())
scheduler.join("main")
fork = multiprocessing.get_context("fork")
with scheduler.active():
    {body}
"""


@linux
@pytest.mark.parametrize(
    ("body", "printed"),
    [
        (
            """
    with concurrent.futures.ProcessPoolExecutor(1, mp_context=fork) as pool:
        print(pool.submit(double, 3).result(60))
            """,
            "6",
        ),
        (
            """
    with fork.Pool(1) as pool:
        print(pool.map(double, [1, 2]), pool.apply_async(double, (3,)).get(60))
            """,
            "[2, 4] 6",
        ),
        (
            """
    signal.signal(signal.SIGALRM, lambda *_: print("rang"))
    signal.setitimer(signal.ITIMER_REAL, 0.02)
    time.sleep(0.05)
    print(time.monotonic())
            """,
            "rang\n0.05",
        ),
        (
            """
    def ring(*_):
        raise LookupError
    signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, 0.1)
    thread = threading.Thread(target=time.sleep, args=(30,))
    thread.start()
    try:
        thread.join()
    except LookupError:
        print(0.05 < time.monotonic() < 30)
    thread.join()
    print(time.monotonic())
            """,
            "True\n30.0",
        ),
    ],
    ids=["a pool's future", "a pool of multiprocessing", "an alarm in a sleep", "an alarm that raises in a join"],
)
def test_what_lives_in_real_time_is_waited_for_where_no_loop_runs(body: str, printed: str) -> None:
    # In a process of its own, for children that were there before the clock are nobody's to wait for.
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[3])}
    command = [sys.executable, "-W", "ignore", "-c", _WITHOUT_A_LOOP.format(body=body.strip())]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, env=environment)
    assert (done.stdout.strip(), done.stderr) == (printed, "")


def test_a_thread_that_looks_around_again_and_again_holds_up_nobody(play) -> None:
    over = threading.Event()

    def look_around() -> None:
        while not over.is_set():
            select.select([], [], [], 0.02)

    async def main() -> float:
        watcher = threading.Thread(target=look_around)
        watcher.start()
        try:
            return await asyncio.to_thread(lambda: 42)
        finally:
            over.set()
            watcher.join()

    assert play(main()) == 42


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="there are no alarms on this system")
def test_an_alarm_that_has_run_out_counts_until_its_handler_has_run(alarm) -> None:
    outside, ran_out = Outside(), []
    outside.begin()
    signal.setitimer(signal.ITIMER_REAL, 60)
    assert outside.works()
    signal.setitimer(signal.ITIMER_REAL, 0)  # as if it had run out, which nobody sees but by asking the timer
    asking = threading.Thread(target=lambda: ran_out.append(outside.works()))
    asking.start()
    asking.join()
    assert ran_out == [True]
    assert not outside.works()  # this is the main thread, in which handlers run
