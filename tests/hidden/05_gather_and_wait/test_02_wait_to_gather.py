"""Hidden tests: from wait to gather."""

import asyncio

import pytest

from kata.fakes import Service
from kata.judge.clean import in_seconds
from kata.judge.expect import (
    began_late,
    called_once_each,
    ends_as_cancelled,
    error_leaves,
    returns,
    same_places,
    takes,
    told,
)
from kata.judge.inputs import HOUR, errors, moments, seconds, sizes, texts

MANY = 200


def some_urls(rng, number):
    return [f"/shop/{shop}" for shop in rng.sample(range(1000), number)]


def rightly_fed(run):
    """Nothing was handed to gather that nobody can wait for."""
    error = run.raised
    misfed = error and error.is_a("TypeError") and ("unhashable" in error.message or "awaitable" in error.message)
    fetched = any(call.outcome == "returned" for call in run.calls.get("fetch", []))
    assert not misfed, f"gather raised {error!r}; " + (
        "the pages had been awaited before the call of gather, so it got pages and no coroutine objects"
        if fetched
        else "it takes coroutine objects or tasks one by one, not a list of them"
    )


def in_order(run, urls, pages, seconds=None):
    """Say which place is the first that holds a wrong page; ``seconds`` are by URL, where they differ."""
    rightly_fed(run)
    result = run.result
    assert type(result) is list, f"the result should be a list of pages; it was {result!r}"
    assert len(result) == len(urls), f"{len(urls)} URLs should give {len(urls)} pages; there were {len(result)}"
    arrived = [pages[url] for url in sorted(urls, key=seconds.get)] if seconds else []
    by_arrival = ". The pages stand in the order in which they came" if result == arrived != [] else ""
    for place, (url, page) in enumerate(zip(urls, result, strict=True), 1):
        assert page == pages[url], (
            f"page {place} of {len(urls)} should be that of {url}; it is {whose(page, pages)}{by_arrival}"
        )


def whose(page, pages):
    """Words on a page: whose it is, if it is that of just one URL."""
    urls = [url for url, its in pages.items() if its == page]
    return f"that of {urls[0]}" if len(urls) == 1 else repr(page)


@pytest.mark.points(2)
async def test_pages_keep_the_order_of_the_urls(exercise, rng):
    """Pages come back in the order of the URLs, not in the order of arrival; a page may be empty, or hours away."""
    for number in (5, *sizes(rng, most=30, none=False)):
        urls = some_urls(rng, number)
        latency = dict(zip(urls, seconds(rng, number), strict=True))
        pages = dict(zip(urls, texts(rng, number), strict=True))
        if number == 2:
            latency = {urls[0]: HOUR, urls[1]: 0.41}
        if number == 5:  # the plain case
            latency = dict(zip(urls, (2, 0.5, 2.5, 1, 1.5), strict=True))
            pages = {url: f"page of {url}" for url in urls}
        run = await exercise.fetch_all(Service(latency, returns=pages), urls)
        in_order(run, urls, pages, latency if number == 5 else None)
        slowest = max(latency.values())
        late = began_late(run, "fetch")
        assert run.elapsed == slowest, (
            f"the slowest page takes {in_seconds(slowest)}; fetch_all took {in_seconds(run.elapsed)}"
            + (f": {late}" if late else "")
        )


@pytest.mark.points(2)
async def test_all_requests_wait_at_the_same_time(exercise, rng):
    """Two hundred 1-second requests take 1 second in all, and every page arrives in its place."""
    urls = some_urls(rng, MANY)
    run = await exercise.fetch_all(Service(latency=1), urls)
    in_order(run, urls, {url: url.upper() for url in urls})
    late = [call for call in run.calls["fetch"] if call.start > 0]
    assert not late, f"all {MANY} requests should begin at once; {began_late(run, 'fetch')}"
    takes(run, 1, f"{MANY} requests of 1 second")


async def test_every_url_is_fetched_once_for_each_time_it_stands_there(exercise, rng):
    """A URL that stands in the list twice is fetched twice, and no URL is left out."""
    once = some_urls(rng, 9)
    urls = [*once, once[3], once[0]]
    run = await exercise.fetch_all(Service(latency=0.5), urls)
    in_order(run, urls, {url: url.upper() for url in urls})
    fetched = sorted(call.args[0] for call in run.calls["fetch"])
    called_once_each(run, "fetch", urls)
    assert fetched == sorted(urls), f"{len(urls)} requests were expected; the service saw {len(fetched)}"


