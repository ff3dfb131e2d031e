"""Hidden tests: as they finish."""

import asyncio
from collections import Counter

import pytest

from kata.fakes import Service
from kata.judge.clean import in_seconds
from kata.judge.expect import began_late, ends_as_cancelled, same_places, still_open, takes, together, told
from kata.judge.inputs import DAYS, HOUR, errors, keys, moments
from kata.judge.topics import about

SITES = ["shop", "blog", "docs", "api", "billing", "search", "mail", "login"]
PROJECTS = [f"{site} {number}" for site in SITES for number in (1, 2, 3)]


async def on_the_board(ex, build, projects):
    def show(project, outcome):
        print(f"{project} | {outcome}")

    return await ex.follow(build, projects, show)


async def night_by_night(ex, projects, nights):
    """Follow the same projects as often as there are nights; in each their outcomes are others."""
    ended = []

    async def build(project):
        await asyncio.sleep(1.5)
        return nights[len(ended)][0]

    def show(project, outcome):
        print(f"{project} | {outcome}")

    for _ in nights:
        ended.append(await ex.follow(build, projects, show))
    return ended


async def cancelled_at(ex, moment, lasts, build, projects):
    """Cancel follow at this second, tell how and when it ended, and stay until the builds have ended as well."""

    def show(project, outcome):
        print(f"{project} | {outcome}")

    started = asyncio.get_running_loop().time()
    following = asyncio.create_task(ex.follow(build, projects, show))
    if moment:
        await asyncio.wait([following], timeout=moment)
    else:
        await asyncio.sleep(0)
    following.cancel()
    await asyncio.wait([following])
    ended = round(asyncio.get_running_loop().time() - started, 6)
    await asyncio.sleep(lasts)
    if following.cancelled():
        return ["cancelled", ended]
    return [f"raised {following.exception()!r}" if following.exception() else f"returned {following.result()!r}", ended]


async def in_steps(ex, plans):
    """Builds of several steps; plans: project -> the seconds of each step."""

    async def build(project):
        for seconds in plans[project]:
            await asyncio.sleep(seconds)
        return project.upper()

    def show(project, outcome):
        print(f"{project} | {outcome}")

    return await ex.follow(build, list(plans), show)


def board(run):
    """What was shown: project, outcome and second of each line."""
    return [(*line.text.split(" | ", 1), line.at) for line in run.lines if " | " in line.text]


def returned(run):
    """The result, with a word on the error that taking rounds of as_completed for tasks leads to."""
    error = run.raised
    assert not (error and error.is_a("KeyError") and "wait_for_one" in error.message), about(
        "no error",
        "what a for loop over as_completed gives is a new object each time, none of your tasks, so it cannot "
        "be looked up among them",
        error=error,
    )
    assert run.result is not None, "follow returned nothing"
    return run.result


def still_building(run):
    """Words on the builds that were under way when follow returned, if there are any."""
    late = still_open(run, "build")
    if not late:
        return ""
    builds = "1 build was" if len(late) == 1 else f"{len(late)} builds were"
    return f"follow returned after {in_seconds(run.elapsed)}, while {builds} still under way"


def some_builds(rng, number, *, plain=False):
    """Projects, all of different seconds, in an order that is neither theirs nor the reverse.

    Unless they are ``plain``, one has no name, one takes an hour and one takes days.
    """
    projects = keys(rng, PROJECTS, number) if plain else [*keys(rng, PROJECTS, number - 1), ""]
    rng.shuffle(projects)
    seconds = [0.5 * (place + 1) for place in range(number)]
    if not plain:
        seconds[-2:] = [HOUR, DAYS]
    order = seconds.copy()
    while order in (seconds, seconds[::-1]):
        rng.shuffle(order)
    return projects, dict(zip(projects, order, strict=True))


def on_time(run, latency):
    """Each project is shown when its build ends."""
    lines = board(run)
    order = [project for project, _, _ in lines]
    how = ""
    if len({at for _, _, at in lines}) == 1 and len(lines) > 1:
        how = ", as all were: when the last one had ended"
    elif order == [project for project in latency if project in order]:
        how = ". All were shown in the order of `projects`, not in that of ending"
    for project, _, at in lines:
        assert project in latency, f"the board shows {project!r}, which is no project"
        before = ", before it had ended" if at < latency[project] else ""
        assert at == latency[project], (
            f"the build of {project!r} ends after {in_seconds(latency[project])}; "
            f"it was shown after {in_seconds(at)}{before or how}"
        )


