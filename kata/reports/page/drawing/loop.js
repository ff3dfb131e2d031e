// The event loop as the texts describe it: who runs, the queue of those that are ready, the timers, who waits for what.

import { callback, colour, make, named } from "./elements.js";
import { OUTCOMES, begins, did, ends, plain, seconds, sentence, who } from "./words.js";

const MOST = 40;

/** The panels of a play's loop: `now` says who runs, `queues` who does not; `show(state, clock)` fills both. */
export function loopPanels(play) {
  const now = make("section.panel.now");
  const said = make("p.unseen", { "aria-live": "polite" });
  const queues = make("section.panel.queues");

  /** `clock` has `at`, `last` (nothing follows) and `quiet` (say nothing). */
  function show(state, clock) {
    now.className = `panel now ${state.active ? colour(state.running) : "nobody"}`;
    now.replaceChildren(...(state.active ? running(state, clock) : idle(state, clock)));
    if (!clock.quiet) said.textContent = spoken(state, clock);
    queues.replaceChildren(...parts(state));
  }

  function running(state, clock) {
    const { turn } = state;
    const name = state.running ? named(state.running) : callback(who(turn));
    const end = state.whole ? ends(turn) : "";
    return [
      make(
        "p.turn",
        `Event loop, turn ${turn.number.toLocaleString("en")} of ${play.turns.length.toLocaleString("en")}`,
        make("span.at", seconds(turn.at)),
      ),
      make("p.who", name, make("span.why", ` ${begins(turn)}`)),
      state.late > 1e-6 ? make("p.late", `${seconds(state.late)} after its timer was due`) : "",
      state.held.map(({ call, start, seconds: long }) =>
        make(
          "p.holds",
          `${call} holds the event loop for ${seconds(long)}, until ${seconds(start + long)}: nobody else runs`,
        ),
      ),
      state.whole ? "" : make("p.line", `is at line ${state.line}`, about(state) && ` of ${about(state)}`),
      state.deeds.length
        ? make(
            "ul.deeds",
            some(state.deeds, 6, (deed) => make("li", { class: deed.kind }, did(deed))),
          )
        : "",
      end
        ? make("p", { class: `end ${turn.end.replace(" ", "-")}` }, `${state.deeds.length ? "then it" : "it"} ${end}`)
        : "",
      over(state, clock),
      values(state),
    ]
      .flat()
      .filter(Boolean);
  }

  function idle(state, clock) {
    const next = play.turns[state.index + 1];
    const finished = !next;
    return [
      make(
        "p.turn",
        `Event loop, after turn ${state.turn.number.toLocaleString("en")}`,
        make("span.at", seconds(clock.at)),
      ),
      make("p.who", make("span.name", finished ? "Nothing follows" : "Nobody runs")),
      make("p.end", finished ? outcome() : `The loop sleeps until ${seconds(next.at)}.`),
    ];
  }

  function over(state, clock) {
    return clock.last && state.whole && state.index === play.turns.length - 1 ? make("p.over", outcome()) : "";
  }

  function outcome() {
    const { elapsed, outcome: result } = play.data;
    return `After ${seconds(elapsed)} the play ${result || "is over"}.`;
  }

  function spoken(state, clock) {
    if (!state.active)
      return idle(state, clock)
        .slice(1)
        .map((part) => part.textContent)
        .join(". ");
    if (state.whole) return [sentence(state.turn), over(state, clock)?.textContent].filter(Boolean).join(" ");
    return `Turn ${state.turn.number}, line ${state.line}: ${who(state.turn)}`;
  }

  function parts(state) {
    const { turn } = state;
    if (!state.active) return [group("Who waits for what", waits(state.waiting), "nobody"), done(state)];
    return [
      group("Ready queue", ready(state), "nobody is ready", "next first", "ready"),
      state.joining.length
        ? group(
            "Joins it in this turn",
            make(
              "ol.chips",
              some(state.joining, MOST, (task) => make("li", { class: colour(task) }, named(task))),
            ),
            "",
            "at the end",
            "joining",
          )
        : "",
      group("Timers", timers(turn), "none is set", "in order", "timers"),
      group(
        "Who waits for what",
        waits(state.waiting),
        "nobody",
        turn.ready_more ? "or stands further back in the queue" : "",
        "waiting",
      ),
      done(state),
    ].filter(Boolean);
  }

  function ready({ turn }) {
    const names = turn.ready.map((name) => {
      const task = play.tasks.get(name);
      return make("li", { class: colour(task) }, task ? named(task) : callback(plain(name)));
    });
    if (turn.ready_more) names.push(make("li.rest", `and ${turn.ready_more.toLocaleString("en")} more`));
    return names.length ? make("ol.chips", names) : null;
  }

  function timers(turn) {
    const rows = turn.timers.map((timer) =>
      make(
        "li",
        make("b.due", seconds(timer.due)),
        make("span.what", plain(timer.what)),
        make("span.left", timer.due > turn.at ? `in ${seconds(timer.due - turn.at)}` : "due"),
      ),
    );
    if (turn.timers_more) rows.push(make("li.rest", `and ${turn.timers_more.toLocaleString("en")} more`));
    return rows.length ? make("ol.rows", rows) : null;
  }

  function waits(waiting) {
    const rows = some(waiting, MOST, ({ task, turn }) =>
      make(
        "li",
        { class: colour(task) },
        named(task),
        make("span.what", turn ? ends(turn).replace(/^waits for /, "") : "its first turn"),
      ),
    );
    return rows.length ? make("ul.rows", rows) : null;
  }

  function done(state) {
    const rows = some(state.ended, MOST, ({ task, turn }) =>
      make(
        "li",
        { class: `${colour(task)} ${turn.end}`, title: ends(turn) },
        named(task),
        make("span.how", ` ${OUTCOMES[turn.end]} ${turn.end}`),
      ),
    );
    return rows.length ? group("Ended", make("ul.chips", rows), "", "", "ended") : "";
  }

  return { now, said, queues, show };
}

function about({ steps }) {
  return plain(steps.at(-1)?.function ?? "");
}

function values(state) {
  const { values: all } = state;
  if (!all.length) return "";
  return make(
    "div.values",
    make("h4", `Names in ${about(state)}`),
    make(
      "dl",
      some(all, MOST, ({ name, value, fresh }) =>
        make("div", { class: fresh ? "fresh" : "" }, make("dt", name), make("dd", value)),
      ),
    ),
  );
}

function group(title, content, empty, note = "", part = "") {
  return make(
    "div.group",
    { "data-part": part || false },
    make("h4", title, note ? make("small", note) : ""),
    content ?? make("p.empty", empty),
  );
}

/** The first of many, and a last row that counts the rest. */
function some(all, most, row) {
  const rows = all.slice(0, most).map(row);
  if (all.length > most) rows.push(make("li.rest", `and ${(all.length - most).toLocaleString("en")} more`));
  return rows;
}
