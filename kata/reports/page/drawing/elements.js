// Elements of a page. Whatever a learner's program said gets into the page here, as text and never as HTML.

const SVG = "http://www.w3.org/2000/svg";
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Text with every control or invisible character shown as an escape; line ends and tabs stay. */
export function visible(text) {
  return String(text).replace(HIDDEN, (character) =>
    character === "\n" || character === "\t" ? character : "\\u" + character.charCodeAt(0).toString(16).padStart(4, "0"));
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "click") element.addEventListener("click", value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== undefined) element.setAttribute(name, visible(value));
  }
  for (const child of children.flat()) {
    if (child === null || child === undefined || child === "") continue;
    element.append(child instanceof Node ? child : visible(child));
  }
  return element;
}

/** An element with attributes (`click` is a listener) and children, which are elements or text. */
export function make(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** The same for a part of a drawing. */
export function draw(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

/** The sign of a task: its colour and its letters, which are the same wherever it is named. */
export function sign(task, kind = "") {
  return make("span", { class: `sign ${colour(task)} ${kind}`, "aria-hidden": "true" }, task.tag);
}

/** A task with its sign and its name. */
export function named(task) {
  return make("span", { class: "named" }, sign(task), make("span", { class: "name" }, task.name),
    task.more ? make("span", { class: "more" }, " " + task.more) : "");
}

/** The class that gives an element the colour of a task. */
export function colour(task) {
  return task ? `task-${task.colour}` : "nobody";
}
