"""Threads on virtual time: they sleep, wait and join without real time passing, in a fixed order."""

from __future__ import annotations

import asyncio
import queue
import threading
import time
import traceback
from concurrent.futures import Future, ThreadPoolExecutor, as_completed, wait

import pytest

from kata.virtualtime import Clock, DeadlockError, Scheduler, VirtualLoop, thread_patches, time_patches


def test_ten_threads_that_sleep_take_the_time_of_one(play, real_seconds) -> None:
    async def main() -> float:
        await asyncio.gather(*(asyncio.to_thread(time.sleep, 5) for _ in range(10)))
        return asyncio.get_running_loop().time()

    assert play(main()) == 5
    assert real_seconds() < 3


def test_a_pool_of_two_takes_its_jobs_in_order(play) -> None:
    async def main() -> list[tuple[int, float]]:
        started = []

        def job(number: int) -> None:
            started.append((number, time.monotonic()))
            time.sleep(2)

        with ThreadPoolExecutor(2) as pool:
            loop = asyncio.get_running_loop()
            await asyncio.gather(*(loop.run_in_executor(pool, job, number) for number in range(5)))
        return started

    assert play(main()) == [(0, 0), (1, 0), (2, 2), (3, 2), (4, 4)]


def test_the_loop_goes_on_while_a_thread_sleeps(play) -> None:
    async def main() -> list[str]:
        seen = []

        async def ticks() -> None:
            for tick in range(3):
                await asyncio.sleep(1)
                seen.append(f"tick {tick}")

        def job() -> None:
            time.sleep(1.5)
            seen.append("thread")

        await asyncio.gather(asyncio.to_thread(job), ticks())
        return seen

    assert play(main()) == ["tick 0", "thread", "tick 1", "tick 2"]


def test_threads_run_in_the_same_order_each_time(play) -> None:
    def once() -> list[int]:
        order = []

        def job(number: int) -> None:
            for _ in range(3):
                order.append(number)
                time.sleep(1)

        async def main() -> None:
            await asyncio.gather(*(asyncio.to_thread(job, number) for number in range(6)))

        play(main())
        return order

    assert once() == once() == list(range(6)) * 3


def test_threads_that_one_event_rouses_go_on_one_after_another(play) -> None:
    async def main() -> list[str]:
        loop, event, told = asyncio.get_running_loop(), threading.Event(), []

        def wait_and_tell(name: str, computing: float) -> None:
            event.wait()
            time_patches.real_sleep(computing)  # the first to be roused is the last to be ready, in real time
            told.append(name)
            loop.call_soon_threadsafe(told.append, f"{name} told the loop")

        jobs = [asyncio.to_thread(wait_and_tell, name, 0.02 / place) for place, name in enumerate("abc", 1)]
        asking = asyncio.gather(*jobs)
        await asyncio.sleep(1)
        event.set()
        await asking
        return told

    assert play(main()) == ["a", "b", "c", "a told the loop", "b told the loop", "c told the loop"]


def test_two_calls_into_the_loop_are_seen_in_one_turn(play) -> None:
    async def main() -> list[str]:
        loop, told = asyncio.get_running_loop(), []

        def first() -> None:
            told.append("first")
            loop.call_soon(told.append, "made by the first")

        def tell_twice() -> None:
            time.sleep(1)
            loop.call_soon_threadsafe(first)
            time_patches.real_sleep(0.02)  # time enough for a loop that goes on at once
            loop.call_soon_threadsafe(told.append, "second")

        await asyncio.to_thread(tell_twice)
        return told

    assert play(main()) == ["first", "second", "made by the first"]


