"""The scorecard as JUnit XML, for GitLab and every other server that reads it.

One test suite an exercise, one test case a criterion. GitLab shows ``classname`` as the suite, drops a
second test case of the same name, and prints the body of a failure; a report never fails a job by itself.
"""

from __future__ import annotations

import math
import re
from xml.etree import ElementTree

from kata.contract.scorecard import Criterion, ExerciseVerdict, Scorecard
from kata.reports import wording
from kata.reports.escape import visible

# What XML 1.0 cannot hold and `visible` lets through: the two non-characters of the basic plane.
_NOT_XML = re.compile("[\ufffe\uffff]")


def render(card: Scorecard) -> str:
    """The scorecard as an XML document with a final newline."""
    root = ElementTree.Element("testsuites", name="asyncio-kata")
    for verdict in card.exercises:
        root.append(_suite(verdict))
    for attribute in ("tests", "failures", "errors", "skipped"):
        root.set(attribute, str(sum(int(suite.get(attribute, "0")) for suite in root)))
    root.set("time", _seconds(card.seconds))
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _suite(verdict: ExerciseVerdict) -> ElementTree.Element:
    suite = ElementTree.Element("testsuite", name=_attribute(verdict.id))
    # A verdict may have no criteria, when it was never judged; the exercise itself is the test case then.
    criteria: list[Criterion | None] = [*verdict.criteria] or [None]
    seen: set[str] = set()
    for criterion in criteria:
        text = (criterion.text or criterion.test) if criterion else wording.name(verdict)
        case = ElementTree.SubElement(
            suite,
            "testcase",
            classname=_attribute(verdict.id),
            name=_unique(_attribute(text), seen),
            file=_attribute(wording.file(verdict)),
            time=_seconds(criterion.seconds if criterion else verdict.seconds),
        )
        _outcome(case, verdict, criterion)
    suite.set("tests", str(len(suite)))
    for attribute, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(attribute, str(len(suite.findall(f"testcase/{tag}"))))
    suite.set("time", _seconds(verdict.seconds))
    return suite


def _outcome(case: ElementTree.Element, verdict: ExerciseVerdict, criterion: Criterion | None) -> None:
    if verdict.status == "not_started":
        ElementTree.SubElement(case, "skipped", message="not started")
        return
    if criterion.passed if criterion else verdict.status == "passed":
        return
    tag = "failure" if verdict.status in ("failed", "passed") else "error"
    message = (criterion.message if criterion else "") or verdict.message or wording.STATUS[verdict.status]
    diagnoses = criterion.diagnoses if criterion else []
    summary = message.strip().splitlines()[0] if message.strip() else tag
    element = ElementTree.SubElement(case, tag, message=_attribute(summary), type=tag)
    lines = [message, *(f"{found.name}: {found.text}" for found in diagnoses)]
    element.text = _body("\n".join(lines))


def _unique(name: str, seen: set[str]) -> str:
    unique, copy = name, 1
    while unique in seen:
        copy += 1
        unique = f"{name} ({copy})"
    seen.add(unique)
    return unique


def _attribute(text: str) -> str:
    return _body(" ".join(text.split()))


def _body(text: str) -> str:
    return _NOT_XML.sub(lambda found: f"\\u{ord(found.group()):04x}", visible(text))


def _seconds(seconds: float) -> str:
    return f"{seconds:.3f}" if math.isfinite(seconds) else "0.000"
