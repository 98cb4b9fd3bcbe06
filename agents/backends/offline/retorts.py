"""One answer to one argument, as an argument on the record and as prose."""

from typing import NamedTuple

from agents.argument.model import ArgumentDraft, GroundDraft, Scheme, Side, Target
from agents.backends.offline.answers import RELATIONS, Option
from agents.backends.offline.claims import cite, effect, ground, indicator
from agents.backends.offline.heard import handle, title_of
from agents.backends.offline.opening import Speaker
from agents.knowledge.load import condition_named
from agents.knowledge.model import Reply
from agents.roles.model import in_language


class Retort(NamedTuple):
    """What goes on the record, and the sentences that say it."""

    draft: ArgumentDraft
    text: tuple[str, ...]


class _Formed(NamedTuple):
    claim: str
    grounds: tuple[GroundDraft, ...] = ()
    side: Side | None = None


def record_name(option: Option) -> str:
    """The name under which an answer goes on the record, so that it is not given twice."""
    if option.reply is not None:
        return option.reply[0]
    if option.kind == "same_stake" and option.mine is not None:
        return option.mine.key
    return option.name


def retort(speaker: Speaker, option: Option, place: int, tabled: set[str]) -> Retort:
    """The answer `option` as the speaker's argument number `place`.

    `tabled` are the texts of the conditions on the table, to which an offer that is made here is added.
    """
    if option.kind == "reply":
        return _reply(speaker, option, place, tabled)
    formed = _FORMS[option.kind](speaker, option, speaker.turn + place)
    questions = option.kind in ("hedge", "bare", "absence")
    claim = speaker.voice.sentence(formed.claim)
    draft = ArgumentDraft(
        claim=claim,
        scheme=Scheme.CRITICAL_QUESTION if questions else Scheme.CONSEQUENCES,
        side=formed.side,
        grounds=(_aimed_at(option), *formed.grounds),
        targets=(Target(argument=option.target.id or "", relation=RELATIONS[option.kind]),),
        point=record_name(option),
    )
    return Retort(draft, (claim,))


def _aimed_at(option: Option) -> GroundDraft:
    return GroundDraft(kind="argument", id=option.target.id or "")


def _slots(speaker: Speaker, option: Option) -> dict[str, str]:
    language = speaker.voice.language
    return {
        "other": title_of(speaker.docket, option.target.role, speaker.voice),
        "role": speaker.title,
        "rec": speaker.rec,
        "handle": handle(option.target, language),
    }


def _reply(speaker: Speaker, option: Option, place: int, tabled: set[str]) -> Retort:
    assert option.reply is not None, "a reply option carries its reply"
    voice, docket = speaker.voice, speaker.docket
    reference, reply = option.reply
    owner = reference.partition(".")[0]
    turn = speaker.turn + place
    says = voice.grammar.typeset(reply.says[voice.language])
    kind = "rebuttal_defence" if option.target.side == "against" else "rebuttal_reply"
    grounds = [_aimed_at(option)]
    text = [voice.say(kind, turn, says=says, **_slots(speaker, option))]
    found = docket.finder.named(owner, reply.cues)
    if found:
        grounds.append(ground(docket, found[0]))
        text.append(voice.say("evidence", turn, q=cite(docket, voice, found[0])))
    if reply.offers:
        offered = reply.offers if "." in reply.offers else f"{owner}.{reply.offers}"
        do = condition_named(offered).do[voice.language]
        if do not in tabled and not docket.meets(offered, speaker.rec):
            tabled.add(do)
            text.append(speaker.voice.say("rebuttal_offer", turn, do=do, rec=speaker.rec, role=speaker.title))
    draft = ArgumentDraft(
        claim=voice.sentence(says),
        scheme=Scheme.CONSEQUENCES,
        grounds=tuple(grounds),
        targets=(Target(argument=option.target.id or "", relation=reply.relation),),
        point=reference,
    )
    return Retort(draft, tuple(text))


def _hedge(speaker: Speaker, option: Option, turn: int) -> _Formed:
    word, span = option.target.hedge or "", option.target.span or ""
    claim = speaker.voice.say(
        "hedge", turn, word=speaker.voice.grammar.quoted(word), span=span, **_slots(speaker, option)
    )
    return _Formed(claim, (GroundDraft(kind="span", id=span, quote=word),))


def _refer(speaker: Speaker, option: Option, turn: int) -> _Formed:
    assert option.reply is not None
    claim = speaker.voice.say("refer", turn, first=option.first or "", **_slots(speaker, option))
    return _Formed(claim, _evidence(speaker, option.reply))


def _evidence(speaker: Speaker, reply: tuple[str, Reply]) -> tuple[GroundDraft, ...]:
    found = speaker.docket.finder.named(reply[0].partition(".")[0], reply[1].cues)
    return tuple(ground(speaker.docket, evidence) for evidence in found[:1])


def _bare(speaker: Speaker, option: Option, turn: int) -> _Formed:
    return _Formed(speaker.voice.say("bare", turn, **_slots(speaker, option)))


def _absence(speaker: Speaker, option: Option, turn: int) -> _Formed:
    passage = speaker.case.passages[0]
    docket = speaker.docket
    proposal = GroundDraft(
        kind="span",
        id=docket.span_id(passage),
        quote=docket.spans[passage].text,
        absence=option.absence,
    )
    claim = speaker.voice.say(f"absence_{option.absence}", turn, **_slots(speaker, option))
    return _Formed(claim, (proposal,))


def _contrary(speaker: Speaker, option: Option, turn: int) -> _Formed:
    assert option.target.point is not None
    assert option.target.key is not None
    docket = speaker.docket
    owner = option.target.key.partition(".")[0]
    evidence = docket.finder.named(owner, option.target.point.counter_cues)[0]
    claim = speaker.voice.say(
        "contrary", turn, q=cite(docket, speaker.voice, evidence), **_slots(speaker, option)
    )
    return _Formed(claim, (ground(docket, evidence),))


def _same_stake(speaker: Speaker, option: Option, turn: int) -> _Formed:
    assert option.mine is not None
    voice = speaker.voice
    claim = voice.say(
        "same_stake",
        turn,
        claim=effect(option.mine, voice, turn),
        indicator=indicator(option.mine.point.indicator, voice),
        **_slots(speaker, option),
    )
    return _Formed(claim, (ground(speaker.docket, option.mine.evidence[0]),), option.mine.side)


def _back_offer(speaker: Speaker, option: Option, turn: int) -> _Formed:
    assert option.mine is not None
    assert option.target.asks is not None
    voice = speaker.voice
    claim = voice.say(
        "back_offer",
        turn,
        condition=condition_named(option.target.asks).handle[voice.language],
        indicator=indicator(option.mine.point.indicator, voice),
        **_slots(speaker, option),
    )
    return _Formed(claim)


def _back(speaker: Speaker, option: Option, turn: int) -> _Formed:
    assert option.mine is not None
    voice, fact = speaker.voice, option.mine.facts[0]
    claim = voice.say("back", turn, claim=effect(option.mine, voice, turn + 1), **_slots(speaker, option))
    return _Formed(
        claim, (GroundDraft(kind="fact", id=fact.id, quote=in_language(fact.text, voice.language)),)
    )


_FORMS = {
    "refer": _refer,
    "hedge": _hedge,
    "bare": _bare,
    "absence": _absence,
    "contrary": _contrary,
    "same_stake": _same_stake,
    "back_offer": _back_offer,
    "back": _back,
}
