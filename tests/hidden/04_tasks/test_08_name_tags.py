"""Hidden tests: name tags."""

import asyncio
from collections import Counter
from itertools import pairwise

import pytest

from kata.judge.clean import in_seconds
from kata.judge.expect import often, told
from kata.judge.inputs import DAYS, keys
from kata.judge.topics import about

CALLERS = ["Ada", "Bob", "Cleo", "Dan", "Eve", "Finn", "Gus", "Hal"]
TOPICS = ["invoice", "lamp", "refund", "delivery", "password", "warranty", "opening hours"]


async def listing(ex, calls, others, asker, asks):
    """Start calls and other tasks, and ask for the list at some seconds, from a task of the name ``asker``."""

    async def talk(seconds):
        await asyncio.sleep(seconds)

    asyncio.current_task().set_name(asker)
    monitor = ex.Monitor()
    tasks = []
    for name, seconds in calls:
        task = monitor.start(name, talk(seconds))
        if not isinstance(task, asyncio.Task):
            for each in asyncio.all_tasks() - {asyncio.current_task()}:
                each.cancel()
                await asyncio.wait([each])
            return type(task).__name__
        ex.note(["name", name, task.get_name()])
        tasks.append(task)
    tasks += [asyncio.create_task(talk(seconds), name=name) for name, seconds in others]
    now = 0
    for second in asks:
        if second > now:
            await asyncio.sleep(second - now)
            now = second
        ex.note(["running", second, monitor.running()])
    if tasks:
        await asyncio.wait(tasks)
    return None


async def asking(ex, names):
    """Several tasks, one after the other, ask for the list while the rest is waiting."""
    asyncio.current_task().set_name("reception")
    monitor = ex.Monitor()

    async def wall(second):
        await asyncio.sleep(second)
        ex.note(monitor.running())
        await asyncio.sleep(3 - second)

    walls = [asyncio.create_task(wall(0.5 * (place + 1)), name=name) for place, name in enumerate(names)]
    ex.note(monitor.running())
    await asyncio.wait(walls)


async def tagging(ex, calls):
    """Calls with [name, tags]: a tag is put on each second, in a coroutine that the call awaits."""
    monitor = ex.Monitor()
    asyncio.current_task().set_name("wall")

    async def write_down(topic):
        monitor.tag(topic)

    async def talk(topics):
        for topic in topics:
            if topic:
                await write_down(topic)
            await asyncio.sleep(1)
        await asyncio.sleep(3 - len(topics))

    foreign = next(place for place, (_, topics) in enumerate(calls) if topics)
    tasks = []
    for place, (name, topics) in enumerate(calls):
        if place == foreign:
            tasks.append(asyncio.create_task(talk(topics), name=name))
        else:
            tasks.append(monitor.start(name, talk(topics)))
    for task in tasks:
        if not isinstance(task, asyncio.Task):
            for each in asyncio.all_tasks() - {asyncio.current_task()}:
                each.cancel()
                await asyncio.wait([each])
            return type(task).__name__
    for second in range(3):
        await asyncio.sleep(1 if second else 0.5)
        ex.note(monitor.running())
    ex.note([task.get_name() for task in tasks])
    await asyncio.wait(tasks)


async def calling_back(ex, topic):
    """A tagged call starts a second call, which is tagged later on."""
    monitor = ex.Monitor()
    asyncio.current_task().set_name("wall")

    async def second_call():
        await asyncio.sleep(1)
        monitor.tag("second thoughts")
        await asyncio.sleep(1)

    async def first_call():
        monitor.tag(topic)
        second = monitor.start("second", second_call())
        if not isinstance(second, asyncio.Task):
            return
        third = asyncio.create_task(asyncio.sleep(2), name="third")
        await asyncio.wait([second, third])

    first = monitor.start("first", first_call())
    if not isinstance(first, asyncio.Task):
        for each in asyncio.all_tasks() - {asyncio.current_task()}:
            each.cancel()
            await asyncio.wait([each])
        return type(first).__name__
    await asyncio.sleep(0.5)
    ex.note(monitor.running())
    await asyncio.sleep(1)
    ex.note(monitor.running())
    await asyncio.wait([first])


