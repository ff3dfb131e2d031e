// The replay of one or two plays: `show(place, replay)` draws it into an element of any page.

import { codePanel } from "./code.js";
import { Columns } from "./columns.js";
import { controls } from "./controls.js";
import { make } from "./elements.js";
import { loopPanels } from "./loop.js";
import { outputPanel } from "./output.js";
import { Play } from "./play.js";
import { turnsTable } from "./table.js";
import { timelinePanel } from "./timeline.js";
import { seconds, sentence } from "./words.js";

/**
 * Draw a replay.
 *
 * @param place  the element that it fills
 * @param replay the data: title, criterion, and plays
 * @returns a function that ends it: from then on it hears no keys, and another one can be shown
 */
export function show(place, replay) {
  const plays = replay.plays.map((data) => new Play(data));
  const columns = new Columns(plays);
  const count = columns.all.length;
  const over = new AbortController();
  let column = 0;
  let step = Infinity;

  const moves = {
    columns: count,
    turn: (by) => to(column + by),
    line: byLine,
    go: (where) => to(where),
    atEnd: () => column >= count - 1 && step >= lengthOf(column),
    say: () => update(),
  };
  const bar = count ? controls(moves, over.signal) : null;
  const views = plays.map((play, number) => view(play, number, columns, to, plays.length > 1, over.signal));
  place.className = `replay ${plays.length > 1 ? "pair" : "single"}`;
  place.replaceChildren(
    make("header", make("h1", replay.title), replay.criterion ? make("p.criterion", replay.criterion) : ""),
    ...(bar ? [bar.element] : []),
    ...(plays.length > 1 ? [sides(views)] : []),
    make(
      "div.plays",
      views.map((each) => each.element),
    ),
  );

  function lengthOf(where) {
    if (!count) return 0;
    const { turns, active } = columns.all[where];
    return Math.max(0, ...plays.map((play, number) => (active[number] ? play.turns[turns[number]].steps.length : 0)));
  }

  function to(where, line = Infinity) {
    if (!count) return;
    column = Math.min(count - 1, Math.max(0, where));
    step = line >= lengthOf(column) ? Infinity : line;
    update();
  }

  function byLine(by) {
    const length = lengthOf(column);
    const at = Math.min(step, length) + by;
    if (at > length) {
      if (column < count - 1) to(column + 1, 0);
    } else if (at >= 0) to(column, at);
    else if (column > 0) to(column - 1);
  }

  function update() {
    if (!count) return;
    const { at, turns, active } = columns.all[column];
    const clock = { at, last: column === count - 1, quiet: bar.isPlaying() };
    views.forEach((each, number) => each.show(turns[number], step, active[number], clock, column));
    const first = active.indexOf(true);
    bar.show(column, `${seconds(at)}. ${sentence(plays[first].turns[turns[first]])}`);
  }

  let width = 0;
  const resized = new ResizeObserver(() => {
    const now = Math.min(...views.map((each) => each.width()).filter(Boolean));
    if (now === width || !Number.isFinite(now)) return; // it is the height that has changed
    width = now;
    columns.place(width - END);
    for (const each of views) each.place(width);
  });
  for (const each of views) resized.observe(each.element);
  let before = null; // on paper everything has been printed
  const print = () => {
    before = [column, step];
    to(count - 1);
  };
  const printed = () => {
    if (before) to(...before);
    before = null;
  };
  addEventListener("beforeprint", print, { signal: over.signal });
  addEventListener("afterprint", printed, { signal: over.signal });
  over.signal.addEventListener("abort", () => resized.disconnect());
  update();
  return () => over.abort();
}

// Room at the right of a timeline for the sign of how a task ended.
const END = 20;

/** Where there is no room for two plays side by side: buttons for the one or the other. */
function sides(views) {
  const choose = (chosen) =>
    views.forEach((each, number) => {
      each.element.classList.toggle("aside", number !== chosen);
      buttons[number].setAttribute("aria-pressed", number === chosen);
    });
  const buttons = views.map((each, number) =>
    make("button", { type: "button", click: () => choose(number) }, each.element.ariaLabel),
  );
  choose(0);
  return make("div.sides", buttons);
}

/** One play with its panels. */
function view(play, number, columns, go, paired, over) {
  const { data } = play;
  const code = codePanel(play);
  const output = outputPanel(play);
  const loop = loopPanels(play);
  const line = timelinePanel(play, number, columns, go);
  const messages = [data.message, data.stopped, data.turns.length ? "" : "No turn of an event loop was recorded."]
    .filter(Boolean)
    .map((text) => make("p", text));
  const parts = () =>
    paired
      ? [loop.now, line.element, code.element, loop.queues, output.element]
      : [make("div.stage", loop.now, code.element, loop.queues), line.element, output.element];
  const element = make(
    "article.play",
    { "aria-label": data.label || data.file },
    paired ? make("h2", data.label, make("span.took", seconds(data.elapsed))) : "",
    messages.length || paired ? make("div", { class: messages.length ? "message" : "" }, messages) : "",
    play.turns.length ? parts() : code.element,
    play.turns.length ? turnsTable(play, over) : "",
    loop.said,
  );

  function update(index, step, active, clock, column) {
    if (index < 0) return;
    const state = play.at(index, active ? step : Infinity, active);
    code.show(state);
    loop.show(state, clock);
    output.show(state);
    line.show(column);
  }

  return { element, show: update, place: line.place, width: () => line.field.clientWidth };
}
