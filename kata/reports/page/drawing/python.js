// The colours of Python's words. Tokens by one expression; a text over several lines is cut into its lines.

const KEYWORDS = new Set(
  (
    "and as assert async await break class continue def del elif else except False finally for from " +
    "global if import in is lambda None nonlocal not or pass raise return True try while with yield"
  ).split(" "),
);
const COMMENT = /(#[^\n]*)/;
const TEXT = /([rbfuRBFU]{0,2}(?:"""[^]*?(?:"""|$)|'''[^]*?(?:'''|$)|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?))/;
const WORD = /([A-Za-z_]\w*)/;
const DIGITS = /(\d[\w.]*)/;
const TOKEN = new RegExp([COMMENT, TEXT, WORD, DIGITS, /([^])/].map((each) => each.source).join("|"), "gu");

function kind([, comment, text, word, number]) {
  if (comment) return "comment";
  if (text) return "text";
  if (word === "await" || word === "async") return "await";
  if (word) return KEYWORDS.has(word) ? "keyword" : "";
  return number ? "digits" : "";
}

/** The lines of a program, each a list of `[kind, text]` whose kind is a class, or empty. */
export function tokens(code) {
  const lines = [[]];
  for (const found of code.matchAll(TOKEN)) {
    const sort = kind(found);
    found[0].split("\n").forEach((part, index) => {
      if (index) lines.push([]);
      const line = lines.at(-1);
      if (!part) return;
      if (line.length && line.at(-1)[0] === sort) line.at(-1)[1] += part;
      else line.push([sort, part]);
    });
  }
  return lines;
}
