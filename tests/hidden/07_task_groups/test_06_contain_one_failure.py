"""Hidden tests: one failure, contained."""

import asyncio

import pytest

from kata.fakes import Service
from kata.judge import expect, inputs
from kata.judge.clean import in_seconds

FEEDS = ["Times", "Post", "Herald", "Courier", "Echo", "Globe", "Star"]
DOWN = [OSError, ConnectionError, TimeoutError, ConnectionResetError, PermissionError]


async def slow_to_stop(ex, fetch, feeds, cancel_after):
    """A fetch that is stopped needs 5 seconds to end. Notes which had not ended when collect_news had."""
    busy = []

    async def fetch_or_stop(feed):
        busy.append(feed)
        try:
            return await fetch(feed)
        except asyncio.CancelledError:
            await asyncio.sleep(5)
            raise
        finally:
            busy.remove(feed)

    collecting = asyncio.create_task(ex.collect_news(fetch_or_stop, feeds))
    if cancel_after is not None:
        await asyncio.sleep(cancel_after)
        collecting.cancel()
    await asyncio.wait([collecting])
    ex.note(sorted(busy))
    if collecting.cancelled():
        return "ended as cancelled"
    return f"raised {collecting.exception()!r}" if collecting.exception() else f"returned {collecting.result()!r}"


async def day_after_day(ex, days):
    """Collect on each day what it holds: a text for each feed, or None for one that is down."""

    async def fetch(feed):
        await asyncio.sleep(1)
        if day[feed] is None:
            raise ConnectionError(f"{feed}: no answer")
        return day[feed]

    pages = []
    for day in days:
        pages.append(await ex.collect_news(fetch, list(day)))
    return pages


def down(feed, rng):
    return rng.choice(DOWN)(f"{feed}: no answer")


def how_it_ended(run, feed, news):
    """How the fetch of a feed ended in this play, in words."""
    call = next((call for call in run.calls.get("fetch", []) if call.args[0] == feed), None)
    if call is None or call.end is None:
        return "never began" if call is None else "was still under way"
    what = {"raised": "raised an OSError", "cancelled": "was cancelled", "returned": "gave a text"}[call.outcome]
    failed = next((other for other in run.calls["fetch"] if other.outcome == "raised" and other.end == call.end), None)
    why = f", when that of {failed.args[0]} failed" if failed is not None and call.outcome == "cancelled" else ""
    return f"{what} after {in_seconds(call.end)}{why}"


def expect_news(run, feeds, news):
    result = run.result
    assert type(result) is dict, f"the result should be a dict of feed to text, not {result!r}"
    for feed in feeds:
        assert feed in result, f"{feed} is missing in the result, which has {expect.told(result)}"
        assert result[feed] == news[feed], (
            f"the fetch of {feed} {how_it_ended(run, feed, news)}; its value should be {news[feed]!r}, and is "
            f"{result[feed]!r}"
        )
    assert list(result) == feeds, (
        f"the feeds should stand in the order {expect.told(feeds)}; they stand in the order {expect.told(result)}"
    )


@pytest.mark.points(2)
async def test_a_failed_feed_is_none(exercise, rng):
    """A feed that raises an OSError has the value None, the others their text; one, all or none may fail."""
    for number, failing in ((4, 1), (5, 2), (5, 5), (5, 0), (1, 1), (1, 0), (0, 0)):
        feeds = rng.sample(FEEDS, number)
        kinds = rng.sample(DOWN, failing)  # of five feeds that fail, each has another kind of error
        fails = {feed: kind(f"{feed}: no answer") for feed, kind in zip(rng.sample(feeds, failing), kinds, strict=True)}
        news = dict(zip(feeds, inputs.texts(rng, number), strict=True))
        news |= dict.fromkeys(feeds[:1], "")  # a text may be empty
        if number == 4:  # the plain case first
            news = {feed: f"the {feed}" for feed in feeds}
        latency = {feed: 0.5 if feed in (feeds[-1], *list(fails)[:1]) else 1 for feed in feeds}
        run = await exercise.collect_news(Service(latency, returns=news, fails=fails), feeds)
        expect_news(run, feeds, news | dict.fromkeys(fails))
    one, other, third = rng.sample(FEEDS, 3)
    days = [{one: "a", other: None, third: "b"}, {one: None, other: "c", third: "d"}, {}]
    run = await exercise.play(day_after_day, days)
    for number, (news, day) in enumerate(zip(run.result, days, strict=True), 1):
        assert type(news) is dict and news == day, (
            f"news were collected on three days; on day {number}: {expect.difference(news, day)}"
        )
    expect.takes(run, 2, "two days with answers after 1 second, and one without feeds,")


