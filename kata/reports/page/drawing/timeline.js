// The timeline: a row for each task, time from left to right, and a cursor. A click goes to the turn that is nearest.

import { callback, colour, draw, make, named } from "./elements.js";
import { OUTCOMES, plain, seconds } from "./words.js";

const HEIGHT = 30;
const RULER = 26;
const ROWS = 30;
const LETTER = 6.2;

/** The panel of a play's time line; `place()` draws it as wide as it is, `show(column)` moves the cursor. */
export function timelinePanel(play, number, columns, go) {
  const all = inOrder(play);
  const shown = all.slice(0, ROWS);
  const names = make(
    "ol.names",
    shown.map(({ task, depth }) =>
      make(
        "li",
        { class: `${colour(task)} depth-${Math.min(depth, 4)}`, title: task?.name ?? "callbacks" },
        task ? named(task) : callback("callbacks"),
      ),
    ),
  );
  const height = RULER + shown.length * HEIGHT + 8;
  const drawing = draw("svg.drawing", { height, "aria-hidden": "true" });
  const field = make("div.field", drawing);
  const element = make(
    "section.panel.timeline",
    make("h3", "Timeline"),
    make("div.split", names, field),
    all.length > ROWS ? make("p.rest", `and ${(all.length - ROWS).toLocaleString("en")} more tasks`) : "",
  );
  const cursor = draw(
    "g.cursor",
    draw("rect", { y: RULER - 6, height: height - RULER + 2, rx: 3 }),
    draw("path", { d: `M -5 ${RULER - 12} h 10 l -5 7 z` }),
  );
  drawing.addEventListener("click", (event) =>
    go(columns.nearest(event.clientX - drawing.getBoundingClientRect().left)),
  );
  let at = 0;

  const x = (turn) => columns.x(columns.columnOf[number][turn]);

  function place(width) {
    drawing.setAttribute("width", width);
    drawing.replaceChildren(
      hatch(),
      ...ruler(columns, width, height),
      ...blocks(),
      ...shown.flatMap(({ task }, row) => bars(task, RULER + row * HEIGHT + HEIGHT / 2, width)),
      cursor,
    );
    cursor.firstChild.setAttribute("width", Math.max(4, columns.turn));
    cursor.firstChild.setAttribute("x", -Math.max(4, columns.turn) / 2);
    show(at);
  }

  function show(column) {
    at = column;
    if (columns.all.length) cursor.setAttribute("transform", `translate(${columns.x(column)} 0)`);
  }

  // While the loop is blocked nobody runs: a band over all rows, and a bar in the row of the one that does it.
  function blocks() {
    return play.data.blocks.flatMap((block) => {
      const turn = play.turnOf(block);
      const right = columns.xOfTime(block.start + block.seconds);
      const left = turn >= 0 && play.turns[turn].at === block.start ? x(turn) : columns.xOfTime(block.start);
      const row = shown.findIndex(({ task }) => (task?.name ?? "") === (block.task ?? ""));
      const size = { x: left, width: Math.max(2, right - left) };
      const band = draw(
        "rect.band",
        { y: RULER - 4, height: height - RULER, ...size },
        draw("title", `${block.call} holds the event loop for ${seconds(block.seconds)}`),
      );
      if (row < 0) return [band];
      const y = RULER + row * HEIGHT + 6;
      const label = size.width > 70 ? draw("text.blocked", { x: left + size.width / 2, y: y + 13 }, block.call) : "";
      return [band, draw("rect.block", { y, height: HEIGHT - 12, rx: 2, ...size }), label].filter(Boolean);
    });
  }

  // The row of a task, or of the callbacks: blocks for its turns, and lines between them.
  function bars(task, y, width) {
    const turns = task ? task.turns : play.calls;
    if (!turns.length) return [];
    const between = task ? turns.map((index, order) => gap(index, turns[order + 1], width)).filter(Boolean) : [];
    if (task && task.born < turns[0])
      between.push({ kind: "ready", from: x(Math.max(0, task.born)), until: x(turns[0]) });
    const lines = ["waits", "ready"].map((kind) => {
      const path = between
        .filter((each) => each.kind === kind)
        .map(({ from, until }) => `M${px(from)} ${y}H${px(until)}`);
      return draw(`path.${kind}`, { d: path.join("") });
    });
    const places = new Set(turns.map((index) => Math.round(x(index) * 2) / 2)); // of thousands few can be told apart
    const thick = Math.max(2, Math.min(10, columns.turn - 4));
    const runs = draw("path.runs", {
      d: [...places].map((place) => `M${place} ${y - 7}v14`).join(""),
      "stroke-width": thick,
    });
    const labels = between
      .filter(({ word, from, until }) => word && word.length * LETTER < until - from - columns.turn - 8)
      .map(({ word, from }) => draw("text.on", { x: from + columns.turn / 2 + 6, y: y - 4 }, word));
    return [draw("g", { class: colour(task) }, lines, runs, labels, task ? sign(turns.at(-1), y, width) : [])];
  }

  // From a turn of a task to its next one, or to the end; nothing when the task has ended.
  function gap(index, next, width) {
    const turn = play.turns[index];
    if (OUTCOMES[turn.end]) return null;
    const kind = turn.end === "waits" ? "waits" : "ready";
    return { kind, from: x(index), until: next === undefined ? width - 14 : x(next), word: short(turn) };
  }

  // How a task has ended, after its last turn; or that it has not.
  function sign(index, y, width) {
    const { end } = play.turns[index];
    if (!OUTCOMES[end]) return draw("text.ended", { x: width - 6, y: y + 5 }, "▸");
    const held = play.held(index).map((block) => columns.xOfTime(block.start + block.seconds));
    return draw(
      `text.ended.${end}`,
      { x: Math.max(x(index) + columns.turn / 2, ...held) + 7, y: y + 5 },
      OUTCOMES[end],
    );
  }

  return { element, field, place, show };
}

