// The sentences: what is seen on the page, said in words. Everything here takes plain data and gives text.

/** The signs of how tasks end. */
export const OUTCOMES = { returned: "✓", raised: "✗", cancelled: "⊘" };

/** Virtual seconds, as short as they can be told exactly enough. */
export function seconds(value) {
  const rounded = Math.round(value * 1e6) / 1e6;
  return `${rounded.toLocaleString("en", { maximumFractionDigits: 6, useGrouping: false })} s`;
}

/** "1 task", "2 tasks". */
export function count(number, thing) {
  return `${number.toLocaleString("en")} ${thing}${number === 1 ? "" : "s"}`;
}

const WHY = {
  timer: "its timer has run out",
  future: "what it waited for is there",
  call_soon: "call_soon put it into the queue",
  event: "something arrived from outside",
  thread: "a thread called for it",
  "gave way": "it had let others go first",
};

/** Who has the turn and why: "goes on, as its sleep is over". */
export function begins(turn) {
  const { why, because } = turn;
  if (why === "created") return because ? `begins, made by ${plain(because)}` : "begins";
  if (why === "cancelled") return ["goes on, as it was cancelled", plain(because)].filter(Boolean).join(" ");
  // A callback is named after the timer that called it, or after the end of a task: "gather: fetch-1 ended".
  const named = turn.callback && (because === turn.callback || /: .* ended$/.test(turn.callback));
  if (named && turn.why === "future") return "is called";
  const reason = because && !named ? plain(because).replace(/^sleep is/, "its sleep is") : WHY[why];
  return [turn.who ? "goes on" : "is called", reason && `as ${reason}`].filter(Boolean).join(", ");
}

/** How a turn ends: "waits for asyncio.sleep(1)"; empty for a callback that simply ran. */
export function ends(turn) {
  switch (turn.end) {
    case "waits":
      return `waits for ${plain(turn.on) || list(turn.on_tasks) || "something"}`;
    case "gave way":
      return "lets others go first, and is ready again";
    case "returned":
      return "returns";
    case "raised":
      return `fails with ${turn.error || "an error"}`;
    case "cancelled":
      return "ends as cancelled";
    default:
      return turn.error ? `fails with ${turn.error}` : "";
  }
}

/** A thing that a turn did: "makes the task fetch-1". */
export function did(deed) {
  switch (deed.kind) {
    case "task":
      return `makes the task ${deed.what}`;
    case "future":
      return `sets the result of ${plain(deed.what)}`;
    case "cancel":
      return `asks for ${deed.what} to be cancelled`;
    case "print":
      return `prints “${deed.what}”`;
    case "timer":
      return `sets a timer for ${seconds(deed.due ?? 0)}: ${plain(deed.what)}`;
    default:
      return `puts ${plain(deed.what)} into the ready queue`;
  }
}

/** A recorder's words without the parts of names that only who wrote asyncio needs. */
export function plain(text) {
  return text.replaceAll(".__aexit__", "").replaceAll(".__aenter__", "").replaceAll(".<locals>", "");
}

/** The name of what has a turn. */
export function who(turn) {
  return turn.who || plain(turn.callback) || "a callback";
}

/** A whole turn as one sentence, for those who listen and for the table. */
export function sentence(turn) {
  const end = ends(turn);
  const deeds = turn.deeds.slice(0, 4).map(did);
  if (turn.deeds.length > 4) deeds.push(`does ${turn.deeds.length - 4} more things`);
  const after = end
    ? `; ${deeds.length ? "it " + deeds.join(", ") + "; " : ""}then it ${end}`
    : deeds.length
      ? `; it ${deeds.join(", ")}`
      : "";
  return `Turn ${turn.number} at ${seconds(turn.at)}: ${who(turn)} ${begins(turn)}${after}.`;
}

/** "a, b and 3 more". */
export function list(names, most = 3) {
  const shown = names.slice(0, most);
  const rest = names.length - shown.length;
  if (rest) return `${shown.join(", ")} and ${rest} more`;
  return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}
