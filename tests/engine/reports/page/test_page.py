"""The page in a real browser: what it shows at each step is what the document says, and it is fit to be read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kata.reports.page import html
from tests.engine.reports.page import samples

pytestmark = pytest.mark.once

DRAWING = Path(html.__file__).parent / "drawing"

Data = dict[str, Any]
Opened = Callable[..., Any]

SAMPLES = {
    make.__name__: make()
    for make in (samples.task_and_coroutine, samples.failing_group, samples.blocking, samples.one_by_one_and_together)
}
SINGLE = {name: document for name, document in SAMPLES.items() if len(document["plays"]) == 1}

SHOWN = """() => [...document.querySelectorAll(".play")].map(play => {
  const all = (selector, inside = play) => [...inside.querySelectorAll(selector)];
  const text = (selector, inside = play) => inside.querySelector(selector)?.textContent ?? "";
  const part = name => play.querySelector(`[data-part=${name}]`);
  return {
    turn: text(".now .turn"), at: text(".now .at"), running: text(".now .who .name"), why: text(".now .why"),
    ready: part("ready") ? all(".chips li .name", part("ready")).map(name => name.textContent) : null,
    more: part("ready") ? text(".rest", part("ready")) : "",
    timers: part("timers") ?
      all(".rows li:not(.rest)", part("timers")).map(row => [text(".due", row), text(".what", row)]) : null,
    waiting: all("[data-part=waiting] .named .name").map(name => name.textContent),
    lines: all(".lines li:not(.empty) .text").map(line => line.textContent),
    here: all(".code .here").map(row => Number(row.dataset.line)),
    ran: all(".code .ran").map(row => Number(row.dataset.line)),
    stands: Object.fromEntries(all(".code .stands").filter(each => each.textContent)
      .map(each => [each.parentElement.dataset.line, each.textContent])),
    said: text("[aria-live]"), cursor: text(".cursor") || play.querySelector(".cursor")?.getAttribute("transform"),
    values: Object.fromEntries(all(".values dl > div").map(row => [text("dt", row), text("dd", row)])),
  };
})"""


WALK = f"""keys => keys.map(key => {{
  document.body.dispatchEvent(new KeyboardEvent("keydown", {{key, bubbles: true}}));
  return ({SHOWN})();
}})"""


def shown(page: Any) -> list[Data]:
    """What the page shows of each play."""
    return page.evaluate(SHOWN)


def walk(page: Any, *keys: str) -> list[list[Data]]:
    """What the page shows of each play after each of these keys, pressed in the page itself, which is faster."""
    return page.evaluate(WALK, keys)


def seconds(value: float) -> str:
    return f"{value:g} s"


def expected(play: Data, index: int) -> Data:
    """What a page must show of a turn as a whole."""
    turn = play["turns"][index]
    last = index == len(play["turns"]) - 1
    return {
        "running": turn["who"] or turn["callback"],
        "at": seconds(turn["at"]),
        "ready": turn.get("ready", []),
        "timers": [[seconds(each["due"]), each["what"]] for each in turn.get("timers", [])],
        "lines": [each["text"] for each in play["lines"] if last or each["turn"] <= turn["number"]],
        "ran": sorted({each["line"] for each in turn.get("steps", [])}),
    }


@pytest.mark.parametrize("name", SINGLE)
def test_each_step_on_and_back_shows_what_the_document_says(opened: Opened, name: str) -> None:
    [play] = SINGLE[name]["plays"]
    page = opened(SINGLE[name])
    turns = range(len(play["turns"]))
    for start, key, indexes in (("Home", "ArrowRight", turns), ("End", "ArrowLeft", turns[::-1])):
        for index, [now] in zip(indexes, walk(page, start, *[key] * (len(turns) - 1)), strict=True):
            wanted = expected(play, index)
            assert {part: now[part] for part in wanted} == wanted, f"{key}, turn {index + 1}"
            assert f"turn {index + 1} of {len(turns)}" in now["turn"]


@pytest.mark.parametrize("name", SINGLE)
def test_each_line_has_its_turn_on_and_back(opened: Opened, name: str) -> None:
    [play] = SINGLE[name]["plays"]
    stops = []
    for number, turn in enumerate(play["turns"]):
        lines = [step["line"] for step in turn.get("steps", [])]
        stops += [(number + 1, line) for line in lines]
        stops.append((number + 1, turn.get("line") or (lines[-1] if lines and turn["who"] else None)))
    page = opened(SINGLE[name])
    walk(page, "Home", *[","] * (len(play["turns"][0]["steps"]) + 1))
    for key, order in ((".", stops), (",", stops[::-1])):
        seen = [shown(page), *walk(page, *[key] * (len(order) - 1))]
        for (number, line), [now] in zip(order, seen, strict=True):
            assert f"turn {number} of" in now["turn"]
            assert now["here"] == ([line] if line else []), f"{key}, turn {number}"


def test_lines_appear_once_the_line_that_prints_them_has_run(opened: Opened) -> None:
    page = opened(SAMPLES["task_and_coroutine"])
    seen = [(now["here"], now["lines"]) for [now] in walk(page, *[","] * 4, *["."] * 4)[3:]]
    assert seen == [([13], []), ([14], []), ([7], []), ([8], ["b begins"]), ([8], ["b begins"])]


def test_lines_that_no_turn_printed_do_not_come_before_their_moment(opened: Opened) -> None:
    turns = [samples.turn(number, at, "Task-1", end="waits") for number, at in enumerate((0.0, 1.0, 1.0, 3.0), 1)]
    lines = [
        samples.line(*each)
        for each in (("before", 0, "", 0), ("a", 1, "Task-1", 2), ("thread", 2, "", 0), ("after", 3, "", 0))
    ]
    page = opened(samples.document("Lines", samples.play("", "a.py", "pass", 3.0, turns=turns, lines=lines)))
    seen = [now["lines"] for [now] in walk(page, "Home", *["ArrowRight"] * 3)]
    assert seen == [["before"], ["before", "a"], ["before", "a"], ["before", "a", "thread", "after"]]


def test_the_names_of_the_running_coroutine_have_their_values(opened: Opened) -> None:
    page = opened(SAMPLES["task_and_coroutine"])
    values = [now["values"] for [now] in walk(page, "Home", "ArrowRight", "ArrowRight")]
    assert values == [{"name": "'b'", "seconds": "1"}, {"name": "'a'", "seconds": "2"}, {"task": "<Task fetch-a>"}]


def test_a_second_call_of_a_function_knows_nothing_of_the_first(opened: Opened) -> None:
    step = samples.step
    first = [step(2, "ask", shop="'a'", seconds="1"), step(3, "ask", answer="'yes'"), step(4, "ask", answer="")]
    second = [step(2, "ask", shop="'b'", seconds="1")]
    turns = [samples.turn(1, 0.0, "Task-1", steps=[*first[:2], *second]), samples.turn(2, 0.0, "Task-1", steps=first)]
    page = opened(samples.document("Calls", samples.play("", "a.py", "1\n2\n3\n4\n", 0.0, turns=turns)))
    values = [now["values"] for [now] in walk(page, "Home", "ArrowRight", ",", ",", ",", ",", ",")]
    called = {"seconds": "1", "shop": "'a'"}
    answered = {"answer": "'yes'", **called}
    anew = {"seconds": "1", "shop": "'b'"}
    assert values == [anew, called, called, answered, called, anew, anew]


def test_every_living_task_has_a_mark_where_it_stands(opened: Opened) -> None:
    page = opened(SAMPLES["failing_group"])
    walk(page, *["ArrowRight"] * 2)
    [now] = shown(page)
    assert now["stands"] == {"5": "bad stops here · slow waits", "13": "Task-1 waits"}
    page.keyboard.press("End")
    assert shown(page)[0]["stands"] == {"17": "Task-1 ends here"}


def test_a_block_and_what_comes_late_for_it_are_told(opened: Opened) -> None:
    page = opened(SAMPLES["blocking"])
    walk(page, *["ArrowRight"] * 3)
    assert (
        page.locator(".holds").text_content()
        == "time.sleep holds the event loop for 2 s, until 2.5 s: nobody else runs"
    )
    page.keyboard.press("ArrowRight")
    assert page.locator(".late").text_content() == "1.5 s after its timer was due"


def test_each_step_is_said_in_one_sentence(opened: Opened) -> None:
    page = opened(SAMPLES["task_and_coroutine"])
    walk(page, *["ArrowRight"] * 2)
    assert shown(page)[0]["said"] == (
        "Turn 3 at 1 s: Task-1 goes on, as its sleep is over; it prints “B”; then it waits for task fetch-a."
    )
    page.keyboard.press("End")
    assert shown(page)[0]["said"].endswith("then it returns. After 2 s the play returned None.")


def test_two_plays_stay_at_one_virtual_time(opened: Opened) -> None:
    document = SAMPLES["one_by_one_and_together"]
    page = opened(document)
    moments = []
    for states in walk(page, "Home", *["ArrowRight"] * 9, *["ArrowLeft"] * 9):
        assert len({state["at"] for state in states}) == 1
        assert len({state["cursor"] for state in states}) == 1
        at = float(states[0]["at"].removesuffix(" s"))
        moments.append(at)
        for play, state in zip(document["plays"], states, strict=True):
            if state["why"]:  # it has a turn at this step
                number = int(state["turn"].split("turn ")[1].split(" ")[0])
                wanted = expected(play, number - 1)
                assert play["turns"][number - 1]["at"] == at
                assert {part: state[part] for part in wanted} == wanted
            else:  # it has none: all of its turns up to this moment are behind it
                begun = sum(turn["at"] <= at for turn in play["turns"])
                assert f"after turn {begun}" in state["turn"]
                assert state["running"] == ("Nobody runs" if begun < len(play["turns"]) else "Nothing follows")
    assert moments == [0, 0, 0, 0, 1, 1, 1, 1, 2, 3, 2, 1, 1, 1, 1, 0, 0, 0, 0]


WIDE = """() => [document.documentElement, ...document.querySelectorAll("nav *, .panel, h1")]
  .filter(each => Math.max(each.getBoundingClientRect().right, each.tagName === "HTML" ? each.scrollWidth : 0) > 360)
  .map(each => each.outerHTML.slice(0, 60))"""


@pytest.mark.parametrize("name", SAMPLES)
def test_nothing_is_wider_than_a_telephone(opened: Opened, name: str) -> None:
    page = opened(SAMPLES[name], width=360)
    for key in ("Home", "ArrowRight", "ArrowRight", "End"):
        walk(page, key)
        assert page.evaluate(WIDE) == []


def test_long_names_do_not_widen_the_page(opened: Opened) -> None:
    document = samples.failing_group()
    [play] = document["plays"]
    long = "a" * 300
    play["turns"][4] |= {
        "because": long,
        "on": long,
        "error": long,
        "timers": [samples.timer(3.0, long)],
        "ready": [long],
    }
    play["lines"].append(samples.line(long, 1.0, "bad", 5))
    document["title"] = play["file"] = long
    page = opened(document, width=360)
    walk(page, *["ArrowRight"] * 4)
    assert page.evaluate(WIDE) == []


def test_dark_follows_the_system_and_the_switch(opened: Opened) -> None:
    ground = "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).map(Number)"
    page = opened(SAMPLES["blocking"], scheme="dark")
    assert max(page.evaluate(ground)) < 60
    page.keyboard.press("d")
    assert min(page.evaluate(ground)) > 200
    page.keyboard.press("d")
    assert max(page.evaluate(ground)) < 60
    page = opened(SAMPLES["blocking"], scheme="light")
    assert min(page.evaluate(ground)) > 200


CONTRAST = """() => {
  const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  const rgb = colour => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data]; };
  const light = colour => rgb(colour).slice(0, 3).map(part => part / 255)
    .map(part => part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4)
    .reduce((sum, part, index) => sum + part * [.2126, .7152, .0722][index], 0);
  const ground = element => {
    for (let each = element; each; each = each.parentElement) {
      const colour = getComputedStyle(each).backgroundColor;
      if (rgb(colour)[3] === 255) return colour;
    }
    return "#fff";
  };
  const words = element => [...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim());
  return [...document.querySelectorAll(".replay *:not(svg *)")]
    .filter(element => words(element) && element.checkVisibility())
    .map(element => {
      const [one, other] = [light(getComputedStyle(element).color), light(ground(element))].sort((a, b) => b - a);
      return [(one + .05) / (other + .05), element.className, element.textContent.slice(0, 20)]; })
    .filter(([contrast]) => contrast < 4.5);
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_stands_out_from_its_ground(opened: Opened, scheme: str) -> None:
    page = opened(SAMPLES["failing_group"], scheme=scheme)
    for _ in SAMPLES["failing_group"]["plays"][0]["turns"]:
        assert page.evaluate(CONTRAST) == []
        walk(page, "ArrowRight")


HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'\u202e\x1b[2J\u2028javascript:alert(3)"
ESCAPED = HOSTILE.replace("\u202e", "\\u202e").replace("\x1b", "\\u001b").replace("\u2028", "\\u2028")


def test_hostile_names_and_output_stay_text(opened: Opened) -> None:
    def hostile(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {name: hostile(part, name) for name, part in value.items()}
        if isinstance(value, list):
            return [hostile(part, key) for part in value]
        kept = ("kind", "why", "end", "stream", "code")
        return HOSTILE if isinstance(value, str) and key not in kept else value

    document = hostile(samples.failing_group())
    [play] = document["plays"]
    play["code"] = HOSTILE + "\n" + play["code"]
    for turn in play["turns"]:
        for step in turn.get("steps", []):
            step["changed"] = {HOSTILE: HOSTILE, "__proto__": HOSTILE}
    page = opened(document)
    for key in ("Home", *["ArrowRight"] * len(play["turns"]), *[","] * 4):
        walk(page, key)
        assert (
            page.evaluate("document.querySelectorAll('img, iframe, a, main script, main style, [onerror]').length") == 0
        )
    page.keyboard.press("End")
    page.locator("summary").click()
    [now] = shown(page)
    assert now["running"] == ESCAPED
    assert now["lines"] == [ESCAPED]
    assert page.locator("h1").text_content() == ESCAPED
    assert ESCAPED in page.locator(".code").text_content()
    assert ESCAPED in page.locator("td").nth(2).text_content()


def test_names_that_objects_have_anyway_are_names_like_others(opened: Opened) -> None:
    names = ["constructor", "__proto__", "toString"]
    turns = [
        samples.turn(number, 0.0, name, ready=names[number:], end="returned") for number, name in enumerate(names, 1)
    ]
    page = opened(samples.document("Names", samples.play("", "a.py", "pass", 0.0, turns=turns)))
    assert [now["running"] for [now] in walk(page, "Home", "ArrowRight", "ArrowRight")] == names


def test_a_click_on_the_timeline_goes_to_the_nearest_turn(opened: Opened) -> None:
    page = opened(SAMPLES["blocking"])
    box = page.locator(".drawing").bounding_box()
    page.mouse.click(box["x"] + box["width"] - 22, box["y"] + 40)
    assert "turn 8 of 8" in shown(page)[0]["turn"]
    page.mouse.click(box["x"] + 1, box["y"] + 40)
    assert "turn 1 of 8" in shown(page)[0]["turn"]


def test_play_goes_on_at_the_chosen_speed_and_stops_at_the_end(opened: Opened) -> None:
    page = opened(SAMPLES["blocking"], clock=True)
    page.clock.pause_at(3600)
    page.keyboard.press(" ")
    page.clock.run_for(3000)
    assert "turn 4 of 8" in shown(page)[0]["turn"]
    page.keyboard.press("+")
    page.clock.run_for(1000 + 333)  # the step that was under way, and one at the new speed
    assert "turn 6 of 8" in shown(page)[0]["turn"]
    page.clock.run_for(5000)
    assert "turn 8 of 8" in shown(page)[0]["turn"]
    assert page.locator(".toggle").text_content() == "▶ Play"
    assert shown(page)[0]["said"].startswith("Turn 8 ")


def test_a_question_mark_shows_the_keys(opened: Opened) -> None:
    page = opened(SAMPLES["blocking"])
    page.keyboard.press("?")
    assert page.locator("dialog").is_visible()
    assert len(page.locator("kbd").all()) == 8
    page.keyboard.press("Escape")
    assert not page.locator("dialog").is_visible()


def test_all_turns_can_be_read_and_printed_as_a_table(opened: Opened) -> None:
    page = opened(SAMPLES["failing_group"])
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    rows = page.locator("tbody tr").all_text_contents()
    assert len(rows) == 8
    assert (
        rows[4] == "51 sbadgoes on, as its sleep is over5 6 7fails with ValueError: no such page: bad3 s sleep of slow"
    )
    assert page.locator("table").is_visible()
    assert not page.locator("nav").is_visible()


def test_a_play_without_turns_shows_its_code_and_says_so(opened: Opened) -> None:
    page = opened(samples.document("Nothing", samples.play("", "a.py", "print(1)\n", 0.0)))
    walk(page, "ArrowRight", ".", ",", "End", "Home", " ", "?")
    assert page.locator(".code").text_content() == "1print(1)"
    assert page.locator(".message").text_content() == "No turn of an event loop was recorded."


def test_the_modules_draw_into_another_page_as_they_are_one_replay_after_the_other(browser: Any) -> None:
    def serve(route: Any) -> None:
        name = route.request.url.rsplit("/", 1)[1]
        text = (DRAWING / name).read_text(encoding="utf-8") if name else "<main></main>"
        route.fulfill(body=text, content_type="text/javascript" if name else "text/html")

    page = browser.new_page()
    page.route("**/*", serve)
    page.goto("http://playground.test/")
    draws = """async replay => {
      window.over?.();
      window.over = (await import("/replay.js")).show(document.querySelector("main"), replay);
    }"""
    for name, runs in (("failing_group", "slow"), ("blocking", "Task-2")):
        page.evaluate(draws, SAMPLES[name])
        [[now]] = walk(page, "ArrowRight")
        assert now["running"] == runs
    page.close()


TAKEN = """([key, times]) => Array.from({length: times}, () => {
  const begun = performance.now();
  document.body.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true}));
  document.body.getBoundingClientRect();  // until all has its place
  return performance.now() - begun;
})"""


def test_ten_thousand_turns_open_soon_and_step_at_once(opened: Opened) -> None:
    document = samples.many_turns()
    page = opened(document)
    [play] = document["plays"]
    assert (
        page.evaluate("performance.now()") < 10_000
    )  # milliseconds since it was asked for; one second when all is quiet
    for start, key in (("Home", "ArrowRight"), ("End", "ArrowLeft"), ("End", ",")):
        walk(page, start)
        quickest = sorted(page.evaluate(TAKEN, [key, 50]))[:10]  # others may have the processor, too
        assert 0 < sum(quickest) / len(quickest) < 50, key  # milliseconds; 5 when all is quiet
    walk(page, "End", *["ArrowLeft"] * 50)
    [now] = shown(page)
    assert {part: now[part] for part in ("running", "ready", "ran")} == {
        part: expected(play, 9949)[part] for part in ("running", "ready", "ran")
    }
    assert now["more"] == "and 19 more"
    assert now["lines"] == [f"line {number}" for number in range(9951 - 300, 9951)]


def test_where_there_is_room_for_one_play_a_button_shows_the_other(opened: Opened) -> None:
    page = opened(SAMPLES["one_by_one_and_together"], width=768)
    plays = page.locator(".play")
    assert [plays.nth(number).is_visible() for number in range(2)] == [True, False]
    page.keyboard.press("ArrowRight")
    page.get_by_role("button", name="The solution").click()
    assert [plays.nth(number).is_visible() for number in range(2)] == [False, True]
    assert page.locator(".play .drawing").nth(1).bounding_box()["width"] > 300
    assert "turn 2 of 8" in shown(page)[1]["turn"]


def test_letters_tell_tasks_apart_without_their_colours(opened: Opened) -> None:
    names = [
        ("Task-1", "main"),
        ("Task-2", "ask"),
        ("Task-3", "ask"),
        ("soup", "cook"),
        ("salad", "cook"),
        ("...", "x"),
    ]
    tasks = [samples.task(*each) for each in names]
    turns = [samples.turn(1, 0.0, "Task-1", ready=[name for name, _ in names[1:]], end="returned")]
    page = opened(samples.document("Tags", samples.play("", "a.py", "pass", 0.0, turns=turns, tasks=tasks)))
    assert page.locator(".names .sign").all_text_contents() == ["M", "A2", "A3", "S", "S2", "•"]
