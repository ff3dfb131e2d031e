// What was printed up to now.

import { colour, make, sign } from "./elements.js";
import { seconds } from "./words.js";

const SHOWN = 300;

/** The panel of a play's output; `show(state)` shows the lines that are there by then, or the last of many. */
export function outputPanel(play) {
  const { lines } = play.data;
  const box = make("ol.lines", { tabindex: "0", "aria-label": "Printed up to now" });
  const nothing = make("p.empty", "nothing yet");
  const element = make("section.panel.output", make("h3", "Printed"), nothing, box);
  let first = 0; // the box holds those from here
  let end = 0; // to before this one

  function line(index) {
    const { text, at, task: name, stream } = lines[index];
    const task = play.tasks.get(name);
    return make(
      "li",
      { class: `${colour(task)} ${stream === "stderr" ? "stderr" : ""}` },
      make("span.second", seconds(at)),
      task ? sign(task) : make("span.sign.nobody"),
      make("span.text", text),
    );
  }

  function show({ lines: many }) {
    if (many === end) return;
    const from = Math.max(0, many - SHOWN);
    if (from >= end || many <= first) {
      box.replaceChildren();
      first = end = from;
    }
    for (; end > many; end -= 1) box.lastChild.remove();
    for (; end < many; end += 1) box.append(line(end));
    for (; first > from; first -= 1) box.prepend(line(first - 1));
    for (; first < from; first += 1) box.firstChild.remove();
    nothing.hidden = many > 0;
    box.scrollTop = box.scrollHeight;
  }

  return { element, show };
}
