"""What the templates are filled with: plain data, taken from the plan and the request."""

import hashlib
import json
from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from agents.argument.model import CHAIR, Ruling, Speech
from agents.article.model import Recommendation, Span
from agents.backends.chat.citable import Citable
from agents.backends.chat.excerpt import Excerpt, Room
from agents.backends.chat.schema import FIRST_REBUTTAL
from agents.debate.plan import DebatePlan
from agents.debate.turn import MODERATOR, TurnRequest
from agents.knowledge.load import vocabulary
from agents.roles.model import Charter, in_language

_WRITES_IN = {
    "fr": {"fr": "français"},
    "en": {"en": "English", "fr": "French", "ar": "Arabic"},
}
_CARES_FOR = 6
_STRONGEST = 4
_SEAL = 8


def seal(plan: DebatePlan) -> str:
    """A mark that the delimiters of this debate carry; nobody who wrote the article could know it."""
    return hashlib.sha256(f"{plan.article.sha256}\n{plan.article.body}".encode()).hexdigest()[:_SEAL]


class Shown(NamedTuple):
    """What a turn may use: the ids that it may cite, what it is shown of a long article, room for speeches."""

    ids: Citable
    relevant: tuple[Span, ...]
    room: Room


def shared(plan: DebatePlan, excerpt: Excerpt, room: Room, written_in: str) -> dict[str, Any]:
    """What every turn of a debate is shown; `written_in` is the language of the templates."""
    article = plan.article
    return {
        "seal": seal(plan),
        "writes_in": _WRITES_IN[written_in][plan.language],
        "title": article.title,
        "published": article.published.isoformat() if article.published else "",
        "countries": list(article.countries),
        "spans": _spans(excerpt.outline),
        "left_out": len(article.spans) - len(excerpt.outline),
        "recommendations": [_recommendation(item) for item in plan.recommendations],
        "roles": [_role(plan, charter, room.facts) for charter in plan.charters],
    }


def passage(plan: DebatePlan, request: TurnRequest) -> dict[str, Any]:
    """What the reader is shown who looks for recommendations."""
    return {
        "seal": seal(plan),
        "title": plan.article.title,
        "passage": list(request.passage),
        "number": request.address.round,
        "passages": request.passages,
    }


def opening(plan: DebatePlan, request: TurnRequest, shown: Shown) -> dict[str, Any]:
    """What an opening is shown besides."""
    role = _role(plan, plan.charter(request.address.role), shown.room.facts)
    return _proposal(plan, request, shown) | {"role": role}


def rebuttal(plan: DebatePlan, request: TurnRequest, shown: Shown) -> dict[str, Any]:
    """What a rebuttal is shown besides."""
    speeches, abridged = _abridged(_speeches(plan, request.speeches), shown.room.speeches)
    return opening(plan, request, shown) | {
        "later": request.address.round > FIRST_REBUTTAL,
        "speeches": speeches,
        "abridged": abridged,
        "others": list(shown.ids.others),
        "own": list(shown.ids.own),
        "tabled": list(shown.ids.conditions),
        "put": list(shown.ids.put),
    }


def question(plan: DebatePlan, request: TurnRequest, shown: Shown) -> dict[str, Any]:
    """What a role is shown to answer the chair."""
    speeches, abridged = _abridged(_speeches(plan, request.speeches), shown.room.speeches)
    return opening(plan, request, shown) | {
        "speeches": speeches,
        "abridged": abridged,
        "question": request.question or "",
    }


def ruling(plan: DebatePlan, request: TurnRequest, shown: Shown) -> dict[str, Any]:
    """What the moderator is shown to word a ruling."""
    assert request.ruling is not None, "a ruling request carries its ruling"
    speeches, abridged = _abridged(_speeches(plan, request.speeches), shown.room.speeches)
    return _proposal(plan, request, shown) | {
        "speeches": speeches,
        "abridged": abridged,
        "ruling": _ruling(plan, request.ruling) | {"strongest": _strongest(request.speeches, shown.ids)},
        "findings": list(request.findings),
    }


def synthesis(plan: DebatePlan, request: TurnRequest, shown: Shown) -> dict[str, Any]:
    """What the moderator is shown to word the strategy, as much of what was said as has room."""
    worded = [ruling.recommendation for ruling in request.rulings if MODERATOR not in ruling.failed]
    wordings = dict(zip(worded, (measure.adopted_wording for measure in request.measures), strict=True))
    speeches, abridged = _abridged(_speeches(plan, request.speeches), shown.room.speeches, whole=False)
    return {
        "seal": seal(plan),
        "speeches": speeches,
        "rulings": [
            _ruling(plan, ruling) | {"wording": wordings.get(ruling.recommendation, "")}
            for ruling in request.rulings
        ],
        "priorities": list(request.priorities),
        "abridged": abridged,
        "findings": list(request.findings),
    }


