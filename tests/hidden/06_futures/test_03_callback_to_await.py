"""Hidden tests: from call-backs to await."""

import asyncio

import pytest

from kata.judge import inputs
from kata.judge.clean import in_seconds
from kata.judge.expect import same_places

TEXTS = ["Chapter one", "In the beginning", "The end", "see map 4", "blotted", "index"]
ERRORS = ["paper jam", "lamp too cold", "cover open", "page stuck"]


async def at_the_scanner(ex, plans, cancel_at):
    """Scan pages 1, 2, … at the same time.

    A plan is a list of [seconds, kind, value]: the call-backs that the driver makes for that page, those at
    second 0 before `scan` returns; the value of an error is its text, an exception, or "a group". Notes what a
    call-back raised, and how often each page was scanned. Gives, for each page, how its task ended, with what, and at
    which second.
    """
    loop = asyncio.get_running_loop()
    begun, scanned, errors = loop.time(), [], []

    class ScannerError(Exception):
        pass

    def call_back(function, value):
        try:
            function(value)
        except BaseException as error:
            ex.note(["raised", type(error).__name__])

    def scan(page, on_text, on_error):
        scanned.append(page)
        for seconds, kind, value in plans[page - 1]:
            function = on_text if kind == "text" else on_error
            if kind == "error":
                if value == "a group":
                    value = ExceptionGroup(value, [OSError("jam"), ValueError("torn")])
                elif isinstance(value, str):
                    value = ScannerError(value)
                errors.append(value)
            if seconds:
                asyncio.get_running_loop().call_later(seconds, call_back, function, value)
            else:
                call_back(function, value)

    async def one(page):
        try:
            return ["text", await ex.scan_page(scan, page), round(loop.time() - begun, 3)]
        except Exception as error:
            same = any(error is each for each in errors)
            told = f"another error, {error!r}"
            if same:
                told = error.args[0]
            return ["error", told, round(loop.time() - begun, 3)]

    waiting = [asyncio.create_task(one(page), name=f"page {page}") for page in range(1, len(plans) + 1)]
    if cancel_at is not None:
        await asyncio.sleep(cancel_at)
        for task in waiting:
            task.cancel()
    last = max((call[0] for plan in plans for call in plan), default=0)
    _, hanging = await asyncio.wait(waiting, timeout=last + 1)
    ended = round(loop.time() - begun, 3)
    for task in hanging:
        task.cancel()
    if last + 0.5 > ended:
        await asyncio.sleep(last + 0.5 - ended)
    await asyncio.wait(waiting)
    ex.note(["scanned", scanned])
    return [
        ["hangs", None, ended] if task in hanging else ["cancelled", None, ended] if task.cancelled() else task.result()
        for task in waiting
    ]


async def one_page_again(ex, texts):
    """Scan one page twice at the same time and then once more; the driver reads another text each time."""
    left = list(texts)

    def scan(page, on_text, on_error):
        asyncio.get_running_loop().call_later(0.5, on_text, left.pop(0))

    both = await asyncio.gather(ex.scan_page(scan, 7), ex.scan_page(scan, 7))
    found = [*both, await ex.scan_page(scan, 7)]
    return [found, len(texts) - len(left)]


def outcomes(run):
    """What came of each page, and what the call-backs raised."""
    result = run.result
    return result, [note[1] for note in run.noted if note[0] == "raised"]


def first(plan):
    """What should come of a plan: its first call-back."""
    seconds, kind, value = plan[0]
    return [kind, value.args[0] if isinstance(value, Exception) else value, round(seconds, 3)]


def why_raised(name, others):
    """What it means for a call-back to raise this class of error."""
    if name == "InvalidStateError":
        return "InvalidStateError" + others
    return f"{name}; an error belongs to the one who waits, and a call-back should raise nothing"


def came(kind, value):
    """How scan_page ended, in words."""
    if kind == "error":
        return f"raised {value}" if str(value).startswith("another error") else f"raised the error with {value!r}"
    return f"returned {value!r}"


async def expect_the_first(exercise, plans):
    run = await exercise.play(at_the_scanner, plans, None)
    result, raised = outcomes(run)
    assert not raised, "a call-back that the driver called raised " + why_raised(
        raised[0], "; a future that is done cannot be set again"
    )
    for plan, (kind, value, seconds) in zip(plans, result, strict=True):
        wanted = first(plan)
        told = f"the driver's first call-back for a page is on_{wanted[0]} with {wanted[1]!r}"
        told += f", after {in_seconds(wanted[2])}" if wanted[2] else ", before `scan` has returned"
        later = ", with which the driver called back later" if value in [each for _, _, each in plan[1:]] else ""
        assert kind != "hangs", f"{told}; scan_page still waited 1 second later, and the test cancelled it"
        assert kind == wanted[0], f"{told}; scan_page {came(kind, value)}{later}"
        assert value == wanted[1], f"{told}; scan_page {came(kind, value)}{later}"
        assert seconds == wanted[2], f"{told}; scan_page ended after {in_seconds(seconds)}"
    return run


