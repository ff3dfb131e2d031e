"""Hidden tests: groups in a group."""

import asyncio

import pytest

from kata.fakes import Error, Service
from kata.judge import expect, inputs
from kata.judge.clean import in_seconds
from kata.judge.topics import about

TEAMS = ["web", "app", "data", "tools", "docs"]
PACKAGES = ["site", "shop", "phone", "watch", "search", "login", "mail", "maps", "chart", "index", "theme"]


async def slow_to_stop(ex, build, stop, teams, cancel_after):
    """A package that is stopped does `stop` before it ends. Notes which had not ended when build_all had."""
    busy = []

    async def build_or_stop(package):
        busy.append(package)
        try:
            return await build(package)
        except asyncio.CancelledError:
            await stop(package)
            raise
        finally:
            busy.remove(package)

    building = asyncio.create_task(ex.build_all(build_or_stop, teams))
    if cancel_after is not None:
        await asyncio.sleep(cancel_after)
        building.cancel()
    await asyncio.wait([building])
    ex.note(sorted(busy))
    if cancel_after is not None and building.cancelled():
        return "ended as cancelled"
    return await building


async def day_after_day(ex, build, teams, days):
    """Build the same packages again and again; each text has the number of its day behind it."""
    results = []

    async def build_today(package):
        return f"{await build(package)} {len(results)}"

    for _ in range(days):
        results.append(await ex.build_all(build_today, teams))
    return results


def some_teams(rng, *sizes):
    """Teams with so many packages each, and how long each package takes, in seconds from 1.03 on."""
    packages, names = inputs.keys(rng, PACKAGES, sum(sizes)), rng.sample(TEAMS, len(sizes))
    teams = {name: [packages.pop() for _ in range(size)] for name, size in zip(names, sizes, strict=True)}
    some = [1.03, 1.51, 2.77]
    return teams, {package: rng.choice(some) for of_team in teams.values() for package in of_team}


def built(packages):
    return [package.upper() for package in packages]


def a_build_error(package):
    return Error("BuildError", f"{package}: a test fails")


def what_became(run, texts):
    """What became of the builds of a team in this play, where that says why it has another value."""
    calls = run.calls.get("build", [])
    if texts is None:
        failed = [call.args[0] for call in calls if call.outcome == "raised"]
        return f", of which {failed[0]!r} failed:" if len(failed) == 1 else ":"
    stopped = [call for call in calls if call.outcome == "cancelled" and call.args[0].upper() in texts]
    if not stopped:
        return ":"
    failed = next((call for call in calls if call.outcome == "raised" and call.end == stopped[0].end), None)
    why = f", when {failed.args[0]!r} of another team failed" if failed else ""
    return f", of which {stopped[0].args[0]!r} was cancelled after {in_seconds(stopped[0].end)}{why}:"


def expect_teams(run, wanted):
    result = run.result
    assert type(result) is dict, f"the result should be a dict of team to texts, not {result!r}"
    for team, texts in wanted.items():
        assert team in result, f"team {team} is missing in the result, which has {list(result)}"
        right = type(result[team]) is type(texts) and result[team] == texts
        assert right, f"team {team}{what_became(run, texts)} {expect.difference(result[team], texts)}"
    assert list(result) == list(wanted), (
        f"the teams should stand in the order {list(wanted)}; they stand in the order {list(result)}"
    )


def no_build_error_left(run):
    if run.raised is None:
        return
    leaf = next((leaf for leaf in run.raised.leaves() if leaf.type == "BuildError"), None)
    _ = leaf or run.result  # an error of its own tells most
    story = f"{leaf!r} left build_all; a team in which a build fails has the value None, and no BuildError leaves"
    assert leaf is None, about("no error", story, error=leaf)


