// Buttons, keys and the clock that plays. They know nothing of plays: they say where to go.

import { make } from "./elements.js";

const SPEEDS = [
  { text: "a line each second", line: true, wait: 1000 },
  { text: "4 lines a second", line: true, wait: 250 },
  { text: "a turn every 2 s", wait: 2000 },
  { text: "a turn each second", wait: 1000 },
  { text: "3 turns a second", wait: 333 },
  { text: "10 turns a second", wait: 100 },
  { text: "50 turns a second", wait: 20 },
];
const THEMES = ["light dark", "light", "dark"];

/**
 * The bar of controls.
 *
 * @param moves what they do: `turn(n)`, `line(n)`, `go(column)`, `atEnd()`, and `columns`, how many there are
 * @param over  the signal after which no keys are heard
 */
export function controls(moves, over) {
  let timer = null;
  let speed = 3;
  let theme = 0;
  const button = (text, label, key, click, kind = "") =>
    make("button", { type: "button", title: `${label} (${key})`, "aria-label": label, class: kind, click }, text);
  const play = button("▶ Play", "Play", "space", toggle, "toggle");
  const range = make("input", {
    type: "range",
    class: "where",
    min: 0,
    max: Math.max(0, moves.columns - 1),
    value: 0,
    "aria-label": "Turn",
  });
  const choice = make(
    "select",
    { "aria-label": "Speed" },
    SPEEDS.map(({ text }, index) => make("option", { value: index, selected: index === speed }, text)),
  );
  const help = helpBox();
  const bar = make(
    "nav.controls",
    { "aria-label": "Steps" },
    make(
      "div.steps",
      button("«", "First turn", "home", () => moves.go(0)),
      button("← Turn", "Back by a turn", "←", () => moves.turn(-1)),
      button("‹ Line", "Back by a line", ",", () => moves.line(-1)),
      button("Line ›", "On by a line", ".", () => moves.line(1)),
      button("Turn →", "On by a turn", "→", () => moves.turn(1), "strong"),
      button("»", "Last turn", "end", () => moves.go(moves.columns - 1)),
    ),
    range,
    make(
      "div.playing",
      play,
      choice,
      button("◐", "Light or dark", "d", dark, "theme"),
      button("?", "Keys", "?", () => help.showModal(), "help"),
    ),
    help,
  );

  function toggle() {
    if (timer !== null) return stop();
    if (moves.atEnd()) moves.go(0);
    play.textContent = "❚❚ Pause";
    play.setAttribute("aria-label", "Pause");
    run();
  }

  function run() {
    timer = setTimeout(() => {
      if (SPEEDS[speed].line) moves.line(1);
      else moves.turn(1);
      if (moves.atEnd()) stop();
      else run();
    }, SPEEDS[speed].wait);
  }

  function stop() {
    if (timer === null) return;
    clearTimeout(timer);
    timer = null;
    play.textContent = "▶ Play";
    play.setAttribute("aria-label", "Play");
    moves.say();
  }

  function faster(by) {
    speed = Math.min(SPEEDS.length - 1, Math.max(0, speed + by));
    choice.value = speed;
  }

  function dark() {
    const isDark = matchMedia("(prefers-color-scheme: dark)").matches;
    theme = theme ? 0 : isDark ? 1 : 2; // what the system does not show, then back
    document.documentElement.style.colorScheme = THEMES[theme];
  }

  const keys = {
    ArrowRight: () => moves.turn(1),
    ArrowLeft: () => moves.turn(-1),
    ".": () => moves.line(1),
    ",": () => moves.line(-1),
    Home: () => moves.go(0),
    End: () => moves.go(moves.columns - 1),
    " ": toggle,
    "+": () => faster(1),
    "-": () => faster(-1),
    d: dark,
    "?": () => help.showModal(),
  };
  function press(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || help.open || event.target.closest?.("select")) return;
    if (event.key === " " && event.target.closest?.("button, summary")) return;
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }
  addEventListener("keydown", press, { signal: over });
  over.addEventListener("abort", () => clearTimeout(timer));
  range.addEventListener("input", () => moves.go(Number(range.value)));
  choice.addEventListener("change", () => {
    speed = Number(choice.value);
  });

  return {
    element: bar,
    isPlaying: () => timer !== null,
    show: (column, text) => {
      range.value = column;
      range.setAttribute("aria-valuetext", text);
    },
  };
}

function helpBox() {
  const keys = [
    ["→  ←", "on and back by a turn"],
    [".  ,", "on and back by a line"],
    ["Home  End", "first and last turn"],
    ["Space", "play and pause"],
    ["+  -", "faster and slower"],
    ["d", "light or dark"],
    ["?", "these keys"],
    ["Esc", "close"],
  ];
  const box = make(
    "dialog.keys",
    { "aria-label": "Keys" },
    make("h2", "Keys"),
    make(
      "dl",
      keys.map(([key, does]) => make("div", make("dt", make("kbd", key)), make("dd", does))),
    ),
    make(
      "p",
      "A click on the timeline goes to that turn. A turn is what one task does from the moment it goes on until it " +
        "waits again; nobody comes in between.",
    ),
    make("form", { method: "dialog" }, make("button", "Close")),
  );
  return box;
}
