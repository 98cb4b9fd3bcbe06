"""A role's answer to what was said on a recommendation."""

from collections.abc import Sequence

from agents.argument.model import (
    Argument,
    ArgumentDraft,
    Condition,
    GroundDraft,
    Scheme,
    Speech,
    Stance,
    Target,
)
from agents.backends.offline.answers import Answering, Option, foreseen, options
from agents.backends.offline.claims import indicator
from agents.backends.offline.heard import Heard, handle, hear, heard_argument, title_of
from agents.backends.offline.minds import reconsider
from agents.backends.offline.opening import Speaker
from agents.backends.offline.picks import Plan
from agents.backends.offline.retorts import record_name, retort
from agents.backends.offline.voice import upper_first
from agents.backends.offline.votes import votes
from agents.debate.turn import RebuttalReply, TurnRequest
from agents.knowledge.load import condition_named

_LATER = frozenset({"reply", "contrary", "same_stake"})
"""What a role still says in a third round or later when nothing was foreseen for it."""


def rebuttal(speaker: Speaker, plan: Plan, planned: Sequence[Option], request: TurnRequest) -> RebuttalReply:
    """The answer of a role: what was foreseen where it fits what was really said, else what can be found."""
    role = speaker.charter.name
    mine = [speech for speech in request.speeches if speech.role == role and speech.failed is None]
    held = mine[-1].stance if mine else plan.position.stance
    said = {argument.point for speech in mine for argument in speech.arguments}
    heard = hear(speaker.docket, request.speeches, role)
    answers = [o for o in foreseen(planned, heard) if record_name(o) not in said]
    if not answers:
        answering = Answering(speaker.docket, plan, (speaker.rec, role))
        fresh = [o for o in options(answering, heard, held) if record_name(o) not in said]
        answers = [o for o in fresh if not mine[1:] or o.kind in _LATER][:1]
    mind = reconsider(speaker.docket, speaker.case, plan, role=role, held=held, speeches=request.speeches)
    drafts: list[ArgumentDraft] = []
    parts: list[str] = []
    tabled = {condition.text for condition in request.conditions}
    for place, option in enumerate(answers):
        said_now = retort(speaker, option, place, tabled)
        drafts.append(said_now.draft)
        parts += said_now.text
    if mind.cause is not None:
        aimed = {target.argument for draft in drafts for target in draft.targets}
        conceded, text = _move(speaker, held, mind.stance, mind.cause, aimed)
        drafts += conceded
        parts += text
    if not parts:
        parts.append(speaker.say("silent"))
    return RebuttalReply(
        stance=mind.stance,
        because=mind.cause.id if mind.cause else None,
        text=" ".join(upper_first(part) for part in parts),
        arguments=tuple(drafts),
        votes=votes(
            speaker,
            _open_conditions(request, mine),
            willing=mind.stance is Stance.SUPPORT,
            granted=mind.cause.condition if mind.cause else None,
        ),
        priority=_priority(mind.gains, mind.harms, plan),
    )


def _priority(gains: float, harms: float, plan: Plan) -> int:
    return plan.position._replace(gains=max(gains, 0.0), harms=max(harms, 0.0)).priority


def _open_conditions(request: TurnRequest, mine: Sequence[Speech]) -> list[Condition]:
    answered = {vote.condition for speech in mine for vote in speech.votes}
    return [condition for condition in request.conditions if condition.id not in answered]


def _move(
    speaker: Speaker, held: Stance, stance: Stance, cause: Argument, aimed: set[str]
) -> tuple[list[ArgumentDraft], list[str]]:
    """The concession that goes with a change of stance, unless the cause is answered already."""
    voice = speaker.voice
    said = heard_argument(speaker.docket, cause)
    drafts: list[ArgumentDraft] = []
    parts: list[str] = []
    rising = held is Stance.OPPOSE or stance is Stance.SUPPORT
    offered = said.asks if rising and said.side == "against" else None
    if said.point is not None and (cause.id not in aimed or offered):
        claim = voice.sentence(_concession(speaker, said, offered))
        drafts.append(
            ArgumentDraft(
                claim=claim,
                scheme=Scheme.VALUES,
                grounds=(GroundDraft(kind="argument", id=cause.id),),
                targets=(Target(argument=cause.id, relation="support" if offered else "concede"),),
                condition=cause.condition if stance is Stance.CONDITIONS else None,
            )
        )
        parts.append(claim)
    parts.append(speaker.say("move", **{"from": voice.name(held.value), "to": voice.name(stance.value)}))
    return drafts, parts


def _concession(speaker: Speaker, said: Heard, offered: str | None) -> str:
    """What is granted to an argument: its point, or that the condition which goes with it is enough."""
    assert said.point is not None
    voice = speaker.voice
    other = title_of(speaker.docket, said.role, voice)
    if offered is None:
        label = indicator(said.point.indicator, voice)
        return speaker.say("concede", other=other, handle=handle(said, voice.language), indicator=label)
    condition = condition_named(offered)
    cares = speaker.charter.indicators
    helped = max(condition.helps, key=lambda name: (cares.get(name, 0.0), name))
    return speaker.say(
        "accept_offer",
        other=other,
        condition=condition.handle[voice.language],
        indicator=indicator(helped, voice),
    )