async def test_the_texts_of_the_teams(exercise, rng):
    """Every team has its texts in the order of its packages, every time; a team without packages has an empty list."""
    for sizes in ((3, 0, 2), (1,), (0,), ()):
        teams, latency = some_teams(rng, *sizes)
        latency |= {packages[0]: inputs.DAYS for packages in teams.values() if packages}
        texts = {package: package.upper() for package in latency}
        texts |= {packages[-1]: "" for packages in teams.values() if packages}  # a text may be empty
        run = await exercise.build_all(Service(latency, returns=texts), teams)
        expect_teams(run, {team: [texts[package] for package in packages] for team, packages in teams.items()})
    teams, latency = some_teams(rng, 2, 1)
    teams = {team: [*packages, packages[0]] for team, packages in teams.items()}
    run = await exercise.play(day_after_day, Service(latency), teams, 2)
    for day, result in enumerate(run.result):
        wanted = {team: [f"{text} {day}" for text in built(packages)] for team, packages in teams.items()}
        assert result == wanted, (
            f"the same teams were built twice; build {day + 1} of 2: {expect.difference(result, wanted)}"
        )


async def test_all_packages_are_built_at_the_same_time(exercise, rng):
    """All packages of all teams are built at the same time, each of them once; there may be hundreds."""
    teams, _ = some_teams(rng, 60, 80, 60)
    run = await exercise.build_all(Service(1), teams)
    expect_teams(run, {team: built(packages) for team, packages in teams.items()})
    expect.takes(run, 1, "200 packages of 3 teams, 1 second each,")
    expect.together(run, "build", 200)
    expect.called_once_each(run, "build", [package for packages in teams.values() for package in packages])


@pytest.mark.points(2)
async def test_a_failed_team_is_none(exercise, rng):
    """A team with a BuildError, or several at the same moment, has the value None, and no BuildError leaves."""
    teams, latency = some_teams(rng, 3, 2, 3)
    first, second, third = teams.values()
    bad = [*rng.sample(first, 2), rng.choice(third)]
    latency |= {bad[0]: 0.93, bad[1]: 0.93, bad[2]: 0.41}
    fails = {package: a_build_error(package) for package in bad}
    run = await exercise.build_all(Service(latency, fails=fails), teams)
    no_build_error_left(run)
    expect_teams(run, dict(zip(teams, (None, built(second), None), strict=True)))
    run = await exercise.build_all(Service(0.5, fails=fails), {"one": [bad[0]]})
    no_build_error_left(run)
    expect_teams(run, {"one": None})


@pytest.mark.points(2)
@pytest.mark.virtual
async def test_the_rest_of_a_failed_team_is_stopped(exercise, rng):
    """When a package fails, the team's packages still being built are stopped, and `build_all` waits for them."""
    for place in (0, 3):
        teams, latency = some_teams(rng, 4, 2)
        bad_team, _ = teams.values()
        bad = bad_team[place]
        latency |= {bad: 0.93, bad_team[1]: 0.41, bad_team[2]: inputs.HOUR}
        shuffled = dict(rng.sample(list(teams.items()), 2))
        build = Service(latency, fails={bad: a_build_error(bad)})
        run = await exercise.play(slow_to_stop, build, Service(2), shuffled, None)
        no_build_error_left(run)
        expect.cancelled_at(run, "build", [each for each in bad_team if latency[each] > 0.93], 0.93)
        assert run.noted == [[]], (
            f"{bad!r} failed; build_all ended after {in_seconds(run.elapsed)}, while it was still building "
            f"{expect.told(run.noted[0])}"
        )
        expect_teams(run, {team: None if bad in teams[team] else built(teams[team]) for team in shuffled})
        begun = max(run.calls["build"], key=lambda call: call.start)
        assert run.elapsed == 2.93 or not begun.start, (
            f"all builds should begin at once; that of {begun.args[0]!r} began after {in_seconds(begun.start)}"
        )
        assert run.elapsed == 2.93, (
            f"{bad!r} failed after 0.93 seconds, and the packages stopped then need 2 more to end; build_all should "
            f"end after 2.93 seconds, and ended after {in_seconds(run.elapsed)}"
        )