async def day_by_day(ex, url, days):
    """Fetch the same page as often as there are days; it is another one each time."""
    pages = []

    async def fetch(asked):
        await asyncio.sleep(1.5)
        return days[len(pages)][0] if asked == url else f"page of {asked!r}"

    for _ in days:
        pages.append(await ex.fetch_all(fetch, [url]))
    return pages


async def cancelled_at(ex, moment, lasts, fetch, urls):
    """Cancel fetch_all at this second, tell how and when it ended, and stay until the requests have ended as well."""
    started = asyncio.get_running_loop().time()
    fetching = asyncio.create_task(ex.fetch_all(fetch, urls))
    if moment:
        await asyncio.wait([fetching], timeout=moment)
    else:
        await asyncio.sleep(0)
    fetching.cancel()
    await asyncio.wait([fetching])
    ended = round(asyncio.get_running_loop().time() - started, 6)
    await asyncio.sleep(lasts)
    if fetching.cancelled():
        return ["cancelled", ended]
    return [f"raised {fetching.exception()!r}" if fetching.exception() else f"returned {fetching.result()!r}", ended]


async def test_no_urls_and_one_url(exercise, rng):
    """No URLs give an empty list at once; one URL gives a list of one page, in each call anew."""
    run = await exercise.fetch_all(Service(), [])
    assert run.result == [], f"no URLs should give an empty list; the result was {run.result!r}"
    takes(run, 0, "a call without URLs")
    days = [["page of Monday"], ["page of Tuesday"], [""]]
    run = await exercise.play(day_by_day, "/shop", days)
    for number, (pages, right) in enumerate(zip(run.result, days, strict=True), 1):
        same_places(pages, right, f"in three calls with the same URL, the result of call {number}")
    returns(run, days, "the pages of three calls")
    takes(run, 4.5, "three calls of 1.5 seconds, one after the other,")


async def test_an_error_leaves_fetch_all(exercise, rng):
    """If a page cannot be fetched, its error leaves `fetch_all`, and no page is asked for again; a cancelled
    `fetch_all` ends as cancelled."""
    several = ExceptionGroup("both lines", [OSError("line 1"), ValueError("line 2")])
    left = []
    for place, error in zip((2, 0, 3, -1), [*errors(rng, 3), several], strict=True):
        urls = some_urls(rng, 5)
        bad = urls[place]
        # The bad page is the slowest one, so that nothing is still on its way when the error comes.
        run = await exercise.fetch_all(Service({bad: 2}, fails={bad: error}), urls)
        rightly_fed(run)
        made = [call.args[0] for call in run.calls["fetch"]]
        error_leaves(
            run,
            error,
            "fetch_all",
            f"the request for {bad}",
            [call for call in run.calls["fetch"] if call.args[0] == bad],
            earlier=left,
        )
        never = [url for url in urls if url not in made]
        assert not never, f"the request for {bad} failed after 2 seconds; never fetched: {told(never)}"
        assert len(made) == len(urls), f"the request for {bad} failed, and then {len(made) - len(urls)} more were made"
        left.append(error)
    for moment in moments(rng, 2):
        run = await exercise.play(cancelled_at, moment, 3, Service(2), some_urls(rng, 5))
        ends_as_cancelled("fetch_all", moment, *run.result)


async def test_gather_does_the_waiting(exercise):
    """`asyncio.gather` does the waiting; `asyncio.wait` is gone."""
    lines = exercise.source.calls("asyncio.wait")
    gathers = exercise.source.calls("asyncio.gather")
    still = f"asyncio.wait is still called in line {lines[0]}" if lines else ""
    assert gathers, "asyncio.gather is not called anywhere" + (f", and {still}" if still else "")
    assert not lines, still
    run = await exercise.fetch_all(Service(latency=1), ["one", "two"])
    waited = sorted(run.waited_for)
    assert "gather" in waited, f"the gather in line {gathers[0]} is called, and " + (
        f"nothing is awaited with it; what is awaited is {told(waited)}" if waited else "nothing is awaited"
    )