def test_threads_report_their_errors_one_after_another_and_without_the_engine(play, monkeypatch) -> None:
    told: list[str] = []

    def hook(args: threading.ExceptHookArgs) -> None:
        name = args.thread.name if args.thread else ""
        told.append(f"{name} begins")
        time_patches.real_sleep(0.02)
        assert args.exc_value is not None
        told.extend(
            line.name
            for line in traceback.extract_tb(args.exc_value.__traceback__)
            if "virtualtime/threads" in line.filename
        )
        told.append(f"{name} ends")

    monkeypatch.setattr(threading, "excepthook", hook)

    def fail() -> None:
        time.sleep(1)
        raise ValueError

    async def main() -> None:
        for name in "ab":
            threading.Thread(target=fail, name=name).start()
        await asyncio.sleep(2)

    play(main())
    assert told == ["a begins", "a ends", "b begins", "b ends"]


def test_a_job_starts_when_the_loop_gives_way_and_not_before(play) -> None:
    async def main() -> list[str]:
        seen = []
        future = asyncio.get_running_loop().run_in_executor(None, seen.append, "thread")
        seen.append("loop")
        await future
        return seen

    assert play(main()) == ["loop", "thread"]


def test_a_queue_with_a_timeout_waits_in_virtual_time(play) -> None:
    def consumer(items: queue.Queue) -> list[object]:
        got = []
        for _ in range(3):
            try:
                got.append(items.get(timeout=10))
            except queue.Empty:
                got.append("nothing")
            got.append(time.monotonic())
        return got

    async def main() -> list[object]:
        items = queue.Queue()
        taking = asyncio.create_task(asyncio.to_thread(consumer, items))
        await asyncio.sleep(3)
        items.put("first")
        await asyncio.sleep(4)
        items.put("second")
        return await taking

    assert play(main()) == ["first", 3, "second", 7, "nothing", 17]


def test_a_full_queue_holds_up_its_producer(play) -> None:
    async def main() -> list[float]:
        items, puts = queue.Queue(maxsize=1), []

        def producer() -> None:
            for number in range(3):
                items.put(number)
                puts.append(time.monotonic())

        def consumer() -> None:
            for _ in range(3):
                time.sleep(1)
                items.get()

        await asyncio.gather(asyncio.to_thread(producer), asyncio.to_thread(consumer))
        return puts

    assert play(main()) == [0, 1, 2]


def test_events_conditions_barriers_and_semaphores_wait_on_the_clock(play) -> None:
    async def main() -> list[object]:
        event, condition = threading.Event(), threading.Condition()
        barrier, semaphore = threading.Barrier(2), threading.Semaphore(0)
        seen = []

        def waits() -> None:
            seen.append((event.wait(5), time.monotonic()))
            with condition:
                seen.append((condition.wait(100), time.monotonic()))
            barrier.wait()
            seen.append((semaphore.acquire(timeout=100), time.monotonic()))

        def rouses() -> None:
            time.sleep(7)
            with condition:
                condition.notify()
            time.sleep(1)
            barrier.wait()
            time.sleep(1)
            semaphore.release()

        await asyncio.gather(asyncio.to_thread(waits), asyncio.to_thread(rouses))
        return seen

    assert play(main()) == [(False, 5), (True, 7), (True, 9)]


def test_a_lock_held_by_a_parked_thread_is_waited_for(play) -> None:
    async def main() -> float:
        lock = threading.Lock()

        def holder() -> None:
            with lock:
                time.sleep(0.2)

        def taker() -> float:
            time.sleep(0.1)
            with lock:
                return time.monotonic()

        _, taken = await asyncio.gather(asyncio.to_thread(holder), asyncio.to_thread(taker))
        return taken

    assert play(main()) == pytest.approx(0.2, abs=0.01)


def test_join_waits_for_a_thread_in_virtual_time(play) -> None:
    async def main() -> list[object]:
        thread = threading.Thread(target=time.sleep, args=(3,))
        thread.start()
        thread.join(1)
        alive, first = thread.is_alive(), time.monotonic()
        thread.join()
        return [alive, first, thread.is_alive(), time.monotonic()]

    assert play(main()) == [True, 1, False, 3]


