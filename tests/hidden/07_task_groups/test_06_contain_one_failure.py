"""Hidden tests: one failure, contained."""

import asyncio

import pytest

from kata.fakes import Service

FEEDS = ["Times", "Post", "Herald", "Courier", "Echo", "Globe", "Star"]


async def cancelled_after(ex, seconds, fetch, feeds):
    """Cancel collect_news from outside; tell how that task ended."""
    collecting = asyncio.create_task(ex.collect_news(fetch, feeds))
    await asyncio.sleep(seconds)
    collecting.cancel()
    await asyncio.wait([collecting])
    if collecting.cancelled():
        return "cancelled"
    return "raised" if collecting.exception() else "returned"


def down(feed, rng):
    return rng.choice([OSError, ConnectionError, TimeoutError])(f"{feed}: no answer")


def expect_news(run, feeds, news):
    result = run.result
    assert type(result) is dict, f"the result should be a dict of feed to text, not {result!r}"
    for feed in feeds:
        assert feed in result, f"{feed} is missing in the result, which has {list(result)}"
        assert result[feed] == news[feed], (
            f"{feed} should have the value {news[feed]!r} and has {result[feed]!r}; a feed has None when its "
            "own fetch raised an OSError, and its text otherwise"
        )
    assert list(result) == feeds, f"the feeds should stand in the order {feeds}; they stand in the order {list(result)}"


@pytest.mark.points(2)
async def test_a_failed_feed_is_none(exercise, rng):
    """A feed that raises an OSError has the value None, the others their text; one, all or none may fail."""
    for number, failing in ((5, 2), (3, 3), (1, 0), (0, 0)):
        feeds = rng.sample(FEEDS, number)
        fails = {feed: down(feed, rng) for feed in rng.sample(feeds, failing)}
        news = {feed: f"news no. {rng.randint(100, 999)}" if failing else "" for feed in feeds}  # a text may be empty
        latency = {feed: 0.5 if feed in (feeds[-1], *list(fails)[:1]) else 1 for feed in feeds}
        run = await exercise.collect_news(Service(latency, returns=news, fails=fails), feeds)
        expect_news(run, feeds, news | dict.fromkeys(fails))


@pytest.mark.points(2)
async def test_the_other_feeds_are_not_disturbed(exercise, rng):
    """When a feed fails, at whatever place, the others are fetched on to their end, and none a second time."""
    for place in (0, 2, 4):
        feeds = rng.sample(FEEDS, 5)
        latency = dict(zip(feeds, rng.sample([1, 1.5, 2, 2.5, 3], 5), strict=True)) | {feeds[place]: 0.5}
        fails = {feeds[place]: down(feeds[place], rng)}
        run = await exercise.collect_news(Service(latency, fails=fails), feeds)
        expect_news(run, feeds, {feed: feed.upper() for feed in feeds} | {feeds[place]: None})
        stopped = [call.args[0] for call in run.calls["fetch"] if call.outcome == "cancelled"]
        assert not stopped, f"{feeds[place]} failed, and with it {', '.join(stopped)} was stopped"
        assert len(run.calls["fetch"]) == 5, f"5 fetches were expected; there were {len(run.calls['fetch'])}"


async def test_all_feeds_are_fetched_at_the_same_time(exercise, rng):
    """The whole takes as long as the slowest feed, whether it is one that fails or not."""
    feeds = rng.sample(FEEDS, 5)
    latency = dict(zip(feeds, rng.sample([0.5, 1, 1.5, 2, 2.5], 5), strict=True))
    broken = (0.5, rng.choice([2, 2.5]))
    fails = {feed: down(feed, rng) for feed in feeds if latency[feed] in broken}
    run = await exercise.collect_news(Service(latency, fails=fails), feeds)
    expect_news(run, feeds, {feed: feed.upper() for feed in feeds} | dict.fromkeys(fails))
    assert run.elapsed == 2.5, f"the slowest feed takes 2.5 seconds, and the whole took {run.elapsed:g}"
    assert not run.polled, run.polled


@pytest.mark.points(2)
async def test_other_errors_stop_everything(exercise, rng):
    """Any other error stops the feeds still being fetched, and leaves in an exception group."""
    for place in (0, 4):
        feeds = rng.sample(FEEDS, 5)
        seconds = rng.sample([0.5, 1.5, 2, 2.5], 4)
        seconds.insert(place, 1)
        latency = dict(zip(feeds, seconds, strict=True))
        mistake = rng.choice([KeyError, TypeError, ValueError])(f"{feeds[place]}: a mistake of ours")
        early = feeds[seconds.index(0.5)]
        fails = {early: down(early, rng)} | {feeds[place]: mistake}
        run = await exercise.collect_news(Service(latency, fails=fails), feeds)
        assert run.raised is not None or run.elapsed != 0.5, (
            f"collect_news ended after 0.5 seconds, when {early} raised an OSError; the other feeds should go on"
        )
        assert run.raised is not None, (
            f"{mistake!r} is a mistake in the program; it should leave collect_news, and nothing was raised"
        )
        assert run.raised.is_a("BaseExceptionGroup"), (
            f"{mistake!r} should leave in an exception group; {run.raised!r} came out by itself"
        )
        kinds = {leaf.type for leaf in run.raised.leaves()}
        assert kinds == {type(mistake).__name__}, (
            f"the group should hold {mistake!r} and no OSError; it holds {', '.join(sorted(kinds))}"
        )
        assert run.elapsed == 1, (
            f"the mistake came after 1 second and should stop the others; collect_news ended after {run.elapsed:g}"
        )
        left = [call.args[0] for call in run.calls["fetch"] if latency[call.args[0]] > 1]
        stopped = [call.args[0] for call in run.calls["fetch"] if call.outcome == "cancelled"]
        assert stopped == left, f"{len(left)} feeds were still being fetched; stopped were {len(stopped)}"


async def test_a_cancellation_reaches_the_feeds(exercise, rng):
    """If `collect_news` is itself cancelled, it ends as cancelled, and so do the fetches it has begun."""
    feeds = rng.sample(FEEDS, 4)
    run = await exercise.play(cancelled_after, 1, Service({feed: 2 for feed in feeds} | {feeds[0]: 0.5}), feeds)
    assert run.result == "cancelled", (
        f"collect_news was cancelled by its caller and should end as cancelled; it {run.result} instead"
    )
    outcomes = [call.outcome for call in run.calls["fetch"] if call.args[0] != feeds[0]]
    assert outcomes == ["cancelled"] * 3, (
        f"three fetches were under way when the caller cancelled; they ended as {', '.join(outcomes)}"
    )