@pytest.mark.points(2)
async def test_the_other_teams_carry_on(exercise, rng):
    """The other teams are not disturbed when a team fails, whether it comes first, in the middle or last."""
    for place in range(3):
        teams, latency = some_teams(rng, 2, 3, 2)
        team = list(teams)[place]
        bad = rng.choice(teams[team])
        others = [package for name in teams if name != team for package in teams[name]]
        latency |= {bad: 0.93, others[-1]: inputs.HOUR}
        run = await exercise.build_all(Service(latency, fails={bad: a_build_error(bad)}), teams)
        no_build_error_left(run)
        ends = {call.args[0]: call.outcome for call in run.calls["build"]}
        stopped = [package for package in others if ends[package] == "cancelled"]
        assert not stopped, (
            f"{bad!r} of team {team} failed after 0.93 seconds; {len(stopped)} of the packages of other teams were "
            f"stopped, {stopped[0]!r} among them"
        )
        expect_teams(run, {name: None if name == team else built(teams[name]) for name in teams})
        begun = max(run.calls["build"], key=lambda call: call.start)
        assert run.elapsed == inputs.HOUR or not begun.start, (
            f"all builds should begin at once; that of {begun.args[0]!r} began after {in_seconds(begun.start)}"
        )
        expect.takes(run, inputs.HOUR, "the packages of the other teams")


@pytest.mark.points(2)
@pytest.mark.virtual
async def test_other_errors_stop_all_teams(exercise, rng):
    """Any other error stops the packages of all teams, and leaves in an exception group, no BuildError beside it."""
    for mistake in inputs.errors(rng, 2):
        teams, latency = some_teams(rng, 3, 3)
        # Of the last team: whoever builds team after team has built the others by then.
        bad = rng.choice(list(teams.values())[-1])
        build = Service(latency | {bad: 0.93}, fails={bad: mistake})
        run = await exercise.build_all(build, teams)
        expect.in_a_group(run, [mistake], "build_all")
        expect.ends_when_it_fails(run, "build", bad, 0.93, "build_all")
        expect.cancelled_at(run, "build", [each for each in latency if each != bad], 0.93)
        run = await exercise.play(slow_to_stop, build, Service(2), teams, None)
        expect.in_a_group(run, [mistake], "build_all")
        assert run.noted == [[]], (
            f"{bad!r} failed; build_all ended after {in_seconds(run.elapsed)}, while it was still building "
            f"{expect.told(run.noted[0])}"
        )
    # A package of the same team raises a BuildError a little later, while it is being stopped.
    teams, latency = some_teams(rng, 3, 2)
    broken, failed, _ = rng.sample(next(iter(teams.values())), 3)
    stop = Service(
        {failed: 2} | {each: 0.5 for each in latency if each != failed}, fails={failed: a_build_error(failed)}
    )
    mistake = KeyError("a mistake of ours")
    build = Service(latency | {broken: 0.93}, fails={broken: mistake})
    run = await exercise.play(slow_to_stop, build, stop, teams, None)
    assert run.raised is not None, about(
        "error kept",
        f"{broken!r} failed with {mistake!r}, and then {failed!r} of the same team with a BuildError; {mistake!r} "
        "should leave build_all in an exception group all the same; build_all returned a result",
        error=mistake,
    )
    expect.in_a_group(run, [mistake], "build_all")


async def test_a_cancellation_reaches_all_packages(exercise, rng):
    """If `build_all` is itself cancelled, it ends as cancelled, and no package is being built any more."""
    teams, latency = some_teams(rng, 2, 2)
    for moment in inputs.moments(rng, min(latency.values())):
        run = await exercise.play(slow_to_stop, Service(latency), Service(5), teams, moment)
        assert run.result == "ended as cancelled", (
            f"build_all was cancelled by its caller after {in_seconds(moment)} and should end as cancelled; it "
            f"{'returned a result' if run.raised is None else expect.outcome(run)}"
        )
        assert run.noted == [[]], (
            f"build_all was cancelled after {in_seconds(moment)}, and ended after {in_seconds(run.elapsed)}, while it "
            f"was still building {expect.told(run.noted[0])}"
        )
        calls = run.calls.get("build", [])
        assert len(calls) == 4 or not moment, (  # cancelled at once, it may not have begun
            f"4 packages should be under way when the caller cancels, after {in_seconds(moment)}; {len(calls)} of them "
            "had begun"
        )
        for call in calls:
            assert call.outcome == "cancelled", (
                f"build_all was cancelled after {in_seconds(moment)}; the build of {call.args[0]!r} should be "
                f"cancelled then, and {call.outcome} after {in_seconds(call.end or 0)}"
            )
