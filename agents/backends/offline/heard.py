"""What was said, seen through the knowledge base: arguments of others that can be answered."""

from collections.abc import Iterable
from typing import NamedTuple

from agents.argument.model import CHAIR, Argument, Speech
from agents.backends.offline import french
from agents.backends.offline.docket import Docket
from agents.backends.offline.picks import Plan, Turn
from agents.backends.offline.voice import Voice, chair_title
from agents.errors import KnowledgeError
from agents.knowledge.load import concept
from agents.knowledge.model import Point, Reply
from agents.roles.model import in_language

_CLAIM_WORDS = 9
_FORMAL = {
    "cost": {"fr": "l'absence de chiffrage", "en": "the missing estimate of cost"},
    "deadline": {"fr": "l'absence d'échéance", "en": "the missing timetable"},
    "owner": {"fr": "l'absence de responsable désigné", "en": "the missing owner"},
    "evaluation": {"fr": "l'absence d'évaluation prévue", "en": "the missing evaluation"},
    "hedge": {"fr": "le conditionnel de la source", "en": "the source's conditional"},
    "bare": {"fr": "l'absence de constat à l'appui", "en": "the missing finding"},
    "contrary": {"fr": "le passage en sens contraire", "en": "the passage to the contrary"},
}
"""How answers to the form of an argument are referred to."""


class Heard(NamedTuple):
    """An argument as its hearers see it; `id` is None while it is only foreseen.

    `point` is None when the argument does not come from the knowledge base; `bare` says that it rests on
    nothing but the words of the proposal, `hedge` that what it quotes of `span` is in the conditional;
    `asks` is the reference of the condition that it asks for, `about` the point that a reply answers; `formal`
    names what an answer to the form of an argument finds missing.
    """

    id: str | None
    role: str
    key: str | None
    point: Point | None
    side: str | None
    claim: str
    bare: bool
    hedge: str | None
    span: str | None
    asks: str | None
    about: str | None = None
    formal: str | None = None


def foresee(docket: Docket, plans: dict[Turn, Plan], rec: str) -> list[Heard]:
    """The opening arguments that the plans foresee on a recommendation."""
    found = []
    for role in docket.charters:
        for pick in plans[rec, role].picks:
            item = pick.candidate
            best = item.evidence[0] if item.evidence else None
            found.append(
                Heard(
                    None,
                    role,
                    item.key,
                    item.point,
                    item.side,
                    "",
                    best is None and pick.fact is None,
                    best.hedge if best else None,
                    docket.span_id(best.passage) if best else None,
                    pick.condition,
                )
            )
    return found


def hear(docket: Docket, speeches: Iterable[Speech], listener: str) -> list[Heard]:
    """The arguments of others in `speeches`."""
    return [
        heard_argument(docket, argument)
        for speech in speeches
        if speech.failed is None and speech.role != listener
        for argument in speech.arguments
    ]


def heard_argument(docket: Docket, argument: Argument) -> Heard:
    """One argument on the record."""
    point = point_named(argument.point)
    verified = [ground for ground in argument.grounds if ground.status != "unverified"]
    own = set(docket.cases[argument.recommendation].passages)
    evidence = [
        g for g in verified if g.kind == "fact" or (g.kind == "span" and docket.passage_of(g.id) not in own)
    ]
    hedge = span = None
    for ground in evidence:
        if ground.kind == "span":
            hedge, span = docket.finder.hedge_in(docket.passage_of(ground.id), ground.quote), ground.id
            break
    return Heard(
        argument.id,
        argument.role,
        argument.point if point else None,
        point,
        argument.side,
        argument.claim,
        not evidence and not any(ground.absence for ground in verified),
        hedge,
        span,
        docket.reference(argument.condition) if argument.condition else None,
        answered_point(argument.point),
        _formal(argument.point),
    )


def _formal(name: str | None) -> str | None:
    """The key of `_FORMAL` for an answer recorded as `kind:argument:what is missing`."""
    kind, _, rest = (name or "").partition(":")
    key = rest.rpartition(":")[2] if kind == "absence" else kind
    return key if key in _FORMAL else None


def answered_point(key: str | None) -> str | None:
    """The point that the reply `concept.reply` answers; None when the knowledge base has no such reply."""
    owner, dot, name = (key or "").partition(".")
    if not dot:
        return None
    try:
        reply = concept(owner).replies.get(name)
    except KnowledgeError:
        return None
    return None if reply is None else reply.to if "." in reply.to else f"{owner}.{reply.to}"


def point_named(key: str | None) -> Point | None:
    """The point `concept.point`; None when the knowledge base has none of that name."""
    owner, dot, name = (key or "").partition(".")
    if not dot:
        return None
    try:
        return concept(owner).points.get(name)
    except KnowledgeError:
        return None


def replies_to(key: str) -> list[tuple[str, Reply]]:
    """The declared replies to a point, by reference, in alphabetical order."""
    owner, _, name = key.partition(".")
    return sorted(
        (f"{owner}.{reply_name}", reply)
        for reply_name, reply in concept(owner).replies.items()
        if reply.to in (name, key)
    )


def title_of(docket: Docket, role: str, voice: Voice) -> str:
    """How a role, or the chair, is called."""
    charter = docket.charters.get(role)
    if charter is not None:
        return in_language(charter.title, voice.language)
    return chair_title(voice) if role == CHAIR else role


def handle(item: Heard, language: str) -> str:
    """How others refer to an argument: its point's handle, else the beginning of its claim."""
    if item.point is not None:
        return item.point.handle[language]
    answered = point_named(item.about)
    if answered is not None:
        of = french.of(answered.handle.fr) if language == "fr" else answered.handle.en
        return f"la mise en cause {of}" if language == "fr" else f"the challenge to {of}"
    if item.formal is not None:
        return _FORMAL[item.formal]["fr" if language == "fr" else "en"]
    words = item.claim.rstrip(".").split()
    short = " ".join(words[:_CLAIM_WORDS]) + (" …" if len(words) > _CLAIM_WORDS else "")
    return f"l'argument « {short} »" if language == "fr" else f"the argument “{short}”"
