"""A role's answers to the conditions on the table."""

from collections.abc import Iterable

from agents.argument.model import Condition, ConditionVote
from agents.backends.offline.claims import indicator
from agents.backends.offline.opening import Speaker
from agents.knowledge.load import condition_named
from agents.knowledge.model import Condition as KnownCondition

_FELT = 0.3
"""Below this weight a role does not feel what a condition does to an indicator."""
_PRICE = 0.4
"""What a role that wants the recommendation may lose by a condition of others and still accept it."""


def votes(
    speaker: Speaker, conditions: Iterable[Condition], *, willing: bool, granted: str | None
) -> tuple[ConditionVote, ...]:
    """Yes where a condition serves the role's indicators at least as much as it harms them, else no.

    A `willing` role, which wants the recommendation, also accepts what does not touch it and pays a moderate
    price for the agreement of others; one that does not want it gives no answer to what it does not feel.
    The condition that goes with the argument which moved the role (`granted`, its text) is accepted in any case.
    A role gives no answer to a condition that the knowledge base does not know: it cannot tell what it
    would do.
    """
    cast = []
    for place, condition in enumerate(conditions):
        if condition.role == speaker.charter.name:
            continue
        reference = speaker.docket.reference(condition.text)
        if reference is None:
            continue
        known = condition_named(reference)
        if condition.text == granted:
            cast.append(_granted(speaker, condition.id, known, place))
        elif willing or _is_felt(speaker, known):
            cast.append(_vote(speaker, condition.id, known, place, willing=willing))
    return tuple(cast)


def _granted(speaker: Speaker, name: str, condition: KnownCondition, place: int) -> ConditionVote:
    cares = speaker.charter.indicators
    helped = max(condition.helps, key=lambda i: (cares.get(i, 0.0), i))
    label = indicator(helped, speaker.voice)
    reason = speaker.voice.say("vote_helps", speaker.turn + place, indicator=label)
    return ConditionVote(condition=name, accepts=True, reason=reason)


def _is_felt(speaker: Speaker, condition: KnownCondition) -> bool:
    cares = speaker.charter.indicators
    return any(cares.get(name, 0.0) >= _FELT for name in (*condition.helps, *condition.hurts))


def _vote(
    speaker: Speaker, name: str, condition: KnownCondition, place: int, *, willing: bool
) -> ConditionVote:
    cares = speaker.charter.indicators
    voice = speaker.voice
    turn = speaker.turn + place
    helped = max(condition.helps, key=lambda i: (cares.get(i, 0.0), i))
    gain = cares.get(helped, 0.0)
    hurt = max(condition.hurts, key=lambda i: (cares.get(i, 0.0), i), default=None)
    loss = cares.get(hurt, 0.0) if hurt else 0.0
    if gain < _FELT and loss < _FELT:
        return ConditionVote(
            condition=name, accepts=True, reason=voice.say("vote_neutral", turn, role=speaker.title)
        )
    accepts = gain >= loss
    if hurt and not accepts and willing and loss - gain <= _PRICE:
        reason = voice.say("vote_price", turn, hurt=indicator(hurt, voice), rec=speaker.rec)
        return ConditionVote(condition=name, accepts=True, reason=reason)
    if not accepts and hurt:
        reason = voice.say("vote_hurts", turn, indicator=indicator(hurt, voice))
    elif hurt and loss >= _FELT:
        reason = voice.say(
            "vote_balance", turn, indicator=indicator(helped, voice), hurt=indicator(hurt, voice)
        )
    else:
        reason = voice.say("vote_helps", turn, indicator=indicator(helped, voice))
    return ConditionVote(condition=name, accepts=accepts, reason=reason)
