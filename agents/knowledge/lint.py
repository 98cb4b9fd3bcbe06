"""Check the knowledge base and show its balance: `python -m agents.knowledge.lint [CONCEPT ...]`.

Errors break the build; warnings say where a debate would be thin: a role that has nothing to say for or
against a concept, a point that nothing answers, an objection that nothing would ease.
"""

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from agents.errors import JemaaError, KnowledgeError
from agents.knowledge.load import (
    FOLDER,
    LANGUAGES,
    concept,
    concept_names,
    general,
    patterns,
    read_yaml,
    signs,
    stakes,
    terms,
    vocabulary,
)
from agents.knowledge.model import Both, Concept, Condition, Point, Reply
from agents.knowledge.pattern import parse_cue
from agents.knowledge.prose import problems
from agents.roles.load import load_charters

_MARK = re.compile(r"\{[^{}]*\}")
_INFINITIVE = re.compile(r"^(ne pas |n'|s'|se |y |en )?\w+(er|ir|re|oir)\b")
_CARES = 0.4
"""From this weight on a role is expected to have something to say about an indicator."""

Place = tuple[str, str]
"""Where in a concept, and what is the matter there."""


class Finding(NamedTuple):
    """Something wrong (`error`) or thin (a warning) in one concept."""

    concept: str
    place: str
    text: str
    error: bool = True


def _indicators(place: str, names: Iterable[str]) -> Iterator[Place]:
    known = vocabulary().indicators
    for name in names:
        if name not in known:
            yield place, f"unknown indicator {name!r}; known: {', '.join(known)}"


def _refers(item: Concept, place: str, reference: str, part: str) -> Iterator[Place]:
    owner, _, name = reference.rpartition(".")
    if owner and owner not in concept_names():
        yield place, f"unknown concept in {reference!r}"
    elif name not in getattr(concept(owner) if owner else item, part):
        yield place, f"{reference!r} names none of the {part}"


def _both(place: str, text: Both) -> Iterator[Place]:
    for language in ("fr", "en"):
        for problem in problems(text[language], language):
            yield f"{place}.{language}", problem


def _cues(place: str, cues: Mapping[str, Iterable[str]]) -> Iterator[Place]:
    for language, written in cues.items():
        for pattern in written:
            try:
                parse_cue(pattern)
            except KnowledgeError as error:
                yield f"{place}.{language}", error.message


def _point(item: Concept, place: str, point: Point) -> Iterator[Place]:
    yield from _indicators(place, (point.indicator,))
    yield from _both(f"{place}.handle", point.handle)
    for language in ("fr", "en"):
        for variant in point.says[language]:
            for problem in problems(variant, language, marks=True):
                yield f"{place}.says.{language}", problem
            if not _MARK.search(variant):
                yield f"{place}.says.{language}", f"no number mark on the verb: {variant!r}"
        if language not in point.cues:
            yield f"{place}.cues", f"no cue in {language}"
    yield from _cues(f"{place}.cues", point.cues)
    yield from _cues(f"{place}.counter_cues", point.counter_cues)
    for reference in point.eased_by:
        yield from _refers(item, f"{place}.eased_by", reference, "conditions")
    for other in (*point.when.all_of, *point.when.none_of):
        if other not in concept_names():
            yield f"{place}.when", f"unknown concept {other!r}"


def _condition(place: str, condition: Condition) -> Iterator[Place]:
    yield from _indicators(place, (*condition.helps, *condition.hurts))
    yield from _both(f"{place}.do", condition.do)
    yield from _both(f"{place}.handle", condition.handle)
    yield from _cues(f"{place}.met", condition.met)
    if not _INFINITIVE.match(condition.do.fr):
        yield place, f"does not begin with an infinitive: {condition.do.fr!r}"


def _reply(item: Concept, place: str, reply: Reply) -> Iterator[Place]:
    yield from _indicators(place, reply.indicators)
    yield from _both(f"{place}.says", reply.says)
    yield from _cues(f"{place}.cues", reply.cues)
    yield from _refers(item, f"{place}.to", reply.to, "points")
    if reply.offers:
        yield from _refers(item, f"{place}.offers", reply.offers, "conditions")