@pytest.mark.points(2)
async def test_each_project_is_shown_with_its_own_outcome(exercise, rng):
    """Every project is shown once, with its own outcome, also when several have the same outcome."""
    for plain, same in ((True, False), (True, True), (False, False)):
        projects, latency = some_builds(rng, 5, plain=plain)
        returns = {project: f"{'green' if same else project.upper()}" for project in projects}
        if not plain:
            returns[projects[2]] = ""
        run = await exercise.play(on_the_board, Service(latency, returns=returns), projects)
        returned(run)
        shown = sorted((project, outcome) for project, outcome, _ in board(run))
        for project, outcome in shown:
            others = [other for other, its in returns.items() if its == outcome]
            whose = f", the outcome of {others[0]!r}" if len(others) == 1 else ""
            assert returns.get(project) == outcome, (
                f"the board shows {project!r} with {outcome!r}{whose}; its own outcome is {returns.get(project)!r}"
            )
        times = Counter(project for project, _ in shown)
        never = [project for project in projects if not times[project]]
        often = [f"{project!r} was shown {number} times" for project, number in times.items() if number > 1]
        missed = f"{told(never, 2)} {'was' if len(never) == 1 else 'were'} never shown" if never else ""
        why = "; ".join(filter(None, (*often[:1], missed, still_building(run))))
        alike = ", all with the outcome 'green'," if same else ""
        assert shown == sorted(returns.items()), f"each of {len(projects)} projects{alike} should be shown once; {why}"
    built = sorted(call.args[0] for call in run.calls["build"])
    assert built == sorted(projects), f"each of 5 projects should be built once; built were {told(built, 6)}"


@pytest.mark.points(2)
async def test_it_is_shown_at_the_moment_it_ends(exercise, rng):
    """A build is shown at the moment when it ends, not later; the whole takes as long as the slowest."""
    for number in (3, 120):
        projects, latency = some_builds(rng, min(number, 12), plain=number == 3)
        # Of very many, most end together, which costs fewer turns.
        latency = dict(zip(keys(rng, PROJECTS, number), [*latency.values()] * 10, strict=False))
        projects = list(latency)
        run = await exercise.play(on_the_board, Service(latency), projects)
        returned(run)
        late = [call for call in run.calls["build"] if call.start > 0]
        assert not late, about("together", f"all {number} builds should begin at once; {began_late(run, 'build')}")
        together(run, "build", number)
        on_time(run, latency)
        shown = len(board(run))
        assert shown == number, still_building(run) or f"{number} projects were built, and {shown} of them shown"
        assert not run.polled, run.polled
        takes(run, max(latency.values()), f"with a slowest build of {in_seconds(max(latency.values()))}, follow")


async def test_the_result_is_the_order_of_ending(exercise, rng):
    """The result is the list of the projects in the order in which they were shown."""
    for plain in (True, False):
        projects, latency = some_builds(rng, 5, plain=plain)
        run = await exercise.play(on_the_board, Service(latency), projects)
        wanted = sorted(projects, key=latency.get)
        result = returned(run)
        late = began_late(run, "build") or (still_building(run) if result != wanted else "")
        assert result == wanted or not late, f"the result should be the order of ending; {late}"
        if result != wanted:
            on_time(run, latency)
        given = ", and not in that of `projects`," if result == projects else ","
        same_places(result, wanted, f"the result, in the order of ending{given}")
    projects = ["shop", "docs", "mail"]
    # Two that end together may come in either order, on the board and in the result alike. The one that stands
    # first in the list is the second to end at that instant.
    first, second, third = projects
    run = await exercise.play(in_steps, {first: [0.5, 0.5], second: [1], third: [1.5]})
    shown = [project for project, _, _ in board(run)]
    assert run.result == shown, f"shown were, in this order, {told(shown)}; the result is {told(run.result)}"
    for project, outcome, _ in board(run):
        assert outcome == project.upper(), (
            f"{first!r} and {second!r} end at the same moment; {project!r} was shown with {outcome!r}, which is the "
            f"outcome of the other one; its own is {project.upper()!r}"
        )
    assert sorted(shown[:2]) == sorted([first, second]) and shown[2:] == [third], (
        f"{first!r} and {second!r} ended together, then {third!r}; shown were, in this order, {told(shown)}"
    )


