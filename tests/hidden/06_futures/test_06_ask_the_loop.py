"""Hidden tests: ask the loop."""

import asyncio
import threading
import time

import pytest

from kata.contract.values import Opaque
from kata.judge import inputs
from kata.judge.clean import in_seconds
from kata.judge.expect import ends_as_cancelled, takes, told
from kata.judge.topics import about

ARTICLES = ["lamp", "shade", "bulb", "cable", "plug", "switch", "fuse"]


async def in_the_office(ex, plans, prices, latency):
    """Run one plug-in for each plan, all at the same time.

    A plan is a list of steps: ["ask", article], ["try", article] (which catches an error), ["work", seconds],
    ["break", text]; the plug-in returns a list of what it got. A price of None is an error. Gives, for each
    plug-in, how it ended, with what, and at which second. Notes where things ran.
    """
    home, home_thread = asyncio.get_running_loop(), threading.get_ident()
    begun, errors = home.time(), []

    class NoPrice(Exception):
        pass

    def look_up_of(plan):
        async def look_up(article):
            if article not in [value for _, value in plan]:
                ex.note(["of another", article])
            return await answer(article)

        return look_up

    async def answer(article):
        ex.note(["asked", article])
        if asyncio.get_running_loop() is not home:
            ex.note(["another loop", article])
        await asyncio.sleep(latency[article])
        if prices[article] == "missing":
            errors.append(NoPrice(f"no {article} in the list"))
            raise errors[-1]
        return prices[article]

    def plugin_of(plan):
        def plugin(ask):
            ex.note(["plug-in", threading.get_ident() != home_thread])
            ex.note(["began", [plans.index(plan), round(home.time() - begun, 1)]])
            got = []
            for step, value in plan:
                if step == "ask":
                    got.append(ask(value))
                elif step == "try":
                    try:
                        got.append(ask(value))
                    except NoPrice as error:
                        got.append(f"caught: {error}" if error is errors[-1] else f"caught a copy: {error}")
                elif step == "work":
                    time.sleep(value)
                else:
                    raise OSError(value)
            return got

        return plugin

    async def one(plan):
        try:
            return ["gave", await ex.run_plugin(plugin_of(plan), look_up_of(plan)), round(home.time() - begun, 1)]
        except (OSError, NoPrice) as error:
            return ["raised", f"{type(error).__name__}: {error}", round(home.time() - begun, 1)]

    return await asyncio.gather(*(one(plan) for plan in plans))


async def in_two_loops(ex):
    """Run a plug-in in this event loop and then one in another; tell whether look_up ran in the plug-in's own."""

    async def one():
        home, ran = asyncio.get_running_loop(), []

        async def look_up(article):
            ran.append(asyncio.get_running_loop() is home)
            return 7

        await ex.run_plugin(lambda ask: ask("lamp"), look_up)
        return ran

    return [await one(), await asyncio.to_thread(asyncio.run, one())]


async def results_and_errors(ex, values, errors):
    """Run plug-ins one after another: some return these values, some raise these errors, and for some `look_up` fails
    with these and they let it go on. Gives for each what should come and what came, at `ask` and in the end."""
    if errors:
        errors = [*errors, ExceptionGroup("two lists", [OSError("torn"), ValueError("no price")])]
    told = []

    def shown(caught, error):
        # On its way between threads asyncio makes a new TimeoutError out of one.
        same = caught is error or (type(caught) is TimeoutError and repr(caught) == repr(error))
        return f"{caught!r}, raised" if same else f"{caught!r}, which is another error, raised"

    async def run(plugin, error=None):
        async def look_up(article):
            await asyncio.sleep(0.07)
            raise error

        try:
            return repr(await ex.run_plugin(plugin, look_up))
        except Exception as caught:
            return shown(caught, error)

    def failing(error, got):
        def plugin(ask):
            try:
                got.append(repr(ask("lamp")))
            except Exception as caught:
                got.append(shown(caught, error))
                raise

        return plugin

    def raising(error):
        def plugin(ask):
            raise error

        return plugin

    for value in values:
        told.append(["a plug-in returns it", repr(value), await run(lambda ask, value=value: value)])
    for error in errors:
        wanted, got = f"{error!r}, raised", []
        told.append(["a plug-in raises it", wanted, await run(raising(error), error)])
        told.append(["look_up raises it, and the plug-in lets it go on", wanted, await run(failing(error, got), error)])
        told += [["look_up raises it, and the plug-in looks at what ask does", wanted, each] for each in got]
    return told


async def cancelled_ones(ex, moments):
    """Cancel run_plugin while its plug-in works for a second; tell how it ended, and after how many seconds. The
    plug-in may go on."""
    loop, told = asyncio.get_running_loop(), []

    async def look_up(article):
        return 7

    for moment in moments:
        begun = loop.time()
        task = asyncio.create_task(ex.run_plugin(lambda ask: time.sleep(1), look_up))
        if moment:
            await asyncio.wait([task], timeout=moment)
        else:
            await asyncio.sleep(0)
        asked = round(loop.time() - begun, 6)
        task.cancel()
        await asyncio.wait([task])
        ended = round(loop.time() - begun, 6)
        if task.cancelled():
            told.append(["cancelled", ended, asked])
        else:
            how = f"raised {task.exception()!r}" if task.exception() else f"returned {task.result()!r}"
            told.append([how, ended, asked])
        await asyncio.sleep(2)
    return told


