"""Printed tracebacks, each made into one line that says what failed, with what, and in which of the learner's lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from kata.contract.run import Line

__all__ = ["digested", "without_unretrieved"]

_HEADS = (
    (re.compile(r"Task exception was never retrieved"), "a task failed, and nobody looked at it"),
    (re.compile(r"\w*Future exception was never retrieved"), "a future failed, and nobody looked at it"),
    (re.compile(r"Exception in callback"), "a callback failed"),
    (re.compile(r"Exception in thread"), "a thread failed"),
    (re.compile(r"Exception ignored in"), "an exception was ignored"),
    (re.compile(r"unhandled exception during asyncio.run\(\) shutdown"), "a task failed while it was cleared away"),
    (re.compile(r"Task was destroyed but it is pending"), "a task was thrown away before it had ended"),
    (re.compile(r"(  [+|] )?(Exception Group )?Traceback \(most recent call last\)"), "an exception"),
)
"""How what Python prints of an exception begins, and what is said instead."""

_UNRETRIEVED = tuple(words for _, words in _HEADS[:3])

_FIELD = re.compile(r"(future|task|handle|protocol|transport|socket|source_traceback|object|context): ")
_MORE = ("The above exception was the direct cause", "During handling of the above exception")
_PLACE = re.compile(r'\s*[|+]?\s*File "([^"]+)", line (\d+)')
_ERROR = re.compile(r"(?:\s*[|+] )?([A-Za-z_][\w.]*)(: .*)?$")


def digested(lines: Sequence[Line]) -> list[Line]:
    """Printed lines with every traceback on standard error made into one."""
    kept: list[Line] = []
    index = 0
    while index < len(lines):
        line = lines[index]
        said = _said(line)
        if not said:
            kept.append(line)
            index += 1
            continue
        length, text = _digest(said, [each.text for each in _block(lines, index)])
        kept.append(msgspec.structs.replace(line, text=text))
        index += length
    return kept


def without_unretrieved(lines: Sequence[Line]) -> list[Line]:
    """Digested lines without those that say that nobody looked at an error, where that is told elsewhere."""
    return [line for line in lines if line.stream != "stderr" or not line.text.startswith(_UNRETRIEVED)]


def _said(line: Line) -> str:
    if line.stream != "stderr":
        return ""
    return next((words for begins, words in _HEADS if begins.match(line.text)), "")


def _block(lines: Sequence[Line], first: int) -> Iterator[Line]:
    """The lines from ``first`` on that may belong to one traceback."""
    for number, line in enumerate(lines[first:]):
        if line.stream != "stderr" or (number and _said(line) and "Traceback" not in line.text):
            return
        yield line


def _digest(said: str, texts: list[str]) -> tuple[int, str]:
    """How many of the lines the traceback takes, and what to say of it."""
    place, error, length = "", "", 1
    traced, chained = "Traceback" in texts[0], False
    for number, text in enumerate(texts[1:], 1):
        found, named = _PLACE.match(text), _ERROR.match(text)
        follows = _follows(texts[number + 1 : number + 3])
        if found is not None:
            place = f", line {found[2]}" if not found[1].startswith(("/", "<")) and found[1][1:2] != ":" else place
        elif text.startswith(("Traceback", "  + Exception Group Traceback")):
            if error and not chained:
                break
            traced, chained, error = True, False, ""
        elif text.startswith(_MORE):
            chained = True
        elif named is not None and (traced or named[1].endswith("Error")):
            error = error or (named[1].rpartition(".")[2] + (named[2] or "")).strip()
        elif text.strip() and not text[0].isspace() and not _FIELD.match(text):
            break
        length = number + 1
        if error and traced and not chained and not follows:
            break
    return length, f"{said}{f': {error}' if error else ''}{place}"


def _follows(lines: list[str]) -> bool:
    """Whether lines after an error belong to its traceback still: another one that it led to, or a group's members."""
    return any(text.startswith(_MORE) for text in lines) or bool(lines and lines[0][:1].isspace())
