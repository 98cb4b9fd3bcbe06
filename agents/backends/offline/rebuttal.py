"""A role's answer to what was said on a recommendation."""

from collections.abc import Sequence

from agents.argument.model import Argument, ArgumentDraft, GroundDraft, Scheme, Speech, Stance, Target
from agents.backends.offline.answers import RELATIONS, Answering, Option, foreseen, options
from agents.backends.offline.claims import cite, effect, ground, indicator
from agents.backends.offline.heard import Heard, handle, hear, heard_argument
from agents.backends.offline.minds import reconsider
from agents.backends.offline.opening import Speaker
from agents.backends.offline.picks import Plan
from agents.backends.offline.voice import upper_first
from agents.backends.offline.votes import votes
from agents.debate.turn import RebuttalReply, TurnRequest
from agents.knowledge.load import condition_named
from agents.roles.model import in_language


def rebuttal(speaker: Speaker, plan: Plan, planned: Sequence[Option], request: TurnRequest) -> RebuttalReply:
    """The answer of a role: what was foreseen where it fits what was really said, else what can be found."""
    role = speaker.charter.name
    mine = [speech for speech in request.speeches if speech.role == role and speech.failed is None]
    held = mine[-1].stance if mine else plan.position.stance
    said = {argument.point for speech in mine for argument in speech.arguments}
    heard = hear(speaker.docket, request.speeches, role)
    answers = [o for o in foreseen(planned, heard) if _point(o) not in said]
    if not answers:
        answers = _improvised(speaker, plan, heard, held, said, bool(mine[1:]))
    mind = reconsider(speaker.docket, speaker.case, role, plan, held, request.speeches)
    drafts: list[ArgumentDraft] = []
    parts: list[str] = []
    tabled = {condition.text for condition in request.conditions}
    for place, option in enumerate(answers):
        argument, text = _answer(speaker, option, place, tabled)
        drafts.append(argument)
        parts += text
    if mind.cause is not None:
        argument, text = _move(
            speaker, held, mind.stance, mind.cause, {t.argument for d in drafts for t in d.targets}
        )
        drafts += argument
        parts += text
    if not parts:
        parts.append(speaker.say("silent"))
    return RebuttalReply(
        stance=mind.stance,
        because=mind.cause.id if mind.cause else None,
        text=" ".join(upper_first(part) for part in parts),
        arguments=tuple(drafts),
        votes=votes(speaker, _open_conditions(request, mine)),
        priority=_priority(mind.gains, mind.harms, plan),
    )


def _priority(gains: float, harms: float, plan: Plan) -> int:
    return plan.position._replace(gains=max(gains, 0.0), harms=max(harms, 0.0)).priority


def _open_conditions(request: TurnRequest, mine: Sequence[Speech]) -> list:
    answered = {vote.condition for speech in mine for vote in speech.votes}
    return [condition for condition in request.conditions if condition.id not in answered]


def _improvised(
    speaker: Speaker, plan: Plan, heard: Sequence[Heard], held: Stance, said: set[str | None], later: bool
) -> list[Option]:
    answering = Answering(speaker.docket, plan, (speaker.rec, speaker.charter.name))
    fresh = [o for o in options(answering, heard, held) if _point(o) not in said]
    if later:
        fresh = [option for option in fresh if option.kind in ("reply", "contrary", "same_stake")]
    return fresh[:1]


def _point(option: Option) -> str:
    """The name under which an answer goes on the record, so that it is not given twice."""
    if option.reply is not None:
        return option.reply[0]
    if option.kind == "same_stake" and option.mine is not None:
        return option.mine.key
    return option.name