async def played(exercise, plans, prices=None, latency=None):
    """The run, and what came of each plug-in."""
    prices = {article: 7 for article in ARTICLES} | (prices or {})
    latency = {article: 0.5 for article in ARTICLES} | (latency or {})
    run = await exercise.play_within(in_the_office, plans, prices, latency)
    called = [note[1] for note in run.noted if note[0] == "plug-in"]
    if called and not all(called):
        assert not run.deadlock, (
            "the plug-in was called in the event loop's own thread, which waits for the plug-in; the plug-in waits for "
            "look_up, and that can only run in this thread. That is a deadlock"
        )
        raise AssertionError("the plug-in was called in the event loop's own thread, which blocks the loop")
    if run.deadlock:
        # What stops the whole thread is called after a class, what a task awaits after a function.
        stops = [task.what for task in run.deadlock.tasks if task.what[:1].isupper()]
        asked = "a deadlock: the plug-in asked and waits for an answer, and look_up never came to its end. "
        assert not stops, f"{asked}The event loop's own thread stands still in {stops[0]}, so it can run nothing"
        assert not run.deadlock, about(
            "not woken",
            f"{asked}The event loop sleeps, and the question, which comes from another thread, did not wake it",
        )
    result = run.result
    assert len(called) == len(plans), (
        f"each plug-in should be called once; of {len(plans)}, {len(called)} calls were seen"
    )
    for how, what, _ in result:
        made = [got for got in what if kind_of(got) == "coroutine"] if how == "gave" and type(what) is list else []
        assert not made, about(
            "coroutine",
            "the plug-in calls `ask` in another thread, where nothing can be awaited, so `ask` should be an ordinary "
            "function; it gave a coroutine object",
            function="ask",
        )
    return run, result


def kind_of(value):
    return value.type if isinstance(value, Opaque) else type(value).__name__


def notes(run, what):
    return [note[1] for note in run.noted if note[0] == what]


async def test_the_plug_in_runs_in_another_thread(exercise, rng):
    """The plug-in is called once, in another thread; its result comes back, and the loop is not blocked."""
    for seconds in (rng.choice([0.5, 1, 1.5]), inputs.DAYS):
        run, [[how, what, _]] = await played(exercise, [[["work", seconds]]])
        assert [how, what] == ["gave", []], f"the plug-in returned an empty list, and run_plugin {how} {what!r}"
        takes(run, seconds, f"with a plug-in of {in_seconds(seconds)}, run_plugin")
    run = await exercise.play_within(results_and_errors, inputs.values(rng, 12), [])
    for story, wanted, got in run.result[:12]:
        assert got == wanted, f"{story}: what run_plugin gives should be {wanted}; it was {got}"


@pytest.mark.points(2)
async def test_ask_gives_what_look_up_gives(exercise, rng):
    """`ask` gives the plug-in what `look_up` gives, once it is there; questions wait one after the other."""
    for number in (1, rng.choice([2, 3])):
        articles = rng.sample(ARTICLES, number)
        prices = {article: rng.randint(2, 99) for article in articles}
        if number > 1:
            prices[articles[0]] = 0
        articles.append(articles[0])  # asked a second time, it is looked up a second time
        run, [[how, what, _]] = await played(exercise, [[["ask", article] for article in articles]], prices)
        wanted = [prices[article] for article in articles]
        assert how == "gave", f"the plug-in asked for prices, and run_plugin raised {what}"
        for article, price, got in zip(articles, wanted, what, strict=True):
            assert got == price, f"the price of {article} is {price}; ask gave {got!r}"
        assert what == wanted, f"the prices are {wanted}, and the plug-in got {what!r} from ask"
        asked = notes(run, "asked")
        assert asked == articles, (
            f"the plug-in asked {len(articles)} questions: {told(articles)}; look_up should be called for each of "
            f"them, and was called for {told(asked)}"
        )
        takes(run, len(articles) / 2, f"{len(articles)} questions of 0.5 seconds, one after the other,")
    article = rng.choice(ARTICLES)
    run, [[how, what, _]] = await played(exercise, [[["ask", article]]], latency={article: inputs.DAYS})
    assert [how, what, run.elapsed] == ["gave", [7], inputs.DAYS], (
        f"a price of 7 that takes {in_seconds(inputs.DAYS)} to look up: run_plugin {how} {what!r} after "
        f"{in_seconds(run.elapsed)}"
    )


