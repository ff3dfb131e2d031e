// One play, and how things stood in each of its turns. Plain data in, plain data out: nothing here knows a page.

const COLOURS = 8;
// What the document leaves out of a turn is as here.
const ABSENT = {
  callback: "",
  why: "call_soon",
  because: "",
  ready: [],
  ready_more: 0,
  timers: [],
  timers_more: 0,
  steps: [],
  steps_cut: false,
  deeds: [],
  end: "ran",
  on: "",
  on_tasks: [],
  line: 0,
  function: "",
  error: "",
};
const LOOK_BACK = 100;
const OVER = new Set(["returned", "raised", "cancelled"]);

/** What the page asks of a play: its tasks, and `at(turn, step)`. */
export class Play {
  #blocks = new Map();

  constructor(data) {
    this.data = data;
    this.turns = data.turns.map((turn) => ({ ...ABSENT, ...turn }));
    this.tasks = new Map();
    for (const task of data.tasks) this.#add(task.name, task);
    this.turns.forEach((turn, index) => {
      if (turn.who) this.#add(turn.who, { coroutine: turn.function }).turns.push(index);
      for (const name of turn.ready) this.#born(name, index);
    });
    this.turns.forEach((turn, index) => {
      for (const { kind, what } of turn.deeds) {
        const task = kind === "task" ? this.tasks.get(what) : undefined;
        if (task) task.born = Math.min(task.born ?? Infinity, index);
      }
    });
    this.printedIn = this.#printedIn(data.lines);
    for (const task of this.tasks.values()) task.born ??= task.turns[0] ?? Infinity;
    this.calls = this.turns.flatMap((turn, index) => (turn.who ? [] : [index]));
    for (const block of data.blocks) {
      const index = this.turnOf(block);
      this.#blocks.set(index, [...this.held(index), block]);
    }
    this.#tag();
  }

