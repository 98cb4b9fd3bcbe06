"""The sheet of one measure: wording, owner, indicator, cost, risks, resources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agents.backends.offline.heard import point_named
from agents.backends.offline.law import legal_basis
from agents.backends.offline.wording import adopted_wording, title
from agents.debate.document import Kpi, MeasureDraft, Risk, Sentence
from agents.knowledge.load import condition_named, vocabulary

if TYPE_CHECKING:
    from agents.argument.model import Argument
    from agents.backends.offline.ruling import Bench

_RISKS = 3
_HIGH, _MEDIUM = 0.75, 0.5
NATURAL = ("electricity", "water", "land")
"""Resources that a sheet notes and the strategy adds up."""
MUCH = 2
"""From this amount on a resource counts."""
DRAWING = 3
"""So many topics of a recommendation draw on resources."""


def measure(bench: Bench) -> MeasureDraft:
    """The sheet that goes with a computed ruling."""
    voice, case = bench.voice, bench.case
    accepted = bench.accepted()
    head = case.frame.head
    best = bench.strongest("for")
    return MeasureDraft(
        title=title(bench.docket, voice, case),
        adopted_wording=adopted_wording(bench.docket, voice, case, [c.text for c in accepted]),
        changes=tuple(
            Sentence(text=voice.say("change_added", 0, do=c.text), rests_on=(c.id, c.argument))
            for c in accepted
        ),
        owner=head.concept.owner[voice.language] if head else _nobody(bench),
        partners=_partners(bench),
        budget_band="not costed",
        financing=_financing(bench),
        kpi=_kpi(bench),
        risks=tuple(_risks(bench)),
        legal_basis=legal_basis(bench.docket, voice, bench.rec),
        energy_water_note=_resources(bench),
        rests_on=(bench.rec, *((best.id,) if best else ())),
    )


def _nobody(bench: Bench) -> str:
    return "à désigner" if bench.voice.language == "fr" else "to be designated"


def _partners(bench: Bench) -> tuple[str, ...]:
    language = bench.voice.language
    owners: list[str] = []
    for condition in bench.accepted():
        reference = bench.docket.reference(condition.text)
        owner = condition_named(reference).owner if reference else None
        if owner is not None:
            owners.append(owner[language])
    owners += [topic.concept.owner[language] for topic in bench.case.frame.topics[1:3]]
    head = bench.case.frame.head
    own = head.concept.owner[language] if head else ""
    return tuple(name for name in dict.fromkeys(owners) if name != own)


def _financing(bench: Bench) -> tuple[Sentence, ...]:
    if not bench.docket.lacks("cost", bench.rec):
        return ()
    span = bench.docket.span_id(bench.case.passages[0])
    return (Sentence(text=bench.say("financing_none"), rests_on=(bench.rec, span)),)


def _kpi(bench: Bench) -> Kpi:
    language = bench.voice.language
    head = bench.case.frame.head
    if head is None:
        return Kpi(
            name="indicateur à définir" if language == "fr" else "indicator to be defined",
            unit="–",
            rests_on=(bench.rec,),
        )
    for condition in bench.accepted():
        reference = bench.docket.reference(condition.text)
        known = condition_named(reference).kpi if reference else None
        if known is not None and reference and reference.partition(".")[0] == head.concept.name:
            return Kpi(name=known[language].name, unit=known[language].unit, rests_on=(condition.id,))
    kpi = head.concept.kpi[language]
    return Kpi(name=kpi.name, unit=kpi.unit, rests_on=(bench.rec,))


def _risks(bench: Bench) -> list[Risk]:
    objections = sorted(
        (a for a in bench.arguments.values() if a.side == "against"),
        key=lambda a: (-(a.strength or 0.0), a.id),
    )
    found: list[Risk] = []
    seen: set[str] = set()
    for argument in objections:
        text = bench.handle(argument)
        if text in seen or len(found) == _RISKS:
            continue
        seen.add(text)
        found.append(_risk(bench, argument, text))
    return found


def _risk(bench: Bench, argument: Argument, text: str) -> Risk:
    point = point_named(argument.point)
    weight = point.weight if point else _MEDIUM
    strength = argument.strength or argument.base
    answer = next((c for c in bench.accepted() if c.text == argument.condition), None)
    return Risk(
        text=bench.voice.sentence(text).rstrip("."),
        likelihood="high" if strength >= _HIGH else "medium" if strength >= _MEDIUM else "low",
        impact="high" if weight >= _HIGH else "medium" if weight >= _MEDIUM else "low",
        mitigation=answer.text if answer else bench.say("risk_mitigation_none"),
        holder=bench.role(argument.role),
        rests_on=(argument.id, *((answer.id,) if answer else ())),
    )


def _resources(bench: Bench) -> tuple[Sentence, ...]:
    voice = bench.voice
    found = []
    told: set[str] = set()
    for topic in bench.case.frame.topics[:DRAWING]:
        draws = [n for n in NATURAL if topic.concept.draws.get(n, 0) >= MUCH and n not in told]
        if not draws or topic.direction != "build":
            continue
        told.update(draws)
        noun = topic.concept.noun.fr if voice.language == "fr" else topic.concept.noun.en
        gender = topic.concept.noun.fr.gender
        marks = voice.variants("draw_marks")[0]
        text = voice.say(
            "note_draws",
            0,
            noun=noun.text,
            draws=voice.grammar.agree(marks, gender, noun.number),
            resources=voice.grammar.join(
                [vocabulary().resources[name].label[voice.language] for name in draws]
            ),
        )
        found.append(Sentence(text=text, rests_on=(bench.rec,)))
    return tuple(found)
