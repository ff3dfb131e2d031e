"""Hidden tests: groups in a group."""

import asyncio

import pytest

from kata.fakes import Error, Service
from kata.judge import expect, inputs

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


def expect_teams(run, wanted):
    result = run.result
    assert type(result) is dict, f"the result should be a dict of team to texts, not {result!r}"
    for team, texts in wanted.items():
        assert team in result, f"team {team} is missing in the result, which has {list(result)}"
        right = type(result[team]) is type(texts) and result[team] == texts
        assert right, f"team {team} should have {texts!r} and has {result[team]!r}"
    assert list(result) == list(wanted), (
        f"the teams should stand in the order {list(wanted)}; they stand in the order {list(result)}"
    )


def no_build_error_left(run, bad):
    assert run.raised is None, f"{bad} raised a BuildError, and that should not leave: {run.raised!r}"


def left_alone(run, mistake):
    """An exception group left, with this error alone in it."""
    assert run.raised is not None, f"{mistake!r} should leave build_all in a group; it {expect.outcome(run)}"
    leaves = run.raised.leaves()
    assert run.raised.is_a("BaseExceptionGroup") and all(leaf == mistake for leaf in leaves), (
        f"{mistake!r} alone should leave build_all, in an exception group; {run.raised!r} came out"
    )


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
        assert result == wanted, f"build number {day + 1} should give {wanted!r}; it gave {result!r}"


async def test_all_packages_are_built_at_the_same_time(exercise, rng):
    """All packages of all teams are built at the same time, each of them once; there may be hundreds."""
    teams, _ = some_teams(rng, 60, 80, 60)
    run = await exercise.build_all(Service(1), teams)
    expect_teams(run, {team: built(packages) for team, packages in teams.items()})
    expect.takes(run, 1, "200 packages of 1 second")
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
    no_build_error_left(run, " and ".join(bad))
    expect_teams(run, dict(zip(teams, (None, built(second), None), strict=True)))
    run = await exercise.build_all(Service(0.5, fails=fails), {"one": [bad[0]]})
    no_build_error_left(run, bad[0])
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
        no_build_error_left(run, bad)
        expect.cancelled_at(run, "build", [each for each in bad_team if latency[each] > 0.93], 0.93)
        assert run.noted == [[]], f"build_all ended while {expect.told(run.noted[0])} had not"
        expect_teams(run, {team: None if bad in teams[team] else built(teams[team]) for team in shuffled})
        assert run.elapsed == 2.93, (
            f"{bad} failed after 0.93 seconds, and the packages stopped then need 2 more to end; build_all should end "
            f"after 2.93 seconds, and ended after {run.elapsed:g}"
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
        no_build_error_left(run, bad)
        ends = {call.args[0]: call.outcome for call in run.calls["build"]}
        stopped = [package for package in others if ends[package] == "cancelled"]
        assert not stopped, (
            f"{bad} of team {team} failed, and with it {', '.join(stopped)} of another team was stopped; a "
            "group stops everything that is in it"
        )
        expect_teams(run, {name: None if name == team else built(teams[name]) for name in teams})
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
        left_alone(run, mistake)
        expect.takes(run, 0.93, f"with {mistake!r} after 0.93 seconds the whole")
        expect.cancelled_at(run, "build", [each for each in latency if each != bad], 0.93)
        run = await exercise.play(slow_to_stop, build, Service(2), teams, None)
        left_alone(run, mistake)
        assert run.noted == [[]], f"build_all ended while {expect.told(run.noted[0])} had not"
    # A package of the same team raises a BuildError a little later, while it is being stopped.
    teams, latency = some_teams(rng, 3, 2)
    broken, failed, _ = rng.sample(next(iter(teams.values())), 3)
    stop = Service(
        {failed: 2} | {each: 0.5 for each in latency if each != failed}, fails={failed: a_build_error(failed)}
    )
    mistake = KeyError("a mistake of ours")
    build = Service(latency | {broken: 0.93}, fails={broken: mistake})
    run = await exercise.play(slow_to_stop, build, stop, teams, None)
    left_alone(run, mistake)


async def test_a_cancellation_reaches_all_packages(exercise, rng):
    """If `build_all` is itself cancelled, it ends as cancelled, and no package is being built any more."""
    teams, latency = some_teams(rng, 2, 2)
    for moment in inputs.moments(rng, min(latency.values())):
        run = await exercise.play(slow_to_stop, Service(latency), Service(5), teams, moment)
        assert run.result == "ended as cancelled", (
            f"build_all was cancelled by its caller and should end as cancelled; it {expect.outcome(run)}"
        )
        assert run.noted == [[]], (
            f"when build_all was cancelled, it ended while {expect.told(run.noted[0])} was still being built"
        )
        ended = [call.outcome for call in run.calls.get("build", [])]
        begun = len(ended) == 4 or not moment  # cancelled at once, it may not have begun
        assert begun, f"four packages should be under way when the caller cancels; there were {len(ended)}"
        assert all(how == "cancelled" for how in ended), f"the builds under way ended as {', '.join(ended)}"
