"""Check the knowledge base and show its balance: `python -m agents.knowledge.lint [CONCEPT ...]`.

Errors break the build; warnings say where a debate would be thin: a role that has nothing to say for or
against a concept, a point that nothing answers, an objection that nothing would ease.
"""

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from agents.errors import JemaaError
from agents.knowledge.load import FOLDER, LANGUAGES, concept, concept_names, read_yaml, terms, vocabulary
from agents.knowledge.model import Both, Concept
from agents.knowledge.pattern import parse_cue
from agents.roles.load import load_charters

_MARK = re.compile(r"\{([^{}]*)\}")
_INFINITIVE = re.compile(r"^(ne pas |n'|s'|se |y |en )?\w+(er|ir|re|oir)\b")
_DIGITS = re.compile(r"\d")
_CARES = 0.4
"""From this weight on a role is expected to have something to say about an indicator."""


class Finding(NamedTuple):
    """Something wrong (`error`) or thin (`warning`) in one concept."""

    concept: str
    place: str
    text: str
    error: bool = True


def _prose(text: str, language: str, marks: bool) -> Iterator[str]:
    for mark in _MARK.findall(text):
        forms = mark.split("|")
        if not marks:
            yield f"number mark {{{mark}}} where none is allowed"
        elif len(forms) != 2 and not (language == "fr" and len(forms) == 4):
            yield f"mark {{{mark}}} needs singular|plural"
    bare = _MARK.sub("", text)
    if "{" in bare or "}" in bare:
        yield "unbalanced braces"
    if _DIGITS.search(bare):
        yield "a number: figures come from texts and charters, never from the knowledge base"
    if text[:1].isupper() and not re.match(r"(\w*[A-Z]\w*[A-Z]|State|I\b)", text):
        yield "begins with a capital"
    if text.rstrip().endswith((".", ";", ",", ":")):
        yield "ends with punctuation"
    if "  " in text or text != text.strip():
        yield "stray spaces"
    if any(quote in text for quote in "’“”"):
        yield "use the straight apostrophe and no quotation marks"


def _cues(place: str, cues: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, str]]:
    for language, patterns in cues.items():
        for pattern in patterns:
            try:
                parse_cue(pattern)
            except JemaaError as error:
                yield f"{place}.{language}", error.message


def _errors(item: Concept) -> Iterator[tuple[str, str]]:
    words = vocabulary()

    def indicators(place: str, names: Iterable[str]) -> Iterator[tuple[str, str]]:
        for name in names:
            if name not in words.indicators:
                yield place, f"unknown indicator {name!r}; known: {', '.join(words.indicators)}"

    def exists(place: str, reference: str, part: str) -> Iterator[tuple[str, str]]:
        owner, _, name = reference.rpartition(".")
        if owner and owner not in concept_names():
            yield place, f"unknown concept in {reference!r}"
        elif name not in getattr(concept(owner) if owner else item, part):
            yield place, f"{reference!r} names none of the {part}"

    def both(place: str, text: Both, marks: bool = False) -> Iterator[tuple[str, str]]:
        for language in ("fr", "en"):
            for problem in _prose(text[language], language, marks):
                yield f"{place}.{language}", problem

    for resource in (*item.draws, *item.supplies):
        if resource not in words.resources:
            yield "draws/supplies", f"unknown resource {resource!r}; known: {', '.join(words.resources)}"
    yield from both("acts.build", item.acts.build)
    yield from both("acts.restrain", item.acts.restrain)
    for act in (item.acts.build, item.acts.restrain):
        if not _INFINITIVE.match(act.fr):
            yield "acts", f"does not begin with an infinitive: {act.fr!r}"
    for name, point in item.points.items():
        place = f"points.{name}"
        yield from indicators(place, (point.indicator,))
        yield from both(f"{place}.handle", point.handle)
        for language in ("fr", "en"):
            for variant in point.says[language]:
                for problem in _prose(variant, language, marks=True):
                    yield f"{place}.says.{language}", problem
                if not _MARK.search(variant):
                    yield f"{place}.says.{language}", f"no number mark on the verb: {variant!r}"
            if language not in point.cues:
                yield f"{place}.cues", f"no cue in {language}"
        yield from _cues(f"{place}.cues", point.cues)
        yield from _cues(f"{place}.counter_cues", point.counter_cues)
        for reference in point.eased_by:
            yield from exists(f"{place}.eased_by", reference, "conditions")
        for other in (*point.when.all_of, *point.when.none_of):
            if other not in concept_names():
                yield f"{place}.when", f"unknown concept {other!r}"
    for name, condition in item.conditions.items():
        place = f"conditions.{name}"
        yield from indicators(place, (*condition.helps, *condition.hurts))
        yield from both(f"{place}.do", condition.do)
        yield from both(f"{place}.handle", condition.handle)
        yield from _cues(f"{place}.met", condition.met)
        if not _INFINITIVE.match(condition.do.fr):
            yield place, f"does not begin with an infinitive: {condition.do.fr!r}"
    for name, reply in item.replies.items():
        place = f"replies.{name}"
        yield from indicators(place, reply.indicators)
        yield from both(f"{place}.says", reply.says)
        yield from _cues(f"{place}.cues", reply.cues)
        yield from exists(f"{place}.to", reply.to, "points")
        if reply.offers:
            yield from exists(f"{place}.offers", reply.offers, "conditions")


