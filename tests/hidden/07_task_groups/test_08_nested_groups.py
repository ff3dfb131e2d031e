"""Hidden tests: groups in a group."""

import asyncio

import pytest

from kata.fakes import Error, Service

TEAMS = ["web", "app", "data", "tools", "docs"]
PACKAGES = ["site", "shop", "phone", "watch", "search", "login", "mail", "maps", "chart", "index", "theme"]


async def cancelled_after(ex, seconds, build, teams):
    """Cancel build_all from outside; tell how that task ended."""
    building = asyncio.create_task(ex.build_all(build, teams))
    await asyncio.sleep(seconds)
    building.cancel()
    await asyncio.wait([building])
    if building.cancelled():
        return "cancelled"
    return "raised" if building.exception() else "returned"


async def slow_to_stop(ex, build, teams):
    """Build packages that need 2 seconds to stop."""

    async def build_or_stop(package):
        try:
            return await build(package)
        except asyncio.CancelledError:
            await asyncio.sleep(2)
            raise

    return await ex.build_all(build_or_stop, teams)


def some_teams(rng, *sizes):
    """Teams with so many packages each, and another latency for every package, in seconds from 1.5 on."""
    packages, names = rng.sample(PACKAGES, sum(sizes)), rng.sample(TEAMS, len(sizes))
    teams = {name: [packages.pop() for _ in range(size)] for name, size in zip(names, sizes, strict=True)}
    latency = {package: rng.choice([1.5, 2, 2.5]) for of_team in teams.values() for package in of_team}
    return teams, latency


def built(packages):
    return [package.upper() for package in packages]


def expect_teams(run, wanted):
    result = run.result
    assert type(result) is dict, f"the result should be a dict of team to texts, not {result!r}"
    for team, texts in wanted.items():
        assert team in result, f"team {team} is missing in the result, which has {list(result)}"
        assert result[team] == texts, f"team {team} should have {texts!r} and has {result[team]!r}"
    assert list(result) == list(wanted), (
        f"the teams should stand in the order {list(wanted)}; they stand in the order {list(result)}"
    )


def outcomes(run, packages):
    return {call.args[0]: call.outcome for call in run.calls["build"] if call.args[0] in packages}


async def test_the_texts_of_the_teams(exercise, rng):
    """Every team has its texts in the order of its packages; a team without packages has an empty list."""
    for sizes in ((3, 0, 2), (1,), ()):
        teams, latency = some_teams(rng, *sizes)
        latency |= {packages[0]: 3 for packages in teams.values() if packages}
        texts = {package: package.upper() for package in latency}
        texts |= {packages[-1]: "" for packages in teams.values() if packages}  # a text may be empty
        run = await exercise.build_all(Service(latency, returns=texts), teams)
        expect_teams(run, {team: [texts[package] for package in packages] for team, packages in teams.items()})


async def test_all_packages_are_built_at_the_same_time(exercise, rng):
    """All packages of all teams are built at the same time, each of them once."""
    teams, _ = some_teams(rng, 3, 2, 3)
    run = await exercise.build_all(Service(1), teams)
    expect_teams(run, {team: built(packages) for team, packages in teams.items()})
    assert run.elapsed == 1, f"8 packages of 1 second, all at the same time, took {run.elapsed:g} seconds"
    assert len(run.calls["build"]) == 8, f"8 builds were expected; there were {len(run.calls['build'])}"


@pytest.mark.points(2)
async def test_a_failed_team_is_none(exercise, rng):
    """A team with a BuildError, or several at the same moment, has the value None, and no BuildError leaves."""
    teams, latency = some_teams(rng, 3, 2, 3)
    first, second, third = teams.values()
    bad = [*rng.sample(first, 2), rng.choice(third)]
    latency |= {bad[0]: 1, bad[1]: 1, bad[2]: 0.5}
    fails = {package: Error("BuildError", f"{package}: a test fails") for package in bad}
    run = await exercise.build_all(Service(latency, fails=fails), teams)
    assert run.raised is None, f"teams failed with BuildErrors, which should not leave build_all: {run.raised!r}"
    expect_teams(run, dict(zip(teams, (None, built(second), None), strict=True)))
    run = await exercise.build_all(Service(0.5, fails=fails), {"one": [bad[0]]})
    expect_teams(run, {"one": None})