def test_a_daemon_thread_does_not_hold_up_the_end(play, real_seconds) -> None:
    async def main() -> float:
        threading.Thread(target=time.sleep, args=(1_000_000,), daemon=True).start()
        await asyncio.sleep(1)
        return time.monotonic()

    assert play(main()) == 1
    assert real_seconds() < 5


def test_asyncio_run_in_a_worker_thread_shares_the_clock(play) -> None:
    async def inner(name: str, seen: list[object]) -> None:
        for _ in range(2):
            await asyncio.sleep(2)
            seen.append((name, time.monotonic()))

    async def main() -> list[object]:
        seen: list[object] = []

        def worker() -> None:
            with asyncio.Runner(loop_factory=VirtualLoop) as runner:
                runner.run(inner("inner", seen))

        await asyncio.sleep(1)
        await asyncio.gather(asyncio.to_thread(worker), inner("outer", seen))
        return seen

    # The outer loop began to wait for its first deadline before the worker's turn came.
    assert play(main()) == [("outer", 3), ("inner", 3), ("outer", 5), ("inner", 5)]


def _until_it_sleeps_on(clock: Clock) -> None:
    while len(Scheduler.of(clock).all) < 2:
        time_patches.real_sleep(0.001)


def test_a_thread_from_before_the_run_joins_the_clock_when_it_sleeps(play) -> None:
    clock, started, arrived = Clock(), queue.SimpleQueue(), queue.SimpleQueue()

    def work() -> None:
        loop, future = started.get()
        time.sleep(5)
        arrived.get()  # something real, which the clock knows nothing of
        loop.call_soon_threadsafe(future.set_result, "from the thread")

    thread = threading.Thread(target=work)
    thread.start()

    async def main() -> tuple[str, float]:
        loop = asyncio.get_running_loop()
        future = loop.create_future()
        started.put((loop, future))
        _until_it_sleeps_on(clock)
        loop.call_later(2, arrived.put, None)
        return await future, loop.time()

    assert play(main(), clock=clock) == ("from the thread", 5)
    thread.join()


def test_the_end_of_such_a_thread_is_noticed(play) -> None:
    clock, started = Clock(), queue.SimpleQueue()

    def work() -> None:
        started.get()
        time.sleep(5)

    thread = threading.Thread(target=work)
    thread.start()

    async def main() -> None:
        started.put("go")
        _until_it_sleeps_on(clock)
        await asyncio.Event().wait()

    with pytest.raises(DeadlockError) as caught:
        play(main(), clock=clock)
    assert caught.value.at == 5
    thread.join()


def test_a_future_of_a_thread_can_be_waited_for_by_another(play) -> None:
    async def main() -> tuple[object, float]:
        future: Future[str] = Future()

        def resolve() -> None:
            time.sleep(4)
            future.set_result("resolved")

        _, result = await asyncio.gather(asyncio.to_thread(resolve), asyncio.to_thread(future.result))
        return result, time.monotonic()

    assert play(main()) == ("resolved", 4)


def test_concurrent_futures_wait_and_as_completed(play) -> None:
    def job(seconds: float) -> float:
        time.sleep(seconds)
        return seconds

    def in_a_thread() -> list[object]:
        with ThreadPoolExecutor(3) as pool:
            futures = [pool.submit(job, seconds) for seconds in (3, 1, 2)]
            order = [future.result() for future in as_completed(futures)]
            late = pool.submit(job, 10)
            done, pending = wait([late], timeout=5)
            return [order, len(done), len(pending), time.monotonic()]

    async def main() -> list[object]:
        return await asyncio.to_thread(in_a_thread)

    assert play(main()) == [[1, 2, 3], 0, 1, 8]


