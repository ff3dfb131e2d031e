// The time line: a row for each task, time from left to right, and a cursor. A click goes to the turn that is nearest.

import { colour, draw, make, named } from "./elements.js";
import { OUTCOMES, plain, seconds } from "./words.js";

const HEIGHT = 30;
const RULER = 26;
const ROWS = 30;

/** The panel of a play's time line; `place()` draws it as wide as it is, `show(column)` moves the cursor. */
export function timelinePanel(play, number, columns, go) {
  const all = inOrder(play), shown = all.slice(0, ROWS);
  const names = make("ol", { class: "names" }, shown.map(({ task, depth }) =>
    make("li", { class: `${colour(task)} depth-${Math.min(depth, 4)}`, title: task?.name ?? "callbacks" },
      task ? named(task) : make("span", { class: "name callback" }, "callbacks"))));
  const height = RULER + shown.length * HEIGHT + 8;
  const drawing = draw("svg", { class: "drawing", height, "aria-hidden": "true" });
  const field = make("div", { class: "field" }, drawing);
  const element = make("section", { class: "panel timeline" }, make("h3", {}, "Timeline"),
    make("div", { class: "split" }, names, field),
    all.length > ROWS ? make("p", { class: "rest" }, `and ${(all.length - ROWS).toLocaleString("en")} more tasks`) : "");
  const cursor = draw("g", { class: "cursor" },
    draw("rect", { y: RULER - 6, height: height - RULER + 2, rx: 3 }), draw("path", { d: `M -5 ${RULER - 12} h 10 l -5 7 z` }));
  drawing.addEventListener("click", (event) => go(columns.nearest(event.clientX - drawing.getBoundingClientRect().left)));
  let at = 0;

  const x = (turn) => columns.x(columns.columnOf[number][turn]);

  function place(width) {
    drawing.setAttribute("width", width);
    drawing.replaceChildren(hatch(), ...ruler(columns, width, height), ...blocks(),
      ...shown.flatMap(({ task }, row) => bars(task, RULER + row * HEIGHT + HEIGHT / 2, width)), cursor);
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
      const turn = play.turnOf(block), right = columns.xOfTime(block.start + block.seconds);
      const left = turn >= 0 && play.turns[turn].at === block.start ? x(turn) : columns.xOfTime(block.start);
      const row = shown.findIndex(({ task }) => (task?.name ?? "") === (block.task ?? ""));
      const size = { x: left, width: Math.max(2, right - left) };
      const band = draw("rect", { class: "band", y: RULER - 4, height: height - RULER, ...size },
        draw("title", {}, `${block.call} holds the event loop for ${seconds(block.seconds)}`));
      if (row < 0) return [band];
      const y = RULER + row * HEIGHT + 6;
      const label = size.width > 70 ? draw("text", { class: "blocked", x: left + size.width / 2, y: y + 13 }, block.call) : "";
      return [band, draw("rect", { class: "block", y, height: HEIGHT - 12, rx: 2, ...size }), label].filter(Boolean);
    });
  }

  function bars(task, y, width) {
    const turns = task ? task.turns : play.calls;
    if (!turns.length) return [];
    const paths = { waits: "", ready: "", runs: "" }, labels = [];
    let drawn = -1;
    if (task && task.born >= 0 && task.born < turns[0]) paths.ready += `M${x(task.born)} ${y}H${x(turns[0])}`;
    turns.forEach((index, order) => {
      const turn = play.turns[index], from = x(index);
      if (Math.round(from * 2) !== drawn) paths.runs += `M${from.toFixed(1)} ${y - 7}v14`;
      drawn = Math.round(from * 2);
      const next = turns[order + 1];
      if (!task || OUTCOMES[turn.end]) return;
      const until = next === undefined ? width - 14 : x(next);
      if (until - from < 1) return;
      paths[turn.end === "waits" ? "waits" : "ready"] += `M${from.toFixed(1)} ${y}H${until.toFixed(1)}`;
      const room = until - from - columns.turn - 8, word = short(turn);
      if (word && word.length * 6.2 < room) labels.push(draw("text", { class: "on", x: from + columns.turn / 2 + 6, y: y - 4 }, word));
    });
    const last = play.turns[turns.at(-1)];
    const sign = task ? OUTCOMES[last.end] ?? "▸" : "";
    const over = Math.max(x(turns.at(-1)) + columns.turn / 2, ...play.held(turns.at(-1)).map((block) => columns.xOfTime(block.start + block.seconds)));
    const end = sign ? [draw("text", { class: `ended ${last.end}`, x: OUTCOMES[last.end] ? over + 7 : width - 6, y: y + 5 }, sign)] : [];
    const lines = Object.entries(paths).filter(([, path]) => path)
      .map(([kind, path]) => draw("path", { class: kind, d: path, "stroke-width": kind === "runs" ? Math.max(2, Math.min(10, columns.turn - 4)) : false }));
    return [draw("g", { class: colour(task) }, lines, labels, end)];
  }

  return { element, field, place, show };
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
    children.set(parent, [...children.get(parent) ?? [], task]);
  }
  const rows = [], pending = [...children.get(null) ?? []].reverse().map((task) => ({ task, depth: 0 }));
  while (pending.length) {
    const row = pending.pop();
    rows.push(row);
    for (const task of [...children.get(row.task.name) ?? []].reverse()) pending.push({ task, depth: row.depth + 1 });
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
    const left = columns.xOfTime(at), label = seconds(at), room = label.length * 7 + 10;
    if (left < free || (at !== columns.end && left + room > last && at > 0)) continue;
    free = left + room;
    const edge = left + room > width;
    parts.push(draw("path", { class: "tick", d: `M${left} ${RULER - 8}V${height}` }),
      draw("text", { class: "second", x: edge ? width - 2 : left, y: 12, "text-anchor": edge ? "end" : "start" }, label));
  }
  return parts;
}

function hatch() {
  return draw("defs", {}, draw("pattern", { id: "hatch", width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
    draw("path", { class: "hatch", d: "M0 0V6" })));
}
