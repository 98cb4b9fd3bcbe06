"""The hearing of one recommendation: what each turn is shown, and what is kept of the answers.

Everything here is a pure function of the plan and of what was said, in the declared order of roles.
"""

from collections.abc import Collection, Sequence

from agents.argument.decision import rule_on, with_strengths
from agents.argument.grounding import mint_arguments, mint_conditions
from agents.argument.model import Argument, Condition, Ruling, Speech, Stance
from agents.argument.wording import wording_disagreements
from agents.article.model import Recommendation
from agents.debate import fidelity
from agents.debate.chair import Input
from agents.debate.course import OPENING, Course, known_facts, ruling_address
from agents.debate.event import Ruled
from agents.debate.fidelity import Worded
from agents.debate.plan import DebatePlan
from agents.debate.turn import (
    MODERATOR,
    Address,
    Answer,
    OpeningReply,
    RebuttalReply,
    RulingReply,
    TurnRequest,
)


def round_requests(
    plan: DebatePlan, recommendation: str, round_: int, speeches: Sequence[Speech]
) -> list[TurnRequest]:
    """What every role is asked in a round. An opening is blind: it is shown nothing that was said."""
    phase = "opening" if round_ == OPENING else "rebuttal"
    return [
        TurnRequest(
            address=Address(
                recommendation=recommendation,
                phase=phase,
                round=round_,
                role=charter.name,
            ),
            recommendation=_recommendation(plan, recommendation),
            speeches=tuple(speeches),
            conditions=tuple(condition for speech in speeches for condition in speech.conditions),
        )
        for charter in plan.charters
    ]


def record_round(
    plan: DebatePlan,
    earlier: Sequence[Speech],
    answers: Sequence[tuple[TurnRequest, Answer]],
) -> list[Speech]:
    """The answers of a round as speeches: ids minted, grounds checked, illegal references dropped."""
    said = list(earlier)
    known = {argument.id: argument for speech in earlier for argument in speech.arguments}
    recorded: list[Speech] = []
    for request, answer in answers:
        speech = _speech(plan, request, answer, said, known)
        said.append(speech)
        recorded.append(speech)
    return recorded


def ruling_request(
    plan: DebatePlan, recommendation: str, course: Course, speeches: Sequence[Speech]
) -> TurnRequest:
    """The computed ruling, put to the moderator for wording, with every argument's strength filled in."""
    return TurnRequest(
        address=ruling_address(plan, recommendation, course),
        recommendation=_recommendation(plan, recommendation),
        speeches=with_strengths(speeches),
        conditions=tuple(condition for speech in speeches for condition in speech.conditions),
        ruling=rule_on(recommendation, speeches, plan.charters, plan.rule),
    )


def worded(plan: DebatePlan, request: TurnRequest, words: Worded, chair: tuple[Input, ...] = ()) -> Ruled:
    """The ruling with the moderator's words, as far as they hold; without them when its turn failed.

    `chair` is what the chair put on the recommendation.
    """
    ruling = request.ruling
    assert ruling is not None, "a ruling request carries its ruling"
    answered = words.answer.reply
    if not isinstance(answered, RulingReply):
        failed = ruling.failed | {MODERATOR: words.answer.failure or "no ruling was worded"}
        return Ruled(
            ruling=ruling.model_copy(update={"failed": failed}),
            speeches=request.speeches,
            chair=chair,
        )
    reply, cut = fidelity.without(answered, words.found)
    texts = [reply.measure.title, *(sentence.text for sentence in reply.reasons)]
    parting = ruling.disagreements + wording_disagreements(ruling, texts, plan.language)
    return Ruled(
        ruling=_with_replies(ruling, reply).model_copy(update={"disagreements": parting}),
        reasons=reply.reasons,
        measure=reply.measure,
        cut=cut,
        speeches=request.speeches,
        chair=chair,
    )


def _recommendation(plan: DebatePlan, recommendation: str) -> Recommendation:
    return next(item for item in plan.recommendations if item.id == recommendation)


def _speech(
    plan: DebatePlan,
    request: TurnRequest,
    answer: Answer,
    said: Sequence[Speech],
    known: dict[str, Argument],
) -> Speech:
    address = request.address
    before = next((speech for speech in reversed(said) if speech.role == address.role), None)
    held = before.stance if before else Stance.NONE
    reply = answer.reply
    if not isinstance(reply, OpeningReply | RebuttalReply):
        # A stance once expressed stands until its author changes it; one never expressed is no position.
        return Speech(
            address=str(address),
            recommendation=address.recommendation,
            phase=address.phase,
            round=address.round,
            role=address.role,
            stance=held,
            priority=before.priority if before else None,
            failed=answer.failure or "no reply",
        )
    number = 1 + sum(len(speech.arguments) for speech in said)
    recommendation = _recommendation(plan, address.recommendation)
    arguments = mint_arguments(
        reply.arguments,
        recommendation=recommendation,
        role=address.role,
        phase=address.phase,
        round_=address.round,
        stance=reply.stance,
        start_number=number,
        article=plan.article,
        facts=known_facts(plan, said),
        known=known,
        language=plan.language,
        red_lines={line.id for line in plan.charter(address.role).red_lines},
    )
    tabled = [condition for speech in said for condition in speech.conditions]
    speech = Speech(
        address=str(address),
        recommendation=address.recommendation,
        phase=address.phase,
        round=address.round,
        role=address.role,
        stance=reply.stance,
        text=reply.text,
        arguments=arguments,
        conditions=mint_conditions(arguments, tabled),
        priority=reply.priority,
    )
    if isinstance(reply, OpeningReply):
        return speech
    own = {argument.id for argument in known.values() if argument.role == address.role}
    open_to_vote = {condition.id for condition in request.conditions}
    return speech.model_copy(
        update={
            "because": _cause(reply.because, known, tabled) if reply.stance != held else None,
            "votes": tuple(vote for vote in reply.votes if vote.condition in open_to_vote),
            "withdrawn": tuple(name for name in reply.withdrawn if name in own),
        }
    )


def _cause(named: str | None, known: Collection[str], tabled: Sequence[Condition]) -> str | None:
    """The argument that a role names as the cause of its move; for a condition, the one that asks for it."""
    asking = {condition.id: condition.argument for condition in tabled}
    cause = asking.get(named or "", named)
    return cause if cause in known else None


def _with_replies(ruling: Ruling, reply: RulingReply) -> Ruling:
    """Set the moderator's replies beside the objections, whose own words stay untouched."""
    replies = {objection.argument: objection for objection in reply.objections}
    dissents = tuple(
        dissent.model_copy(
            update={
                "majority_reply": said.majority_reply or None,
                "why_insufficient": said.why_insufficient or None,
                "review_trigger": said.review_trigger or dissent.review_trigger,
            }
        )
        if (said := replies.get(dissent.argument))
        else dissent
        for dissent in ruling.dissents
    )
    return ruling.model_copy(update={"dissents": dissents})
