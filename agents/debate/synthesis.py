"""From rulings to the strategy: what is computed, completed by what the moderator words."""

from collections.abc import Sequence

from agents.argument.model import Speech, Stance
from agents.argument.orders import orders
from agents.argument.voting import Priorities, priorities
from agents.debate import fidelity
from agents.debate.course import known_facts
from agents.debate.document import Measure, Strategy
from agents.debate.event import Ruled
from agents.debate.fidelity import Worded
from agents.debate.grounded import grounding, grounds_of
from agents.debate.plan import DebatePlan
from agents.debate.sequence import acyclic, period, review, stages
from agents.debate.turn import (
    MODERATOR,
    WHOLE_DEBATE,
    Address,
    Answer,
    SynthesisReply,
    TurnRequest,
)

ADOPTED = frozenset({"adopt", "adopt_with_conditions"})
"""Decisions that are planned in stages."""
RETAINED = ADOPTED | {"defer"}
"""Decisions that give a measure sheet; a deferred measure's sheet says what would reopen it."""


def synthesis_request(plan: DebatePlan, heard: Sequence[Ruled]) -> TurnRequest:
    """All rulings, measures, priorities and speeches, for the moderator to word the whole."""
    ordered = _in_plan_order(plan, heard)
    return TurnRequest(
        address=Address(
            recommendation=WHOLE_DEBATE,
            phase="synthesis",
            round=plan.rounds + 2,
            role=MODERATOR,
        ),
        speeches=tuple(speech for ruled in ordered for speech in ruled.speeches),
        rulings=tuple(ruled.ruling for ruled in ordered),
        measures=tuple(ruled.measure for ruled in ordered if ruled.measure),
        priorities=ranking(plan, ordered).order,
    )


def ranking(plan: DebatePlan, heard: Sequence[Ruled]) -> Priorities:
    """The order of priorities from each role's last score of each recommendation."""
    scores = {
        charter.name: {
            ruled.ruling.recommendation: score
            for ruled in heard
            if (score := last_score(ruled.speeches, charter.name)) is not None
        }
        for charter in plan.charters
    }
    return priorities(
        [recommendation.id for recommendation in plan.recommendations],
        scores,
        {charter.name: charter.weight for charter in plan.charters},
        {ruled.ruling.recommendation: ruled.ruling.strength for ruled in heard},
    )


def last_score(speeches: Sequence[Speech], role: str) -> int | None:
    """The priority that `role` gave when it last spoke; None when it never did."""
    return next(
        (s.priority for s in reversed(speeches) if s.role == role and s.priority is not None),
        None,
    )


def strategy(plan: DebatePlan, heard: Sequence[Ruled], request: TurnRequest, words: Worded) -> Strategy:
    """The whole document. A moderator's turn that failed leaves its parts empty and says so in the notes."""
    ordered = _in_plan_order(plan, heard)
    reply, cut = None, tuple(sentence for ruled in ordered for sentence in ruled.cut)
    if isinstance(words.answer.reply, SynthesisReply):
        reply, more = fidelity.without(words.answer.reply, words.found)
        cut += more
    votes = ranking(plan, ordered)
    retained = {ruled.ruling.recommendation for ruled in ordered if ruled.ruling.decision in RETAINED}
    adopted = {ruled.ruling.recommendation for ruled in ordered if ruled.ruling.decision in ADOPTED}
    order = [name for name in votes.order if name in adopted]
    needs = acyclic(reply.dependencies if reply else (), order)
    sequence = stages(needs, order)
    speeches = [speech for ruled in ordered for speech in ruled.speeches]
    used = {ground.id for ground in grounds_of(speeches) if ground.kind == "fact"}
    dates = sorted(fact.as_of for name, fact in known_facts(plan, speeches).items() if name in used)
    published = plan.article.published
    late = dates[-1] if dates and (published is None or dates[-1] > published) else None
    return Strategy(
        title=reply.title if reply else plan.article.title,
        language=plan.language,
        model=plan.model,
        article_title=plan.article.title,
        article_sha256=plan.article.sha256,
        as_of=published,
        facts_as_of=late,
        country=plan.article.countries[0] if plan.article.countries else None,
        roles=tuple(charter.name for charter in plan.charters),
        rule=plan.rule,
        summary=fidelity.naming_dissents(plan, request, reply.summary if reply else ()),
        diagnosis=reply.diagnosis if reply else (),
        vision=reply.vision if reply else (),
        not_sought=reply.not_sought if reply else (),
        measures=tuple(
            _measure(
                plan,
                ruled,
                sequence,
                [d.needs for d in needs if d.recommendation == name],
            )
            for ruled in ordered
            if ruled.measure is not None and (name := ruled.ruling.recommendation) in retained
        ),
        rulings=tuple(ruled.ruling for ruled in ordered),
        tensions=reply.tensions if reply else (),
        cross_cutting=reply.cross_cutting if reply else Strategy.model_fields["cross_cutting"].default,
        priorities=votes.order,
        priority_notes=votes.notes,
        sequence=sequence,
        governance=reply.governance if reply else (),
        minority=tuple(dissent for ruled in ordered for dissent in ruled.ruling.dissents),
        grounding=grounding(speeches),
        cut=cut,
        notes=(
            *_missed(plan),
            *_notes(ordered, words.answer, reply is None),
            *_orders(plan, ordered),
        ),
    )