@pytest.mark.points(2)
async def test_look_up_runs_in_the_same_event_loop(exercise, rng):
    """`look_up` runs in the event loop in which `run_plugin` runs."""
    articles = rng.sample(ARTICLES, 2)
    run, [[how, what, _]] = await played(exercise, [[["work", 0.5], *(["ask", article] for article in articles)]])
    strangers = notes(run, "another loop")
    assert not strangers, about(
        "several loops",
        "look_up ran in another event loop than run_plugin; connections and locks of the first loop do not work there",
    )
    assert [how, what] == ["gave", [7, 7]], f"both prices are 7, and run_plugin {how} {what!r}"
    run = await exercise.play_within(in_two_loops)
    assert run.result == [[True], [True]], (
        "run_plugin was called in one event loop and then in another; each time look_up should run in the loop of that "
        "call, and it ran in another one"
    )


async def test_errors_reach_the_plug_in_and_leave_it(exercise, rng):
    """An error of `look_up` is raised by `ask`; what the plug-in does not catch leaves `run_plugin`."""
    first, bad, last = rng.sample(ARTICLES, 3)
    prices = {bad: "missing"}
    run, [[how, what, _]] = await played(exercise, [[["ask", first], ["try", bad], ["ask", last]]], prices)
    assert [how, what] == ["gave", [7, f"caught: no {bad} in the list", 7]], (
        f"the plug-in catches the error of the second question and goes on; run_plugin {how} {what!r}"
    )
    asked = notes(run, "asked")
    assert asked == [first, bad, last], (
        f"the plug-in asked for {told([first, bad, last])}; look_up was called for {told(asked)}"
    )
    for plan, error in (
        ([["ask", first], ["ask", bad], ["ask", last]], f"NoPrice: no {bad} in the list"),
        ([["work", 0.5], ["break", "out of paper"]], "OSError: out of paper"),
    ):
        run, [[how, what, _]] = await played(exercise, [plan], prices)
        assert [how, what] == ["raised", error], (
            f"the plug-in fails with {error!r}, which should leave run_plugin; run_plugin {how} {what!r}"
        )
        assert last not in notes(run, "asked"), "the plug-in had failed, and look_up was asked all the same"
    run = await exercise.play_within(results_and_errors, [], inputs.errors(rng, 11))
    for story, wanted, got in run.result:
        assert got == wanted, f"{story}: expected {wanted}; it was {got}"


@pytest.mark.points(2)
async def test_plug_ins_run_at_the_same_time(exercise, rng):
    """Several plug-ins run at the same time, each ends when it is ready, and each gets its own answers."""
    names = rng.sample(ARTICLES, 5)
    prices = {article: number for number, article in enumerate(names, 10)}
    latency = dict(zip(names, [1.5, 0.5, 0.5, 1, 0.5], strict=True))
    plans = [
        [["ask", names[0]]],
        [["ask", names[1]], ["work", 0.5]],
        [["work", 1], ["ask", names[2]], ["ask", names[4]]],
        [["ask", names[3]], ["break", "out of paper"]],
    ]
    wanted = [
        ["gave", [10], 1.5],
        ["gave", [11], 1],
        ["gave", [12, 14], 2],
        ["raised", "OSError: out of paper", 1],
    ]
    order = rng.sample(range(4), 4)
    if order.index(1) < order.index(0):
        order.reverse()  # whoever asks first is not the first to get an answer
    run, result = await played(exercise, [plans[place] for place in order], prices, latency)
    strangers = notes(run, "of another")
    assert not strangers, (
        f"{strangers[0]!r} was looked up with the look_up of another plug-in; each run_plugin uses its own look_up"
    )
    for place, (how, what, seconds) in zip(order, result, strict=True):
        asked = [article for step, article in plans[place] if step == "ask"]
        known = {price: article for article, price in prices.items()}
        others = [known[got] for got in (what if how == "gave" else []) if known.get(got, asked[0]) not in asked]
        whose = (
            f". {prices[others[0]]} is the price of {others[0]!r}, for which another plug-in asked" if others else ""
        )
        assert [how, what] == wanted[place][:2], (
            f"of {len(plans)} plug-ins that run at the same time, the one that asks for {told(asked)} should end like "
            f"this: run_plugin {wanted[place][0]} {wanted[place][1]!r}; it {how} {what!r}{whose}"
        )
        began = dict(notes(run, "began")).get(order.index(place), 0)
        late = f"; it was begun only after {in_seconds(began)}" if began else ""
        assert seconds == wanted[place][2], (
            f"of {len(plans)} plug-ins that run at the same time, one needs {in_seconds(wanted[place][2])} alone, and "
            f"ended after {in_seconds(seconds)}{late}"
        )


@pytest.mark.allows("leaked", "unretrieved")  # what becomes of a plug-in that nobody waits for is left open
async def test_who_is_cancelled_ends_as_cancelled(exercise, rng):
    """A `run_plugin` that is cancelled ends as cancelled; its plug-in may go on."""
    moments = inputs.moments(rng, 1)
    run = await exercise.play_within(cancelled_ones, moments)
    for moment, (how, ended, asked) in zip(moments, run.result, strict=True):
        blocked = how != "cancelled" and asked > moment
        assert not blocked, (
            f"run_plugin should be cancelled after {in_seconds(moment)}; nobody could do that, since the event loop "
            f"was blocked until it {how}, after {in_seconds(ended)}"
        )
        ends_as_cancelled("run_plugin", moment, how, ended)