@pytest.mark.points(2)
async def test_a_failed_build_is_shown_like_the_others(exercise, rng):
    """A build that fails is shown at that moment, as "failed: " and `str(error)`, and the other builds go on."""
    for place, error in enumerate([KeyError("line 7"), OSError(), *errors(rng, 2)]):
        projects, latency = some_builds(rng, 4, plain=place < 2)
        bad = sorted(projects, key=latency.get)[place]
        run = await exercise.play(on_the_board, Service(latency, fails={bad: error}), projects)
        wanted = sorted(projects, key=latency.get)
        if not (run.raised is not None and run.raised == error):
            returned(run)
        assert run.raised is None, f"the build of {bad!r} failed, which belongs on the board; its error left follow"
        late = began_late(run, "build") or (still_building(run) if run.result != wanted else "")
        assert run.result == wanted or not late, f"the result should be the order of ending; {late}"
        if run.result != wanted:
            on_time(run, latency)
        in_it = type(run.result) is list and bad in run.result
        assert run.result == wanted or in_it, f"the build of {bad!r} failed, and is missing in the result"
        same_places(run.result, wanted, f"the result, in the order of ending, with {bad!r} that failed,")
        expected = [(p, f"failed: {error}" if p == bad else p.upper(), latency[p]) for p in wanted]
        for mine, right in zip(board(run), expected, strict=False):
            assert mine == right, (
                f"after {in_seconds(right[2])} {right[0]!r} should be shown, with {right[1]!r}; the next that was "
                f"shown was {mine[0]!r}, with {mine[1]!r}, after {in_seconds(mine[2])}"
            )
        shown = [project for project, _, _ in board(run)]
        assert bad in shown, f"the build of {bad!r} failed, and was never shown"
        assert len(shown) == len(expected), f"{len(expected)} builds ended, and {len(shown)} were shown"


@pytest.mark.allows("unretrieved")  # a callback may stumble over a build that was cancelled
async def test_no_project_and_one_project(exercise, rng):
    """No projects give an empty list at once; one project is shown in each call anew. A cancelled `follow` ends as
    cancelled, and shows nobody as failed."""
    run = await exercise.play(on_the_board, Service(), [])
    assert run.result == [], f"no projects should give an empty list; the result was {run.result!r}"
    takes(run, 0, "a call without projects")
    project, nights = rng.choice(PROJECTS), [["green"], [""], ["yellow"]]
    run = await exercise.play(night_by_night, [project], nights)
    wanted = [[project]] * 3
    for number, (result, right) in enumerate(zip(returned(run), wanted, strict=True), 1):
        same_places(result, right, f"the result of call {number}, with the one project of all three calls,")
    expected = [(project, outcome, 1.5 * number) for number, [outcome] in enumerate(nights, 1)]
    for number, (mine, right) in enumerate(zip(board(run), expected, strict=False), 1):
        assert mine == right, (
            f"call {number} should show {right[0]!r} with {right[1]!r}, after {in_seconds(right[2])}; shown was "
            f"{mine[0]!r} with {mine[1]!r}, after {in_seconds(mine[2])}"
        )
    shown = len(board(run))
    assert shown == 3, f"three calls, each with one project, should show 3 outcomes; shown were {shown}"
    for moment in moments(rng, 2):
        run = await exercise.play(cancelled_at, moment, 3, Service(2), rng.sample(PROJECTS, 5))
        ends_as_cancelled("follow", moment, *run.result)
        failed = [project for project, outcome, _ in board(run) if outcome.startswith("failed")]
        assert not failed, (
            f"follow was cancelled after {in_seconds(moment)}, and no build failed; shown as failed: {told(failed)}"
        )