/** A place, short enough to be written thousands of times. */
function px(place) {
  return place.toFixed(1);
}

/** What a task waits for, in few letters. */
function short(turn) {
  return turn.end === "waits" ? plain(turn.on).replace(/^asyncio\./, "") : "";
}

/** The tasks, each below the one that made it; then the callbacks. */
function inOrder(play) {
  const children = new Map();
  for (const task of play.tasks.values()) {
    const parent = play.tasks.has(task.parent) && task.parent !== task.name ? task.parent : null;
    if (!children.has(parent)) children.set(parent, []);
    children.get(parent).push(task);
  }
  const rows = [];
  const pending = [...(children.get(null) ?? [])].reverse().map((task) => ({ task, depth: 0 }));
  while (pending.length) {
    const row = pending.pop();
    rows.push(row);
    for (const task of [...(children.get(row.task.name) ?? [])].reverse()) pending.push({ task, depth: row.depth + 1 });
  }
  if (play.calls.length) rows.push({ task: null, depth: 0 });
  return rows;
}

function ruler(columns, width, height) {
  const parts = [];
  let free = -Infinity;
  const times = [...new Set([...columns.moments.map((moment) => moment.at), columns.end])];
  const last = columns.xOfTime(columns.end);
  for (const at of times) {
    const left = columns.xOfTime(at);
    const label = seconds(at);
    const room = label.length * 7 + 10;
    if (left < free || (at !== columns.end && left + room > last && at > 0)) continue;
    free = left + room;
    const edge = left + room > width;
    parts.push(
      draw("path.tick", { d: `M${left} ${RULER - 8}V${height}` }),
      draw("text.second", { x: edge ? width - 2 : left, y: 12, "text-anchor": edge ? "end" : "start" }, label),
    );
  }
  return parts;
}

function hatch() {
  return draw(
    "defs",
    draw(
      "pattern",
      { id: "hatch", width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
      draw("path.hatch", { d: "M0 0V6" }),
    ),
  );
}