@pytest.mark.points(2)
async def test_the_rest_of_a_failed_team_is_stopped(exercise, rng):
    """When a package fails, the team's packages still being built are stopped, and `build_all` waits for them."""
    for place in (0, 3):
        teams, latency = some_teams(rng, 4, 2)
        bad_team, _ = teams.values()
        bad = bad_team[place]
        latency |= {bad: 1, bad_team[1]: 0.5}
        fails = {bad: Error("BuildError", f"{bad}: a test fails")}
        shuffled = dict(rng.sample(list(teams.items()), 2))
        run = await exercise.play(slow_to_stop, Service(latency, fails=fails), shuffled)
        assert run.raised is None, f"{bad} raised a BuildError, and that should not leave: {run.raised!r}"
        ends = {call.args[0]: call.end for call in run.calls["build"]}
        for package, outcome in outcomes(run, bad_team).items():
            if latency[package] > 1:
                assert outcome == "cancelled" and ends[package] == 1, (
                    f"{bad} failed after 1 second, and {package} of the same team was built on; it should "
                    "have been stopped then"
                )
        expect_teams(run, {team: None if bad in teams[team] else built(teams[team]) for team in run.result})
        assert run.elapsed == 3, (
            f"{bad} failed after 1 second, and the packages stopped then need 2 more to end; build_all should end "
            f"after 3 seconds, and ended after {run.elapsed:g}"
        )


@pytest.mark.points(2)
async def test_the_other_teams_carry_on(exercise, rng):
    """The other teams are not disturbed when a team fails, whether it comes first, in the middle or last."""
    for place in range(3):
        teams, latency = some_teams(rng, 2, 3, 2)
        team = list(teams)[place]
        bad = rng.choice(teams[team])
        fails = {bad: Error("BuildError", f"{bad}: a test fails")}
        run = await exercise.build_all(Service(latency | {bad: 1}, fails=fails), teams)
        assert run.raised is None, f"{bad} raised a BuildError, and that should not leave: {run.raised!r}"
        others = [package for name in teams if name != team for package in teams[name]]
        stopped = [package for package, outcome in outcomes(run, others).items() if outcome == "cancelled"]
        assert not stopped, (
            f"{bad} of team {team} failed, and with it {', '.join(stopped)} of another team was stopped; a "
            "group stops everything that is in it"
        )
        expect_teams(run, {name: None if name == team else built(teams[name]) for name in teams})


@pytest.mark.points(2)
async def test_other_errors_stop_all_teams(exercise, rng):
    """Any other error stops the packages of all teams, and leaves in an exception group, no BuildError beside it."""
    teams, latency = some_teams(rng, 3, 3)
    mistake = rng.choice([KeyError, TypeError, OSError])("a mistake of ours")
    bad = rng.choice(list(teams.values())[-1])  # of the last team: whoever builds team after team has built the others
    run = await exercise.build_all(Service(latency | {bad: 1}, fails={bad: mistake}), teams)
    assert run.raised is not None, f"{mistake!r} should leave build_all, and nothing was raised"
    assert run.raised.is_a("BaseExceptionGroup") and {leaf.type for leaf in run.raised.leaves()} == {
        type(mistake).__name__
    }, f"an exception group with {mistake!r} in it was expected; {run.raised!r} came out"
    others = [package for packages in teams.values() for package in packages if package != bad]
    building_on = [name for name, outcome in outcomes(run, others).items() if outcome != "cancelled"]
    assert not building_on, (
        f"{bad} raised {mistake!r}, which is no BuildError, and {', '.join(building_on)} was not stopped"
    )
    assert run.elapsed == 1, f"the error came after 1 second, and build_all ended after {run.elapsed:g}"
    teams, latency = some_teams(rng, 3, 2)
    # The KeyError comes first: a package that is stopped in the moment of its own error has not raised it.
    broken, failed, _ = next(iter(teams.values()))
    fails = {failed: Error("BuildError", f"{failed}: a test fails"), broken: KeyError("a mistake of ours")}
    run = await exercise.build_all(Service(latency | {failed: 1, broken: 1}, fails=fails), teams)
    about = "a BuildError and a KeyError came at the same moment, in one team; "
    assert run.raised is not None, f"{about}the KeyError should leave build_all, and nothing was raised"
    assert run.raised.is_a("BaseExceptionGroup") and {leaf.type for leaf in run.raised.leaves()} == {"KeyError"}, (
        f"{about}the KeyError alone should leave build_all, in an exception group; {run.raised!r} came out"
    )


async def test_a_cancellation_reaches_all_packages(exercise, rng):
    """If `build_all` is itself cancelled, it ends as cancelled, and no package is being built any more."""
    teams, latency = some_teams(rng, 2, 2)
    run = await exercise.play(cancelled_after, 1, Service(latency), teams)
    assert run.result == "cancelled", (
        f"build_all was cancelled by its caller and should end as cancelled; it {run.result} instead"
    )
    ended = [call.outcome for call in run.calls["build"]]
    assert len(ended) == 4, f"four packages should be under way when the caller cancels; there were {len(ended)}"
    assert ended == ["cancelled"] * 4, f"four packages were being built; their builds ended as {', '.join(ended)}"
