// All turns as a table, for reading from top to bottom and for printing. It is made when somebody wants it.

import { make } from "./elements.js";
import { begins, did, ends, list, seconds, who } from "./words.js";

const HEADS = ["Turn", "At", "Runs", "Why", "Lines", "What it does", "Then it", "Ready", "Timers"];

/** The table of a play's turns, folded up; `over` is the signal after which nobody will print it. */
export function turnsTable(play, over) {
  const element = make("details.turns", make("summary", "All turns as a table"));
  function build() {
    if (element.childElementCount > 1) return;
    element.append(
      make(
        "div.wide",
        make(
          "table",
          make(
            "thead",
            make(
              "tr",
              HEADS.map((head) => make("th", { scope: "col" }, head)),
            ),
          ),
          make("tbody", play.turns.map(row)),
        ),
      ),
    );
  }
  element.addEventListener("toggle", build);
  const print = () => {
    build();
    element.open = true;
  };
  addEventListener("beforeprint", print, { signal: over });
  return element;
}

function row(turn) {
  const ready = turn.ready.concat(turn.ready_more ? [`${turn.ready_more} more`] : []);
  const timers = turn.timers.map((timer) => `${seconds(timer.due)} ${timer.what}`);
  return make(
    "tr",
    [
      turn.number,
      seconds(turn.at),
      who(turn),
      begins(turn),
      turn.steps.map((step) => step.line).join(" "),
      turn.deeds.map(did).join("; "),
      ends(turn),
      list(ready, 8),
      list(timers, 8),
    ].map((text) => make("td", text)),
  );
}