async def forgetting(ex, number):
    """Many tasks, some not made by start, are tagged and end; what of them is still in memory?"""
    import gc
    import weakref

    class Text(str):
        pass

    monitor = ex.Monitor()
    refs = {"tags": []}
    errors = []

    async def talk(place):
        topic = Text(f"topic {place}")
        refs["tags"].append(weakref.ref(topic))
        monitor.tag(topic)
        del topic
        await asyncio.sleep(1)
        if place % 3 == 1:
            errors.append(OSError("the line is dead"))
            raise errors[-1]

    tasks = []
    for place in range(number):
        if place % 4 == 3:
            tasks.append(asyncio.create_task(talk(place)))
        else:
            tasks.append(monitor.start(f"call {place}", talk(place)))
    for task in tasks:
        if not isinstance(task, asyncio.Task):
            for each in asyncio.all_tasks() - {asyncio.current_task()}:
                each.cancel()
                await asyncio.wait([each])
            return type(task).__name__
    refs["started"] = [weakref.ref(task) for place, task in enumerate(tasks) if place % 4 != 3]
    refs["others"] = [weakref.ref(task) for task in tasks[3::4]]
    await asyncio.sleep(0.5)
    ex.note(len(monitor.running()))
    for task in tasks[2::3]:
        task.cancel()
    await asyncio.wait(tasks)
    for task in tasks:
        task.cancelled() or task.exception()
    del task, tasks
    while errors:
        errors.pop().__traceback__ = None  # whoever keeps an error need not keep what its frames refer to
    await asyncio.sleep(0.5)
    gc.collect()
    ex.note([sum(ref() is not None for ref in refs[kind]) for kind in ("started", "others", "tags")])
    ex.note(monitor.running())
    gc.collect()
    ex.note(sum(ref() is not None for kind in ("started", "others") for ref in refs[kind]))


def a_task(run):
    """Every start gave back the task that it had made; the drive ends with the kind of the first other thing."""
    what = "None" if run.result == "NoneType" else f"an object of the class {run.result}"
    assert run.result is None, f"start should return the task that it made; it returned {what}"


def expect(result, wanted, when, others=()):
    """Compare a list of the running with what it should be.

    Args:
        result: what running() returned.
        wanted: the texts that belong there, in any order.
        when: at which moment, or who asked, as the beginning of a sentence.
        others: those that are of tasks which start has not made.
    """
    assert type(result) is list, f"running() should return a list of texts; it returned {result!r}"
    should, listed = Counter(wanted), Counter(map(str, result))
    missing, extra = ([*each.elements()] for each in (should - listed, listed - should))
    right = f"; it should list {told(sorted(wanted), 5)}" if 0 < len(wanted) <= 5 else ""
    left_out = f"left out {told(missing, 3)}" if missing else ""
    if missing and set(missing) <= set(others) and not any(": " in text for text in extra):
        left_out += f", of {'a task' if len(missing) == 1 else 'tasks'} that start has not made"
        left_out += "," if extra else ""
    elif missing and listed[missing[0]]:
        left_out = f"listed {missing[0]!r} {often(listed[missing[0]])}; {should[missing[0]]} tasks are called so"
    too_many = f"listed {told(extra, 3)}, which should not be there" if extra else ""
    if extra and should[extra[0]]:
        too_many = f"listed {extra[0]!r} {listed[extra[0]]} times, where {should[extra[0]]} would be right"
    assert not missing and not extra, f"{when}, running() {' and '.join(filter(None, (left_out, too_many)))}{right}"
    first = next((pair for pair in pairwise(map(str, result)) if pair[0] > pair[1]), None)
    assert result == sorted(wanted), f"{when}, the list is complete but not sorted" + (
        f": {first[0]!r} stands before {first[1]!r}" if first else ""
    )


async def test_every_running_task_is_listed(exercise, rng):
    """All tasks that have not ended are listed by name and sorted, begun or not, whoever made them."""
    few = rng.sample(CALLERS, 4)
    plans = [[few[0], 1], [few[1], 2], [few[2], 1], [few[0], 2]]
    run = await exercise.play_within(listing, plans, [[few[3], 2]], "wall", [0.5, 1.5])
    a_task(run)
    for note in run.noted:
        if note[0] == "running":
            wanted = [name for name, seconds in [*plans, [few[3], 2]] if seconds > note[1]]
            expect(note[2], wanted, f"after {in_seconds(note[1])}", few[3:])
    names = keys(rng, CALLERS, 200)
    seconds = [1, 2, 2, DAYS, 2, 1, *rng.choices([1, 2, DAYS], k=194)]
    plans = [list(pair) for pair in zip(names, seconds, strict=True)]
    calls, others = plans[:-2], plans[-2:]
    # Names need not be different.
    calls.append([names[0], 2])
    run = await exercise.play_within(listing, calls, others, "wall", [0, 0.5, 1.5, 2.5, 3_600.37])
    a_task(run)
    for note in run.noted:
        if note[0] == "name":
            assert note[1] == note[2], f"start should name the task {note[1]!r}; its name is {note[2]!r}"
        else:
            wanted = [name for name, seconds in calls + others if seconds > note[1]]
            expect(note[2], wanted, f"after {in_seconds(note[1])}")


