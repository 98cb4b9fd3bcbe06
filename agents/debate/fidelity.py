"""The moderator's words held against what they rest on: sent back once, then cut.

A moderator words what was computed. Each sentence names the ids that it rests on, and
`agents.argument.audit` says which sentence goes beyond them.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from agents.argument.audit import Finding, Sources, audit, dropped_objections, sentences_of
from agents.argument.model import Ruling, Speech
from agents.argument.sources import collect_sources
from agents.debate.course import known_facts
from agents.debate.document import Sentence, Strategy
from agents.debate.event import Ruled
from agents.debate.plan import DebatePlan
from agents.debate.turn import Answer, RulingReply, SynthesisReply, TurnRequest

Kept = TypeVar("Kept", RulingReply, SynthesisReply)


class Worded(NamedTuple):
    """A moderator's answer, and what the audit finds in it."""

    answer: Answer
    found: tuple[Finding, ...]


def checked(plan: DebatePlan, request: TurnRequest, answer: Answer) -> Worded:
    """The answer with what the audit finds: sentences that do not hold and, in a synthesis, unnamed dissents."""
    reply = answer.reply
    if not isinstance(reply, RulingReply | SynthesisReply):
        return Worded(answer, ())
    rulings = (request.ruling,) if request.ruling else request.rulings
    sources = _sources(plan, request.speeches, rulings)
    found = audit(sentences_of(reply.model_dump(mode="json")), sources, plan.language)
    if isinstance(reply, SynthesisReply):
        found += _unnamed(plan, request, reply.summary)
    return Worded(answer, found)


def sent_back(request: TurnRequest, found: Sequence[Finding]) -> TurnRequest | None:
    """The request to word it again, with what was found; None when nothing was, or it was sent back before."""
    if not found or request.findings:
        return None
    address = request.address.model_copy(update={"repeat": 1})
    listed = tuple(f"{finding.kind} ({finding.where}): {finding.text}" for finding in found)
    return request.model_copy(update={"address": address, "findings": listed})


def better(first: Worded, second: Worded) -> Worded:
    """The second wording, or the first when the second could not be had."""
    return first if second.answer.reply is None else second


def without(reply: Kept, found: Iterable[Finding]) -> tuple[Kept, tuple[str, ...]]:
    """The reply without its sentences that do not hold, and those sentences."""
    wrong = {finding.where for finding in found}
    if not wrong:
        return reply, ()
    cut: list[str] = []
    kept = _without(reply.model_dump(by_alias=True), "", wrong, cut)
    return type(reply).model_validate(kept), tuple(cut)


def naming_dissents(
    plan: DebatePlan, request: TurnRequest, summary: tuple[Sentence, ...]
) -> tuple[Sentence, ...]:
    """The summary, completed by the dissents that it does not name, in their authors' words."""
    titles = _titles(plan)
    missing = {finding.where for finding in _unnamed(plan, request, summary)}
    return summary + tuple(
        Sentence(
            text=f"{titles[dissent.role]} ({dissent.recommendation}) : {dissent.objection}",
            rests_on=(dissent.recommendation, *([dissent.argument] if dissent.argument else [])),
        )
        for ruling in request.rulings
        for dissent in ruling.dissents
        if f"{dissent.recommendation}/{dissent.argument or dissent.role}" in missing
    )


def document_findings(plan: DebatePlan, heard: Sequence[Ruled], strategy: Strategy) -> tuple[Finding, ...]:
    """The audit of a whole document: its sentences, the reasons of its rulings, its minority report."""
    document = strategy.model_dump(mode="json", exclude={"rulings", "minority"})
    document |= {"reasons": [sentence.model_dump() for ruled in heard for sentence in ruled.reasons]}
    sources = _sources(
        plan,
        [speech for ruled in heard for speech in ruled.speeches],
        [ruled.ruling for ruled in heard],
    )
    summary = sentences_of({"summary": document["summary"]})
    dissents = [dissent for ruled in heard for dissent in ruled.ruling.dissents]
    return (
        *audit(sentences_of(document), sources, plan.language),
        *dropped_objections(dissents, strategy.minority, summary, _titles(plan)),
    )


def _titles(plan: DebatePlan) -> dict[str, str]:
    return {charter.name: charter.title.get(plan.language, charter.name) for charter in plan.charters}


def _unnamed(plan: DebatePlan, request: TurnRequest, summary: Iterable[Sentence]) -> tuple[Finding, ...]:
    dissents = [dissent for ruling in request.rulings for dissent in ruling.dissents]
    said = sentences_of({"summary": [sentence.model_dump() for sentence in summary]})
    return dropped_objections(dissents, dissents, said, _titles(plan))


def _sources(plan: DebatePlan, speeches: Sequence[Speech], rulings: Sequence[Ruling]) -> Sources:
    return collect_sources(
        article=plan.article,
        recommendations=plan.recommendations,
        charters=plan.charters,
        facts=known_facts(plan, speeches),
        speeches=speeches,
        rulings=rulings,
        language=plan.language,
    )


def _without(value: Any, where: str, wrong: set[str], cut: list[str]) -> Any:
    """A dumped reply without the entries of its lists that stand at the places in `wrong`."""
    if isinstance(value, Mapping):
        return {
            key: _without(item, f"{where}.{key}" if where else key, wrong, cut) for key, item in value.items()
        }
    if not isinstance(value, list | tuple):
        return value
    kept = []
    for place, item in enumerate(value):
        if f"{where}[{place}]" in wrong:
            cut.append(item["text"])
        else:
            kept.append(_without(item, f"{where}[{place}]", wrong, cut))
    return kept
