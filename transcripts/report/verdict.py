"""Verdicts of regression runs for machines: JUnit XML, and annotations for GitHub Actions."""

import re
from collections.abc import Sequence
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from agents.model import Frozen

_MOST_ANNOTATIONS = 10
"""GitHub shows so many of a kind for one step."""
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Judged(Frozen):
    """The verdict on one case: `pass`, `changed`, `worse`, or `error` when it could not be judged.

    `changes` say in words what differs. `file` and `line` are where the suite speaks of the case, the file as
    seen from the root of the repository; `seconds` how long it took, 0 where that is not told.
    """

    suite: str
    name: str
    verdict: str
    changes: tuple[str, ...] = ()
    file: str
    line: int = 1
    seconds: float = 0.0


def junit(judged: Sequence[Judged]) -> str:
    """JUnit XML: a test suite for each suite, a test case for each case; a change is a failure."""
    suites = []
    for suite, group in groupby(judged, key=lambda one: one.suite):
        cases = list(group)
        failed = sum(one.verdict in {"changed", "worse"} for one in cases)
        errors = sum(one.verdict == "error" for one in cases)
        seconds = sum(one.seconds for one in cases)
        suites.append(
            f'<testsuite name={_attribute(suite)} tests="{len(cases)}" failures="{failed}" '
            f'errors="{errors}" skipped="0" time="{seconds:.3f}">\n'
            + "".join(map(_case, cases))
            + "</testsuite>\n"
        )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n{"".join(suites)}</testsuites>\n'


def annotations(judged: Sequence[Judged]) -> str:
    """Workflow commands, one line each, for what did not pass: errors for worse, warnings for changed.

    GitHub shows ten of either kind for a step; what is more is told in one line.
    """
    lines = []
    for level, verdicts in (("error", {"worse", "error"}), ("warning", {"changed"})):
        told = [one for one in judged if one.verdict in verdicts]
        shown = told if len(told) <= _MOST_ANNOTATIONS else told[: _MOST_ANNOTATIONS - 1]
        lines += [_annotation(level, one) for one in shown]
        if len(told) > len(shown):
            rest = f"{len(told) - len(shown)} more cases are {' or '.join(sorted(verdicts))}: see the report."
            lines.append(f"::{level}::{_data(rest)}")
    return "".join(f"{line}\n" for line in lines)


def _case(one: Judged) -> str:
    opening = (
        f"<testcase classname={_attribute(one.suite)} name={_attribute(one.name)} "
        f'file={_attribute(one.file)} line="{one.line}" time="{one.seconds:.3f}"'
    )
    if one.verdict == "pass":
        return f"{opening}/>\n"
    kind = "error" if one.verdict == "error" else "failure"
    first = one.changes[0] if one.changes else one.verdict
    body = escape(_xml("\n".join(one.changes)))
    return f"{opening}><{kind} type={_attribute(one.verdict)} message={_attribute(first)}>{body}</{kind}></testcase>\n"


def _attribute(text: str) -> str:
    return quoteattr(_xml(text), {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def _xml(text: str) -> str:
    """`text` without what no XML document may hold, not even as a reference."""
    return _NOT_XML.sub("\ufffd", text)


def _annotation(level: str, one: Judged) -> str:
    title = f"{one.suite}: {one.name} is {one.verdict}"
    place = f"file={_property(one.file)},line={one.line},title={_property(title)}"
    return f"::{level} {place}::{_data(chr(10).join(one.changes) or title)}"


def _data(text: str) -> str:
    """The message of a workflow command; the runner takes back just these escapes."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