def _balance(item: Concept) -> Iterator[tuple[str, str]]:
    for language in LANGUAGES:
        if not terms(item.name, language):
            yield "terms", f"not recognised in {language}"
    answered = {reply.to.rpartition(".")[2] for reply in item.replies.values()}
    eased = {reference.rpartition(".")[2] for point in item.points.values() for reference in point.eased_by}
    for name, point in item.points.items():
        if name not in answered:
            yield f"points.{name}", "no reply answers it"
        if point.sign == "-" and not point.eased_by:
            yield f"points.{name}", "an objection that no condition eases"
    for name in item.conditions:
        if name not in eased:
            yield f"conditions.{name}", "eases no point"
    for charter in load_charters(None).values():
        for sign in "+-":
            cared = [
                name
                for name, point in item.points.items()
                if point.sign == sign and charter.indicators.get(point.indicator, 0) >= _CARES
            ]
            if not cared:
                side = "for" if sign == "+" else "against"
                yield "points", f"{charter.name} has nothing to say {side}"


def check(names: Iterable[str]) -> list[Finding]:
    """What is wrong or thin in the concepts `names`, in order."""
    findings: list[Finding] = []
    for name in names:
        try:
            item = concept(name)
            findings += [Finding(name, *found) for found in _errors(item)]
            findings += [Finding(name, *found, error=False) for found in _balance(item)]
        except JemaaError as error:
            findings.append(Finding(name, "file", error.message))
    return findings


def orphans() -> list[Finding]:
    """Concept files that have no terms, and so can never be recognised."""
    files = sorted((FOLDER / "concepts").glob("*/*.yaml"))
    known = set(concept_names())
    return [
        Finding(f.stem, "terms", f"no entry in terms/{f.parent.name}.yaml")
        for f in files
        if f.stem not in known
    ]


def main(arguments: list[str]) -> int:
    """Print all findings and a count; 1 when there is an error."""
    read_yaml(FOLDER / "vocabulary.yaml")
    findings = [*check(arguments or concept_names()), *([] if arguments else orphans())]
    for finding in findings:
        level = "error" if finding.error else "warning"
        print(f"{level}: {finding.concept}: {finding.place}: {finding.text}")
    errors = sum(finding.error for finding in findings)
    items = [concept(name) for name in concept_names() if not errors]
    counts = (len(concept_names()), *(sum(len(getattr(i, part)) for i in items) for part in _PARTS))
    print("{} concepts, {} points, {} conditions, {} replies".format(*counts))
    print(f"{errors} errors, {len(findings) - errors} warnings")
    return 1 if errors else 0


_PARTS = ("points", "conditions", "replies")

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