@pytest.mark.points(2)
async def test_the_one_who_asks_is_not_listed(exercise, rng):
    """The task that calls `running` is not listed; others of the same name are, whoever asks."""
    names = rng.sample(CALLERS, 2)
    names = [names[0], "wall", names[1], "wall"]
    run = await exercise.play_within(asking, names)
    a_task(run)
    expect(run.noted[0], names, "asked by a task called 'reception'")
    for place, name in enumerate(names):
        wanted = [*names[:place], *names[place + 1 :], "reception"]
        expect(
            run.noted[place + 1],
            wanted,
            f"asked by {name!r}, task {place + 1} of 4, of a monitor that 'reception' made",
        )


@pytest.mark.points(2)
async def test_tags_stand_beside_the_names(exercise, rng):
    """A tag belongs to the task that put it on, in the form "<name>: <tag>", until it puts on another one; the task
    keeps its name."""
    topics = rng.sample(TOPICS, 6)
    names = ["Ada", "Ada 2", rng.choice(CALLERS[1:])]  # "Ada 2" comes before "Ada: lamp"
    calls = [
        [names[0], [topics[0], None, topics[1]]],
        [names[1], [None, topics[2]]],
        [names[2], []],
        [names[0], [topics[3], topics[4], topics[5]]],
        [names[0], []],
    ]
    rng.shuffle(calls)
    run = await exercise.play_within(tagging, calls)
    a_task(run)
    for second in range(3):
        wanted = []
        for name, tags in calls:
            so_far = [tag for tag in tags[: second + 1] if tag]
            wanted.append(f"{name}: {so_far[-1]}" if so_far else name)
        changes = [(name, tags[second - 1], tags[second]) for name, tags in calls if second and len(tags) > second]
        swap = next((change for change in changes if all(change)), None)
        when = f"after {in_seconds(second + 0.5)}"
        when += f", when a task {swap[0]!r} had put {swap[2]!r} in place of {swap[1]!r}" if swap else ""
        foreign = wanted[next(place for place, (_, tags) in enumerate(calls) if tags)]
        expect(run.noted[second], wanted, when, [foreign])
    for (name, _), now in zip(calls, run.noted[3], strict=True):
        assert now == name, f"a tag should not change a task's name; the task {name!r} is now called {now!r}"


async def test_a_new_task_has_no_tag(exercise, rng):
    """A task that is started by a tagged task has no tag until it gets its own."""
    topic = rng.choice(TOPICS)
    run = await exercise.play_within(calling_back, topic)
    a_task(run)
    expect(run.noted[0], [f"first: {topic}", "second", "third"], "after 0.5 seconds")
    expect(run.noted[1], [f"first: {topic}", "second: second thoughts", "third"], "after 1.5 seconds")


@pytest.mark.points(2)
async def test_what_has_ended_is_forgotten(exercise):
    """When tasks have ended, in whatever way, the monitor keeps neither them nor their tags."""
    run = await exercise.play_within(forgetting, 21)
    a_task(run)
    listed, [started, others, tags], after, then = run.noted
    assert listed == 21, f"21 calls were running, and the list had {listed} entries"
    which = f"{started} of the 16 that start had made, and {others} of 5 others, were still in memory"
    until = "; they went when running() was called again" if started + others and not then else ""
    assert not started + others, about("kept in memory", f"21 tasks had ended, and {which}{until}")
    assert not tags, about(
        "kept in memory",
        f"21 tasks had ended, and {tags} of their tags were still in memory; a tag should go when its task goes",
    )
    expect(after, [], "after the last call")


async def test_nobody_is_there(exercise):
    """While only the one who asks is running, the list is empty."""
    run = await exercise.play_within(listing, [], [], "wall", [0, 0.5])
    a_task(run)
    for note in run.noted:
        expect(note[2], [], "with nobody else there")