def _in_plan_order(plan: DebatePlan, heard: Sequence[Ruled]) -> list[Ruled]:
    by_id = {ruled.ruling.recommendation: ruled for ruled in heard}
    return [by_id[recommendation.id] for recommendation in plan.recommendations]


def _measure(
    plan: DebatePlan,
    ruled: Ruled,
    sequence: Sequence[Sequence[str]],
    needs: Sequence[str],
) -> Measure:
    ruling, draft = ruled.ruling, ruled.measure
    assert draft is not None, "only worded rulings become measures"
    name = ruling.recommendation
    stage = next((place for place, names in enumerate(sequence) if name in names), None)
    finals = {role: stances.final for role, stances in ruling.stances.items()}
    source = next(item for item in plan.recommendations if item.id == name)
    cited = dict.fromkeys(
        ground.id
        for speech in ruled.speeches
        for argument in speech.arguments
        for ground in argument.grounds
        if ground.status != "unverified"
    )
    return Measure(
        **draft.model_dump(),
        id=f"M{name[1:]}",
        recommendation=name,
        source_recommendation=source.text,
        status=ruling.consensus,
        decision=ruling.decision,
        period=review(plan.article.published, plan.language)
        if stage is None
        else period(stage, plan.article.published, plan.language),
        depends_on=tuple(needs),
        conditions=tuple(c.text for c in ruling.conditions if c.status == "accepted"),
        support=tuple(role for role, held in finals.items() if held is Stance.SUPPORT),
        reservations=tuple(role for role, held in finals.items() if held is Stance.CONDITIONS),
        opposed=tuple(role for role, held in finals.items() if held is Stance.OPPOSE),
        evidence=tuple(cited),
    )


def _notes(heard: Sequence[Ruled], answer: Answer, unworded: bool) -> tuple[str, ...]:
    failed = [
        f"{ruled.ruling.recommendation}/{role}: {cause}"
        for ruled in heard
        for role, cause in ruled.ruling.failed.items()
    ]
    if unworded:
        failed.append(f"{WHOLE_DEBATE}/{MODERATOR}: {answer.failure or 'no synthesis was worded'}")
    return tuple(failed)


def _missed(plan: DebatePlan) -> list[str]:
    """What a model took for a recommendation of the article, and the passages that it could not search."""
    if plan.extraction is None:
        return []
    said = {
        "fr": "donné par un modèle pour une recommandation, absent de l'article mot pour mot ; écarté",
        "ar": "قدمه نموذج على أنه توصية، ولا يوجد في المقال بلفظه؛ أهمل",
    }.get(plan.language, "given by a model as a recommendation, not in the article word for word; left out")
    return [*(f"« {quote} »: {said}" for quote in plan.extraction.refused), *plan.extraction.missed]


def _orders(plan: DebatePlan, heard: Sequence[Ruled]) -> list[str]:
    """Who tried to give orders instead of reasons; nothing follows from it but this note."""
    said = {
        "fr": "s'adresse à un modèle comme pour lui donner des ordres ; sans effet",
        "ar": "يخاطب نموذجا كأنه يأمره، دون أثر",
    }.get(plan.language, "speaks to a model as if to give it orders; without effect")
    places = orders(plan.article, (speech for ruled in heard for speech in ruled.speeches))
    return [f"{place}: {said}" for place in places]