@pytest.mark.points(2)
async def test_the_text_of_the_page_comes_back(exercise, rng):
    """Each call starts one scan, also of a page scanned before, and gives the driver's text; it may be empty."""
    for text in (rng.choice(TEXTS), ""):
        run = await expect_the_first(exercise, [[[rng.choice([0.5, 1, 2]), "text", text]]])
        [scanned] = [note[1] for note in run.noted if note[0] == "scanned"]
        assert scanned == [1], f"the page should be scanned once; scan was called {len(scanned)} times"
    await expect_the_first(exercise, [[[inputs.DAYS, "text", rng.choice(TEXTS)]]])
    texts = rng.sample(TEXTS, 3)
    run = await exercise.play(one_page_again, texts)
    found, scans = run.result
    times = "once" if scans == 1 else f"{scans} times"
    assert scans == 3, f"scan_page was called 3 times for one page, and scan {times}; each call should start a scan"
    same_places(found, texts, "what 3 calls of scan_page for one page gave")


async def test_an_error_is_raised(exercise, rng):
    """If `on_error` is called, `scan_page` raises that error."""
    await expect_the_first(exercise, [[[rng.choice([0.5, 1, 2]), "error", rng.choice(ERRORS)]]])
    errors = [*inputs.errors(rng, 11), "a group", ""]
    seconds = inputs.seconds(rng, len(errors), longest=inputs.HOUR)
    await expect_the_first(exercise, [[[at, "error", error]] for at, error in zip(seconds, errors, strict=True)])


@pytest.mark.points(2)
async def test_pages_are_scanned_at_the_same_time(exercise, rng):
    """Several pages are scanned at the same time, each ends at its own call-back, and nobody polls."""
    for number, longest in ((4, 0), (60, inputs.HOUR)):
        seconds = inputs.seconds(rng, number, longest=longest)
        texts = inputs.texts(rng, number) if longest else TEXTS[:number]
        plans = [[[second, "text", text]] for second, text in zip(seconds, texts, strict=True)]
        plans[rng.randrange(number)][0][1:] = ["error", rng.choice(ERRORS)]
        run = await expect_the_first(exercise, plans)
        assert not run.polled, run.polled
        waits = max(sum(span.kind == "waiting" for span in task.spans) for task in run.tasks[1:])
        assert waits <= 3, f"a task woke up {waits} times before its page was there; a future wakes it once"


@pytest.mark.virtual
async def test_the_driver_may_call_back_at_once(exercise, rng):
    """A call-back that comes before `scan` has returned is good as well."""
    text, error = rng.choice(TEXTS), rng.choice(ERRORS)
    plans = [[[0, "text", text]], [[0, "error", error]], [[0, "text", ""]]]
    await expect_the_first(exercise, plans)


@pytest.mark.points(2)
@pytest.mark.virtual
async def test_only_the_first_call_back_counts(exercise, rng):
    """Further call-backs for a page, texts or errors, change nothing and do not raise."""
    text, other = rng.sample(TEXTS, 2)
    error, another = rng.sample(ERRORS, 2)
    await expect_the_first(
        exercise,
        [
            [[1, "text", text], [1.2, "text", other]],
            [[1, "text", text], [1.2, "error", error]],
            [[1, "error", error], [1.2, "text", text]],
            [[1, "error", error], [1.2, "error", another]],
        ],
    )
    # At one instant: the one who waits has not had a turn between the two.
    await expect_the_first(
        exercise,
        [
            [[0, "text", text], [0, "text", other]],
            [[0.5, "text", text], [0.5, "text", other]],
            [[0.5, "text", text], [0.5, "error", error]],
            [[0.5, "error", error], [0.5, "text", other]],
            [[0, "text", ""], [0, "text", other], [0.5, "error", another]],
        ],
    )


@pytest.mark.points(2)
@pytest.mark.virtual
async def test_after_a_cancellation_call_backs_change_nothing(exercise, rng):
    """If the one who waits is cancelled, `scan_page` ends as cancelled, and later call-backs do not raise."""
    late = [
        [[1, "text", rng.choice(TEXTS)]],
        [[1, "error", rng.choice(ERRORS)]],
        [[1, "error", rng.choice(ERRORS)], [1.5, "text", rng.choice(TEXTS)]],
    ]
    never = []
    start, _, end = inputs.moments(rng, 1)
    moments = [0.5, start, end]
    for plans, moment in zip(
        ([late[0], never], rng.sample(late, 3), rng.sample([*late, never], 4)), moments, strict=True
    ):
        run = await exercise.play(at_the_scanner, plans, moment)
        result, raised = outcomes(run)
        for kind, value, seconds in result:
            assert kind != "hangs", "the task that waits was cancelled, and scan_page went on waiting"
            assert kind == "cancelled", (
                f"the task that awaits scan_page was cancelled after {in_seconds(moment)}, and scan_page should end as "
                f"cancelled; it {came(kind, value)}, after {in_seconds(seconds)}"
            )
            assert seconds == moment, (
                f"cancelled after {in_seconds(moment)}, scan_page ended only after {in_seconds(seconds)}"
            )
        assert not raised, "after the cancellation the driver called back, and the call-back raised " + why_raised(
            raised[0], "; cancelling the task that awaits a future cancels the future, and it cannot be set any more"
        )