VIEWS = {
    "opening": opening,
    "rebuttal": rebuttal,
    "question": question,
    "ruling": ruling,
    "synthesis": synthesis,
}
"""For each phase, what its prompt is filled with."""


def _proposal(plan: DebatePlan, request: TurnRequest, shown: Shown) -> dict[str, Any]:
    assert request.recommendation is not None, "only the synthesis is about no recommendation"
    return {
        "seal": seal(plan),
        "recommendation": _recommendation(request.recommendation),
        "relevant": _spans(shown.relevant),
    }


def _abridged(
    speeches: list[dict[str, Any]], room: int, *, whole: bool = True
) -> tuple[list[dict[str, Any]], str]:
    """`speeches` cut down to `room` characters, least needed parts first, and what was cut.

    With `whole`, every argument stays, whatever room it takes: the speaker must be able to answer it.
    """
    for abridged, bare in (("", {}), ("texts", {"text": ""}), ("grounds", {"text": "", "votes": []})):
        kept = [speech | bare for speech in speeches]
        if abridged == "grounds":
            for speech in kept:
                speech["arguments"] = [argument | {"grounds": []} for argument in speech["arguments"]]
        if len(json.dumps(kept, ensure_ascii=False)) <= room or (whole and abridged == "grounds"):
            return kept, abridged
    return [], "speeches"


def _spans(spans: Iterable[Span]) -> list[dict[str, str]]:
    return [{"id": span.id, "text": span.text} for span in spans]


def _recommendation(recommendation: Recommendation) -> dict[str, Any]:
    return recommendation.model_dump()


def _role(plan: DebatePlan, charter: Charter, facts: Collection[str]) -> dict[str, Any]:
    labels = vocabulary().indicators
    ordered = sorted(charter.indicators, key=lambda name: (-charter.indicators[name], name))
    return {
        "name": charter.name,
        "title": in_language(charter.title, plan.language),
        "mission": in_language(charter.mission, plan.language),
        "cares_for": [
            labels[name].label[plan.language] if name in labels else name.replace("_", " ")
            for name in ordered[:_CARES_FOR]
        ],
        "red_lines": [
            {"id": line.id, "text": in_language(line.text, plan.language)} for line in charter.red_lines
        ],
        "facts": [
            {
                "id": fact.id,
                "text": in_language(fact.text, plan.language),
                "as_of": fact.as_of.isoformat(),
                "source": urlsplit(fact.source).hostname or fact.source,
            }
            for fact in charter.facts
            if fact.id in facts
        ],
    }


def _title(plan: DebatePlan, role: str) -> str:
    if role == CHAIR:
        return "La présidence" if plan.language == "fr" else "The chair"
    return role if role == MODERATOR else in_language(plan.charter(role).title, plan.language)


def _speeches(plan: DebatePlan, speeches: Iterable[Speech]) -> list[dict[str, Any]]:
    return [
        speech.model_dump(mode="json")
        | {"title": _title(plan, speech.role)}
        | (
            {"grounds": [ground.model_dump(mode="json") for ground in speech.grounds]}
            if speech.question
            else {}
        )
        for speech in speeches
    ]


def _ruling(plan: DebatePlan, ruling: Ruling) -> dict[str, Any]:
    return {
        "recommendation": ruling.recommendation,
        "decision": ruling.decision,
        "consensus": ruling.consensus,
        "rule": ruling.rule,
        "strength": f"{ruling.strength:.2f}",
        "stances": [
            {"title": _title(plan, role), "opening": str(held.opening), "final": str(held.final)}
            for role, held in ruling.stances.items()
        ],
        "conditions": [condition.model_dump(mode="json") for condition in ruling.conditions],
        "standing": list(ruling.standing),
        "dissents": [dissent.argument for dissent in ruling.dissents],
        "failed": [_title(plan, role) for role in ruling.failed],
    }


def _strongest(speeches: Sequence[Speech], citable: Citable) -> list[str]:
    allowed = set(citable.support)
    arguments = [argument for speech in speeches for argument in speech.arguments if argument.id in allowed]
    ordered = sorted(arguments, key=lambda argument: -(argument.strength or 0.0))
    return [argument.id for argument in ordered[:_STRONGEST]]
