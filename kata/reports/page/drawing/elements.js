// Elements of a page. Whatever a learner's program said gets into the page here, as text and never as HTML.

const SVG = "http://www.w3.org/2000/svg";
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Text with every control or invisible character shown as an escape; line ends and tabs stay. */
export function visible(text) {
  return String(text).replace(HIDDEN, (character) =>
    character === "\n" || character === "\t"
      ? character
      : "\\u" + character.charCodeAt(0).toString(16).padStart(4, "0"),
  );
}

function build(element, classes, parts) {
  if (classes.length) element.setAttribute("class", classes.join(" "));
  for (const part of parts.flat()) {
    if (part instanceof Node) element.append(part);
    else if (typeof part === "object" && part !== null) setAll(element, part);
    else if (part !== null && part !== undefined && part !== false && part !== "") element.append(visible(part));
  }
  return element;
}

function setAll(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "click") element.addEventListener("click", value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== undefined) element.setAttribute(name, visible(value));
  }
}

/**
 * An element, such as `make("p.note", { title: "why" }, "some text", make("b", "more"))`.
 *
 * @param tag   its name, and classes after points
 * @param parts attributes (`click` is a listener), other elements, text, or lists of them
 */
export function make(tag, ...parts) {
  const [name, ...classes] = tag.split(".");
  return build(document.createElement(name), classes, parts);
}

/** The same for a part of a drawing. */
export function draw(tag, ...parts) {
  const [name, ...classes] = tag.split(".");
  return build(document.createElementNS(SVG, name), classes, parts);
}

/** The sign of a task: its colour and its letters, which are the same wherever it is named. */
export function sign(task, kind = "") {
  return make("span", { class: `sign ${colour(task)} ${kind}`, "aria-hidden": "true" }, task.tag);
}

/** A task with its sign and its name. */
export function named(task) {
  return make(
    "span.named",
    sign(task),
    make("span.name", task.name),
    task.more ? make("span.more", " " + task.more) : "",
  );
}

/** A callback that is no step of a task. */
export function callback(name) {
  const mark = make("span.sign.nobody", { "aria-hidden": "true", title: "a callback" }, "ƒ");
  return make("span.named", mark, make("span.name.callback", name));
}

/** The class that gives an element the colour of a task. */
export function colour(task) {
  return task ? `task-${task.colour}` : "nobody";
}
