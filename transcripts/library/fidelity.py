"""The audit of the strategy: each sentence is held against what it says that it rests on."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from agents.argument.figures import Number, numbers_in, says_same
from agents.argument.model import Argument
from agents.argument.typography import fold
from agents.debate.document import Strategy
from agents.debate.event import Ruled
from agents.debate.plan import DebatePlan

_QUOTED = re.compile(r"«\s*([^«»]+?)\s*»|“([^“”]+)”")


class Finding(NamedTuple):
    """A sentence that does not hold: where it stands in the document, and why."""

    where: str
    text: str


class _Said(NamedTuple):
    where: str
    text: str
    rests_on: tuple[str, ...]


def audit(plan: DebatePlan, strategy: Strategy, heard: tuple[Ruled, ...]) -> list[Finding]:
    """What cannot be traced: sentences that rest on nothing known, or quote or count what is not there."""
    arguments = {a.id: a for ruled in heard for speech in ruled.speeches for a in speech.arguments}
    texts = _texts(plan, heard, arguments)
    everything = fold(" ".join([plan.article.body, *texts.values()])).text
    findings: list[Finding] = []
    for said in _sentences(strategy.model_dump(), "strategy"):
        unknown = [name for name in said.rests_on if name not in texts]
        if not said.rests_on:
            findings.append(Finding(said.where, f"rests on nothing: {said.text[:120]}"))
        if unknown:
            findings.append(Finding(said.where, f"rests on what does not exist: {', '.join(unknown)[:120]}"))
        if said.rests_on and all(_is_ungrounded(arguments.get(name)) for name in said.rests_on):
            findings.append(
                Finding(said.where, f"rests on unverified grounds alone: {', '.join(said.rests_on)[:120]}")
            )
        findings += [
            Finding(said.where, f"quotes what nobody said: {quote[:120]}")
            for quote in _unsaid(said.text, everything)
        ]
        findings += [
            Finding(said.where, f"gives a figure that nothing it rests on has: {number.text[:40]}")
            for number in _unfounded(said, texts, plan)
        ]
    return findings


def _sentences(value: object, where: str) -> Iterator[_Said]:
    """Every {text, rests_on} of a dumped strategy, with its place; what may rest on nothing left out."""
    if isinstance(value, dict):
        if (
            "text" in value
            and "rests_on" in value
            and "likelihood" not in value
            and "recommendations" not in value
        ):
            yield _Said(where, value["text"], tuple(value["rests_on"]))
        else:
            for key, item in value.items():
                yield from _sentences(item, f"{where}.{key}")
    elif isinstance(value, list | tuple):
        for place, item in enumerate(value):
            yield from _sentences(item, f"{where}[{place}]")


def _texts(plan: DebatePlan, heard: tuple[Ruled, ...], arguments: Mapping[str, Argument]) -> dict[str, str]:
    """What every id that a sentence may rest on says."""
    texts = {span.id: span.text for span in plan.article.spans}
    texts |= {item.id: item.text for item in plan.recommendations}
    texts |= {name: " ".join(fact.text.values()) for name, fact in plan.facts().items()}
    texts |= {
        name: " ".join(
            [argument.claim, argument.condition or "", *(ground.quote for ground in argument.grounds)]
        )
        for name, argument in arguments.items()
    }
    for ruled in heard:
        texts |= {condition.id: condition.text for condition in ruled.ruling.conditions}
        for speech in ruled.speeches:
            texts |= {condition.id: condition.text for condition in speech.conditions}
    return texts


def _is_ungrounded(argument: Argument | None) -> bool:
    if argument is None:
        return False
    statuses = [ground.status for ground in argument.grounds]
    return bool(statuses) and all(status == "unverified" for status in statuses)


def _unsaid(text: str, everything: str) -> Iterator[str]:
    for found in _QUOTED.finditer(text):
        quote = found[1] or found[2]
        pieces = [fold(piece).text.strip(" .,;:!?'\"") for piece in re.split(r"…|\.\.\.|\[[^\]]*\]", quote)]
        if not all(piece in everything for piece in pieces):
            yield quote


def _unfounded(said: _Said, texts: Mapping[str, str], plan: DebatePlan) -> Iterator[Number]:
    """Figures in digits that stand in nothing that the sentence rests on, nor in the article's date."""
    stated = [
        number for number in numbers_in(said.text, plan.language) if any(c.isdigit() for c in number.text)
    ]
    if not stated:
        return
    sources = [
        number
        for name in said.rests_on
        for language in {plan.language, plan.article.language}
        for number in numbers_in(texts.get(name, ""), language)
    ]
    for number in stated:
        if not any(says_same(source, number) for source in sources):
            yield number