def _answer(
    speaker: Speaker, option: Option, place: int, tabled: set[str]
) -> tuple[ArgumentDraft, list[str]]:
    voice, docket, target = speaker.voice, speaker.docket, option.target
    turn = speaker.turn + place
    other = (
        in_language(docket.charters[target.role].title, voice.language)
        if target.role in docket.charters
        else target.role
    )
    slots = {
        "other": other,
        "role": speaker.title,
        "rec": speaker.rec,
        "handle": handle(target, voice.language),
    }
    grounds = [GroundDraft(kind="argument", id=target.id or "")]
    parts: list[str]
    condition = None
    point: str | None = _point(option)
    scheme = Scheme.CONSEQUENCES
    side = None
    if option.kind == "reply" and option.reply is not None:
        reply = option.reply[1]
        says = voice.grammar.typeset(reply.says[voice.language])
        kind = "rebuttal_defence" if target.side == "against" else "rebuttal_reply"
        claim = voice.sentence(says)
        parts = [voice.say(kind, turn, says=says, **slots)]
        found = docket.finder.find(option.reply[0].partition(".")[0], dict(reply.cues))
        if found:
            grounds.append(ground(docket, found[0]))
            parts.append(voice.say("evidence", turn, q=cite(docket, voice, found[0])))
        if reply.offers:
            owner = option.reply[0].partition(".")[0]
            offered = reply.offers if "." in reply.offers else f"{owner}.{reply.offers}"
            do = condition_named(offered).do[voice.language]
            if do not in tabled and not docket.meets(offered, speaker.rec):
                tabled.add(do)
                parts.append(voice.say("rebuttal_offer", turn, do=do))
        relation = reply.relation
    else:
        relation = RELATIONS[option.kind]
        scheme = Scheme.CRITICAL_QUESTION if option.kind in ("hedge", "bare", "absence") else scheme
        claim, grounds, point, side = _formal(speaker, option, turn, slots, grounds)
        parts = [claim]
    draft = ArgumentDraft(
        claim=claim,
        scheme=scheme,
        side=side,
        grounds=tuple(grounds),
        targets=(Target(argument=target.id or "", relation=relation),),
        condition=condition,
        point=point,
    )
    return draft, parts


def _formal(speaker, option, turn, slots, grounds):
    voice, docket, target = speaker.voice, speaker.docket, option.target
    side = None
    point = None
    kind = option.kind
    if kind == "hedge":
        span = next((n for n, s in enumerate(docket.spans) if s.id == target.span), None)
        claim = voice.say("hedge", turn, word=voice.grammar.quoted(target.hedge), span=target.span, **slots)
        if span is not None:
            grounds = [*grounds, GroundDraft(kind="span", id=target.span, quote=target.hedge)]
    elif kind == "contrary":
        evidence = docket.finder.find(target.key.partition(".")[0], dict(target.point.counter_cues))[0]
        claim = voice.say("contrary", turn, q=cite(docket, voice, evidence), **slots)
        grounds = [*grounds, ground(docket, evidence)]
    elif kind == "absence":
        claim = voice.say(f"absence_{option.absence}", turn, **slots)
        passage = speaker.case.passages[0]
        grounds = [
            *grounds,
            GroundDraft(
                kind="span",
                id=docket.span_id(passage),
                quote=docket.spans[passage].text,
                absence=option.absence,
            ),
        ]
    elif kind == "bare":
        claim = voice.say("bare", turn, **slots)
    elif kind == "same_stake":
        mine = option.mine
        claim = voice.say(
            "same_stake",
            turn,
            claim=effect(mine, voice, turn),
            indicator=indicator(mine.point.indicator, voice),
            **slots,
        )
        grounds = [*grounds, ground(docket, mine.evidence[0])]
        side, point = mine.side, mine.key
    elif kind == "back_offer":
        mine = option.mine
        condition = condition_named(target.asks).handle[voice.language]
        claim = voice.say(
            "back_offer", turn, condition=condition, indicator=indicator(mine.point.indicator, voice), **slots
        )
        point = None
    else:
        mine = option.mine
        claim = voice.say("back", turn, claim=effect(mine, voice, turn + 1), **slots)
        grounds = [
            *grounds,
            GroundDraft(kind="fact", id=mine.fact.id, quote=in_language(mine.fact.text, voice.language)),
        ]
    return voice.sentence(claim), grounds, point, side


def _move(
    speaker: Speaker, held: Stance, stance: Stance, cause: Argument, aimed: set[str]
) -> tuple[list[ArgumentDraft], list[str]]:
    """The concession that goes with a change of stance, unless the cause is answered already."""
    voice = speaker.voice
    said = heard_argument(speaker.docket, cause)
    drafts: list[ArgumentDraft] = []
    parts: list[str] = []
    if cause.id not in aimed and said.point is not None:
        other = in_language(speaker.docket.charters[cause.role].title, voice.language)
        claim = voice.sentence(
            speaker.say(
                "concede",
                other=other,
                handle=handle(said, voice.language),
                indicator=indicator(said.point.indicator, voice),
            )
        )
        joins = cause.condition if stance is Stance.CONDITIONS else None
        drafts.append(
            ArgumentDraft(
                claim=claim,
                scheme=Scheme.VALUES,
                grounds=(GroundDraft(kind="argument", id=cause.id),),
                targets=(Target(argument=cause.id, relation="concede"),),
                condition=joins,
            )
        )
        parts.append(claim)
    parts.append(speaker.say("move", **{"from": voice.name(held.value), "to": voice.name(stance.value)}))
    return drafts, parts