  #add(name, { coroutine = "", parent = null, ended = null, outcome = "" }) {
    if (!this.tasks.has(name)) {
      const colour = this.tasks.size % COLOURS;
      const more = /^Task-\d+$/.test(name) ? coroutine : "";
      this.tasks.set(name, { name, coroutine, more, parent, ended, outcome, colour, turns: [] });
    }
    return this.tasks.get(name);
  }

  #born(name, index) {
    const task = this.tasks.get(name);
    if (task && task.born === undefined && !task.turns.length) task.born = index - 1;
  }

  /** Short signs that tell tasks apart without their colours: main M, fetch-1 and fetch-2 F1 and F2. */
  #tag() {
    const letter = ({ name, more }) => ((more || name).match(/[\p{L}\p{N}]/u)?.[0] ?? "•").toUpperCase();
    const many = new Map();
    for (const task of this.tasks.values()) many.set(letter(task), (many.get(letter(task)) ?? 0) + 1);
    const taken = new Set();
    const free = new Map(); // for each letter the first number that may be
    for (const task of this.tasks.values()) {
      const first = letter(task);
      const number = many.get(first) > 1 ? (task.name.match(/(?<=.)\d+$/)?.[0] ?? "") : "";
      task.tag = first + number;
      for (let next = free.get(first) ?? 2; taken.has(task.tag); next += 1) {
        task.tag = first + next;
        free.set(first, next + 1);
      }
      taken.add(task.tag);
    }
  }

  /** The index of the last turn that a task had up to one, or -1. */
  #last(task, index) {
    let low = 0;
    let high = task.turns.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (task.turns[middle] <= index) low = middle + 1;
      else high = middle;
    }
    return low ? task.turns[low - 1] : -1;
  }

  /**
   * How things stand in a turn.
   *
   * @param index  which turn, from 0
   * @param step   which of its lines is about to run; the turn as a whole when there are no more
   * @param active false when the turn is over and the clock has gone on
   */
  at(index, step = Infinity, active = true) {
    const turn = this.turns[index];
    const whole = step >= turn.steps.length;
    const steps = whole ? turn.steps : turn.steps.slice(0, step + 1);
    const running = active ? (this.tasks.get(turn.who) ?? null) : null;
    const ready = new Set(active ? turn.ready : []);
    const done = whole ? [] : doneAt(turn);
    const deeds = whole ? turn.deeds : turn.deeds.filter((_, number) => done[number] < step);
    const joining = [];
    const waiting = [];
    const ended = [];
    const marks = [];
    for (const task of this.tasks.values()) {
      if (task === running || task.born > index) continue;
      const after = this.turns[this.#last(task, index)];
      if (after && OVER.has(after.end)) {
        ended.push({ task, turn: after });
        continue;
      }
      if (!after && task.born === index && active) {
        if (deeds.some((deed) => deed.kind === "task" && deed.what === task.name)) joining.push(task);
        continue;
      }
      const state = ready.has(task.name) ? "ready" : "waiting";
      // Of a long queue only the first are named; who did not wait stands further back in it.
      const further = state === "waiting" && turn.ready_more > 0 && after?.end !== "waits";
      if (after?.line) marks.push({ task, line: after.line, state: further ? "ready" : state });
      if (state === "waiting" && !further) waiting.push({ task, turn: after });
    }
    const line = whole ? turn.line || turn.steps.at(-1)?.line || 0 : turn.steps[step].line;
    if (running && line) marks.push({ task: running, line, state: "running" });
    return {
      turn,
      index,
      whole,
      active,
      running,
      line,
      steps,
      deeds,
      joining,
      waiting,
      ended,
      marks,
      held: this.held(index).filter((block) => whole || steps.slice(0, -1).some((each) => each.line === block.line)),
      late: this.late(index),
      values: active ? this.#values(index, steps) : [],
      lines: this.#printed(index, whole, step),
    };
  }

  /** The blocks of a turn: while one lasts, the clock goes on and nobody else runs. */
  held(index) {
    return this.#blocks.get(index) ?? [];
  }

  /** The index of the turn in which a block was: the last that its task, or a callback, had begun by then; or -1. */
  turnOf(block) {
    const turns = this.tasks.get(block.task)?.turns ?? this.calls;
    return turns.findLast((index) => this.turns[index].at <= block.start) ?? -1;
  }

  /** How many seconds after its timer was due something is called; 0 when that cannot be told. */
  late(index) {
    const turn = this.turns[index];
    if (turn.why !== "timer") return 0;
    const label = turn.callback || `sleep of ${turn.who}`;
    for (let before = index - 1; before >= Math.max(0, index - LOOK_BACK); before -= 1) {
      const { deeds, timers } = this.turns[before];
      const set =
        deeds.find((deed) => deed.kind === "timer" && deed.what === label) ?? timers.find(({ what }) => what === label);
      if (set) return Math.max(0, turn.at - set.due);
    }
    return 0;
  }

  /** The names of the running function with their values; a name that is gone has an empty one, and is left out. */
  #values(index, steps) {
    const task = this.tasks.get(this.turns[index].who);
    const about = steps.at(-1)?.function;
    if (!task || !about) return [];
    const values = new Map();
    const fresh = steps.at(-1).changed ?? {};
    const entry = this.#entry(task, about);
    const collect = (some) =>
      some.findLast((step) => {
        if (step.function !== about) return false;
        for (const [name, value] of Object.entries(step.changed ?? {})) if (!values.has(name)) values.set(name, value);
        return isFirstOfCall(step, entry);
      });
    let turn = task.turns.lastIndexOf(index);
    for (let begun = collect(steps); !begun && turn > 0;) begun = collect(this.turns[task.turns[(turn -= 1)]].steps);
    return [...values]
      .map(([name, value]) => ({ name, value, fresh: Object.hasOwn(fresh, name) }))
      .filter(({ value }) => value !== "")
      .sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  /** The first step of a function in a task. */
  #entry(task, about) {
    for (const index of task.turns) {
      const step = this.turns[index].steps.find((each) => each.function === about);
      if (step) return step;
    }
    return undefined;
  }

  /** How many of the printed lines are there by now. */
  #printed(index, whole, step) {
    const { turns, printedIn: printed } = this;
    if (whole && index === turns.length - 1) return printed.length;
    const number = turns[index].number;
    let low = 0;
    let high = printed.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (printed[middle] < number + (whole ? 1 : 0)) low = middle + 1;
      else high = middle;
    }
    if (whole) return low;
    const done = doneAt(turns[index]);
    const prints = turns[index].deeds.filter((deed, at) => deed.kind === "print" && done[at] < step).length;
    return low + printed.slice(low, low + prints).filter((turn) => turn === number).length;
  }

  /** For each printed line the number of the turn with which it appears: what no turn printed comes with the next. */
  #printedIn(lines) {
    let number = 0;
    let next = 0;
    return lines.map(({ turn, at }) => {
      while (next < this.turns.length && this.turns[next].at < at) next += 1;
      number = Math.max(number, turn || (this.turns[next]?.number ?? Infinity));
      return number;
    });
  }
}

/** True for the first step of a call: at the line where the first call began, with values for all of its arguments. */
function isFirstOfCall(step, entry) {
  const names = Object.keys(entry.changed ?? {});
  return step.line === entry.line && names.length > 0 && names.every((name) => Object.hasOwn(step.changed ?? {}, name));
}

/** For each deed of a turn the step whose line did it, or the one before it where that cannot be told. */
function doneAt(turn) {
  let at = 0;
  return turn.deeds.map((deed) => {
    const found = deed.line ? turn.steps.findIndex((step, number) => number >= at && step.line === deed.line) : -1;
    if (found >= 0) at = found;
    return at;
  });
}