def test_a_cancelled_to_thread_leaves_the_thread_to_its_end(play) -> None:
    async def main() -> list[object]:
        seen: list[object] = []

        def job() -> None:
            time.sleep(5)
            seen.append(("thread", time.monotonic()))

        with pytest.raises(TimeoutError):
            async with asyncio.timeout(1):
                await asyncio.to_thread(job)
        seen.append(("loop", time.monotonic()))
        await asyncio.sleep(10)
        return seen

    assert play(main()) == [("loop", 1), ("thread", 5)]


def test_a_thread_that_outlives_its_timeout_is_waited_for_in_virtual_time(real_seconds) -> None:
    async def main() -> None:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(1):
                await asyncio.to_thread(time.sleep, 200)

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(main())
        loop = runner.get_loop()
    assert loop.elapsed == 200
    assert real_seconds() < 5


def test_a_thread_that_computes_holds_the_clock(play) -> None:
    async def main() -> list[str]:
        seen = []

        def compute() -> None:
            total = 0
            for number in range(400_000):
                total += number
            seen.append("computed")

        async def deadline() -> None:
            await asyncio.sleep(0.001)
            seen.append("deadline")

        await asyncio.gather(asyncio.to_thread(compute), deadline())
        return seen

    assert play(main()) == ["computed", "deadline"]


def test_a_generator_of_results_over_map(play) -> None:
    async def main() -> tuple[list[int], float]:
        def square(number: int) -> int:
            time.sleep(1)
            return number * number

        def mapped() -> list[int]:
            with ThreadPoolExecutor(2) as pool:
                return list(pool.map(square, range(4)))

        return await asyncio.to_thread(mapped), time.monotonic()

    assert play(main()) == ([0, 1, 4, 9], 2)


def test_an_error_in_a_thread_arrives_and_the_clock_goes_on(play) -> None:
    async def main() -> float:
        with pytest.raises(ZeroDivisionError):
            await asyncio.to_thread(lambda: 1 / 0)
        await asyncio.sleep(2)
        return time.monotonic()

    assert play(main()) == 2


def test_a_job_that_was_submitted_before_the_loop_ran_is_waited_for() -> None:
    loop = VirtualLoop()
    future = loop.run_in_executor(None, time_patches.real_sleep, 0.05)
    loop.run_until_complete(future)
    loop.run_until_complete(loop.shutdown_default_executor())
    loop.close()


def test_nobody_is_left_on_the_clock_when_all_is_over(play) -> None:
    scheduler = Scheduler()

    async def main() -> None:
        thread = threading.Thread(target=time.sleep, args=(1,))
        thread.start()
        await asyncio.to_thread(time.sleep, 2)

    play(main(), clock=scheduler.clock)
    assert scheduler.all == []
    assert scheduler.running == 0


def test_without_a_clock_threads_are_as_ever() -> None:
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(sum, [1, 2]).result(timeout=10) == 3
    thread = threading.Thread(target=int)
    thread.start()
    thread.join()
    assert threading.Event().wait(0) is False


def test_a_job_that_fails_shows_no_step_of_the_clocks(play) -> None:
    async def main() -> list[str]:
        try:
            await asyncio.to_thread(lambda: 1 / 0)
        except ZeroDivisionError as error:
            return [frame.filename for frame in traceback.extract_tb(error.__traceback__)]
        return []

    files = play(main())
    assert files[-1] == __file__
    assert not any(thread_patches.__file__ == file for file in files)


def test_a_blocking_wait_is_called_as_the_program_wrote_it() -> None:
    blocks: list[str] = []

    async def main() -> None:
        given: queue.Queue[int] = queue.Queue()
        event = threading.Event()
        asyncio.get_running_loop().run_in_executor(
            None, lambda: (time.sleep(1), given.put(1), time.sleep(1), event.set())
        )
        given.get()
        event.wait()

    scheduler = Scheduler()
    scheduler.on_block = lambda start, end, call: blocks.append(call)
    with asyncio.Runner(loop_factory=lambda: VirtualLoop(scheduler.clock)) as runner:
        runner.run(main())
    assert blocks == ["queue.Queue.get", "threading.Event.wait"]