@pytest.mark.points(2)
async def test_the_other_feeds_are_not_disturbed(exercise, rng):
    """When a feed fails, at whatever place, the others are fetched on to their end, and none a second time."""
    for place in (0, 2, 4):
        feeds = rng.sample(FEEDS, 5)
        latency = dict(zip(feeds, [0.07, *inputs.seconds(rng, 3), 0.93], strict=True)) | {feeds[place]: 0.01}
        fails = {feeds[place]: down(feeds[place], rng)}
        run = await exercise.collect_news(Service(latency, fails=fails), feeds)
        expect_news(run, feeds, {feed: feed.upper() for feed in feeds} | {feeds[place]: None})
        stopped = [call.args[0] for call in run.calls["fetch"] if call.outcome == "cancelled"]
        assert not stopped, (
            f"{feeds[place]} failed after 0.01 seconds; {len(stopped)} of the other fetches were cancelled, that of "
            f"{stopped[0]} among them"
        )
        expect.called_once_each(run, "fetch", feeds)


async def test_all_feeds_are_fetched_at_the_same_time(exercise, rng):
    """The whole takes as long as the slowest feed, whether it fails or not; there may be hundreds."""
    for number in (200, 5):
        feeds = inputs.keys(rng, FEEDS, number)
        latency = dict(zip(feeds, inputs.seconds(rng, 5) * 40, strict=False))
        # The slowest of many fail, and of five the first two.
        broken = [feed for feed in feeds if latency[feed] == inputs.DAYS] if number == 200 else feeds[:2]
        fails = {feed: down(feed, rng) for feed in broken}
        run = await exercise.collect_news(Service(latency, fails=fails), feeds)
        expect_news(run, feeds, {feed: feed.upper() for feed in feeds} | dict.fromkeys(fails))
        assert not run.polled, run.polled
        expect.together(run, "fetch", number)
        expect.takes(run, inputs.DAYS, f"the slowest of {number} feeds, and with it the whole,")


@pytest.mark.points(2)
async def test_other_errors_stop_everything(exercise, rng):
    """Any other error stops the feeds still being fetched, waits for them, and leaves in an exception group."""
    mistakes = [error for error in inputs.errors(rng, 11) if not isinstance(error, OSError)]
    for place, mistake in zip((0, 4), mistakes, strict=False):
        feeds = rng.sample(FEEDS, 5)
        seconds = [0.53, *rng.sample([1.51, 2.03, inputs.HOUR], 3)]
        seconds.insert(place, 1)
        latency = dict(zip(feeds, seconds, strict=True))
        early = feeds[seconds.index(0.53)]
        fetch = Service(latency, fails={early: down(early, rng), feeds[place]: mistake})
        run = await exercise.collect_news(fetch, feeds)
        assert run.raised is not None or run.elapsed != 0.53, (
            f"collect_news ended after 0.53 seconds, when {early} raised an OSError; the other feeds should go on"
        )
        expect.in_a_group(run, [mistake], "collect_news")
        expect.ends_when_it_fails(run, "fetch", feeds[place], 1, "collect_news")
        expect.cancelled_at(run, "fetch", [feed for feed in feeds if latency[feed] > 1], 1)
        run = await exercise.play(slow_to_stop, fetch, feeds, None)
        assert run.result.startswith("raised"), f"{mistake!r} should leave collect_news; it {run.result}"
        assert run.noted == [[]], (
            f"{feeds[place]} failed; collect_news ended after {in_seconds(run.elapsed)}, while it was still fetching "
            f"{expect.told(run.noted[0])}"
        )


async def test_a_cancellation_reaches_the_feeds(exercise, rng):
    """If `collect_news` is itself cancelled, it ends as cancelled, when the fetches it has begun have ended too."""
    feeds = rng.sample(FEEDS, 4)
    for moment in inputs.moments(rng, 2):
        run = await exercise.play(slow_to_stop, Service({feed: 2 for feed in feeds} | {feeds[0]: 0.5}), feeds, moment)
        assert run.result == "ended as cancelled", (
            f"collect_news was cancelled by its caller after {in_seconds(moment)} and should end as cancelled; it "
            f"{run.result}"
        )
        assert run.noted == [[]], (
            f"collect_news was cancelled after {in_seconds(moment)}, and ended after {in_seconds(run.elapsed)}, "
            f"while it was still fetching {expect.told(run.noted[0])}"
        )
        calls = [call for call in run.calls.get("fetch", []) if call.args[0] != feeds[0]]
        # Cancelled at once, it may not have begun.
        assert len(calls) == 3 or not moment, (
            f"{expect.told(feeds[1:])} take 2 seconds each, and collect_news was cancelled after {in_seconds(moment)}; "
            f"{len(calls)} of these fetches had begun"
        )
        for call in calls if moment else []:
            assert call.outcome == "cancelled", (
                f"collect_news was cancelled after {in_seconds(moment)}; the fetch of {call.args[0]} should be "
                f"cancelled then, and {call.outcome} after {in_seconds(call.end or 0)}"
            )
