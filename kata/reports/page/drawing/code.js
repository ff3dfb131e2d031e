// The program, with a mark at the line where every living task stands.

import { colour, make, sign } from "./elements.js";
import { tokens } from "./python.js";
import { list } from "./words.js";

const MARKS = 2;
const KINDS = { running: ["runs"], ready: ["is ready", "are ready"], waiting: ["waits", "wait"] };
const AFTER = {
  waits: ["stops here"],
  "gave way": ["stops here"],
  returned: ["ends here"],
  raised: ["fails here"],
  cancelled: ["ends here"],
};

/** The panel of a play's code; `show(state)` moves the marks. */
export function codePanel(play) {
  const { code, file, first_line: first } = play.data;
  const rows = tokens(code.replace(/\n$/, "")).map((line, index) => {
    const marks = make("span.marks");
    const stands = make("span.stands");
    const text = make(
      "code",
      line.map(([kind, part]) => (kind ? make("span", { class: kind }, part) : part)),
    );
    const element = make("li", { "data-line": first + index }, make("span.number", first + index), marks, text, stands);
    return { element, marks, stands };
  });
  const box = make(
    "ol.code",
    { tabindex: "0", "aria-label": `The code of ${file}` },
    rows.map((row) => row.element),
  );
  const element = make("section.panel.program", make("h3", make("span.file", file)), box);
  let touched = [];

  function show(state) {
    for (const row of touched) {
      row.element.className = "";
      row.element.removeAttribute("aria-current");
      row.marks.replaceChildren();
      row.stands.replaceChildren();
    }
    const at = new Map();
    for (const { line } of [...(state.active ? state.steps : []), ...state.marks]) at.set(line, []);
    for (const mark of state.marks) at.get(mark.line).push(mark);
    touched = [];
    for (const [line, marks] of at) {
      const row = rows[line - first];
      if (!row) continue;
      touched.push(row);
      mark(row, marks, state, line);
    }
    const current = rows[state.line - first];
    if (current) reveal(current.element);
  }

  function mark(row, marks, state, line) {
    const here = state.active && line === state.line;
    const ran = state.active && state.steps.some((step) => step.line === line);
    row.element.className = [here ? "here" : "", ran ? "ran" : "", here || ran ? colour(state.running) : ""]
      .join(" ")
      .trim();
    if (here) row.element.setAttribute("aria-current", "step");
    const sorted = [...marks].sort((one, other) => (other.state === "running") - (one.state === "running"));
    const shown = sorted.length > MARKS ? MARKS - 1 : MARKS;
    row.marks.append(...sorted.slice(0, shown).map(({ task, state: kind }) => sign(task, kind)));
    const more = sorted.length - shown;
    if (more > 0) row.marks.append(make("span.rest", more < 100 ? `+${more}` : "+…"));
    const words = Object.entries(KINDS).map(([kind, verbs]) => {
      const names = sorted.filter((each) => each.state === kind).map((each) => each.task.name);
      if (kind === "running" && state.whole) verbs = AFTER[state.turn.end] ?? verbs;
      return names.length ? `${list(names, 2)} ${verbs[names.length > 1 ? 1 : 0]}` : "";
    });
    row.stands.append(words.filter(Boolean).join(" · "));
  }

  // The box scrolls, the page does not.
  function reveal(row) {
    const top = row.offsetTop - box.offsetTop;
    const margin = row.offsetHeight * 3;
    if (top - margin < box.scrollTop) box.scrollTop = top - margin;
    else if (top + margin > box.scrollTop + box.clientHeight) box.scrollTop = top + margin - box.clientHeight;
  }

  return { element, show };
}