def _errors(item: Concept) -> Iterator[Place]:
    known = vocabulary().resources
    for resource in (*item.draws, *item.supplies):
        if resource not in known:
            yield "draws/supplies", f"unknown resource {resource!r}; known: {', '.join(known)}"
    for place, act in (("acts.build", item.acts.build), ("acts.restrain", item.acts.restrain)):
        yield from _both(place, act)
        if not _INFINITIVE.match(act.fr):
            yield place, f"does not begin with an infinitive: {act.fr!r}"
    for name, point in item.points.items():
        yield from _point(item, f"points.{name}", point)
    for name, condition in item.conditions.items():
        yield from _condition(f"conditions.{name}", condition)
    for name, reply in item.replies.items():
        yield from _reply(item, f"replies.{name}", reply)


def _balance(item: Concept) -> Iterator[Place]:
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
    for name in sorted(set(item.conditions) - eased):
        yield f"conditions.{name}", "eases no point"
    yield from _silent_roles(item)


def _silent_roles(item: Concept) -> Iterator[Place]:
    for charter in load_charters(None).values():
        for sign, side in (("+", "for"), ("-", "against")):
            cares = charter.indicators
            if not any(p.sign == sign and cares.get(p.indicator, 0) >= _CARES for p in item.points.values()):
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


def check_general() -> list[Finding]:
    """What is wrong with the conditions that belong to no concept."""
    return [
        Finding(owner, *found)
        for owner, items in general().items()
        for name, condition in items.items()
        for found in _condition(name, condition)
    ]


def check_patterns() -> list[Finding]:
    """What is wrong with the words that name concepts together."""
    return [
        Finding(name, f"patterns/{language}", error)
        for language in LANGUAGES
        for name, cues in patterns(language).items()
        for _, error in _cues("", {language: cues})
    ] + [
        Finding(name, f"patterns/{path.name}", "no such concept")
        for path in sorted((FOLDER / "patterns").glob("*.yaml"))
        for name in read_yaml(path)
        if name not in concept_names()
    ]


def check_signs() -> list[Finding]:
    """Signs of concepts that do not exist; unreadable ones raise."""
    unknown = [
        Finding(name, f"signs/{path.name}", "no such concept")
        for path in sorted((FOLDER / "signs").glob("*.yaml"))
        for name in read_yaml(path)
        if name not in concept_names()
    ]
    for language in LANGUAGES:
        for name in concept_names():
            signs(name, language)
    return unknown


def check_stakes() -> list[Finding]:
    """What is wrong with the sentences that show an indicator to be at stake."""
    known = vocabulary().indicators
    found = [
        Finding(name, f"stakes/{language}", "no such indicator")
        for language in LANGUAGES
        for name in stakes(language)
        if name not in known and name != "tight_budget"
    ]
    return found + [
        Finding(name, f"stakes/{language}", error)
        for language in LANGUAGES
        for name, cues in stakes(language).items()
        for _, error in _cues("", {language: cues})
    ]


def orphans() -> list[Finding]:
    """Concept files without terms, which can never be recognised, and terms without a file."""
    files = {path.stem: path.parent.name for path in sorted((FOLDER / "concepts").glob("*/*.yaml"))}
    listed = {
        name: path.stem for path in sorted((FOLDER / "terms").glob("*.yaml")) for name in read_yaml(path)
    }
    return [
        *(
            Finding(name, "terms", f"no entry in terms/{field}.yaml")
            for name, field in files.items()
            if listed.get(name) != field
        ),
        *(
            Finding(name, "file", f"no concepts/{field}/{name}.yaml")
            for name, field in listed.items()
            if files.get(name) != field
        ),
    ]


def main(arguments: list[str]) -> int:
    """Print all findings and a count; 1 when there is an error."""
    findings = check(arguments or concept_names())
    if not arguments:
        findings += [*check_general(), *check_patterns(), *check_signs(), *check_stakes(), *orphans()]
    for finding in findings:
        level = "error" if finding.error else "warning"
        sys.stdout.write(f"{level}: {finding.concept}: {finding.place}: {finding.text}\n")
    broken = {finding.concept for finding in findings if finding.place == "file"}
    items = [concept(name) for name in concept_names() if name not in broken]
    counts = [f"{sum(len(getattr(i, part)) for i in items)} {part}" for part in _PARTS]
    errors = sum(finding.error for finding in findings)
    sys.stdout.write(f"{len(items)} concepts, {', '.join(counts)}\n")
    sys.stdout.write(f"{errors} errors, {len(findings) - errors} warnings\n")
    return 1 if errors else 0


_PARTS = ("points", "conditions", "replies")

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
