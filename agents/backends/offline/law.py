"""The law that a measure stands on: texts that the charters know of, and the basis that an article does not give."""

import re
from collections.abc import Iterator, Sequence

from agents.backends.offline.docket import Docket
from agents.backends.offline.sources import source_phrase
from agents.backends.offline.voice import Voice, upper_first
from agents.debate.document import Sentence
from agents.roles.model import Fact, in_language

_TOPICS = 3
"""So many topics of a recommendation tell which texts it falls under."""
_NAMES_A_LAW = re.compile(r"\b(?:loi|décrets?|dahir|law|decrees?|act)\b", re.IGNORECASE)


def legal_basis(docket: Docket, voice: Voice, rec: str) -> tuple[Sentence, ...]:
    """The texts that bear on one recommendation; for a duty without any, that its basis is to be established."""
    found = [
        Sentence(text=voice.say("legal_fact", 0, **_told(docket, voice, fact)), rests_on=(fact.id,))
        for fact in _texts(docket, rec)
    ]
    if not found and _lacks_one(docket, rec):
        span = docket.span_id(docket.cases[rec].passages[0])
        found = [Sentence(text=voice.say("legal_none", 0, rec=rec), rests_on=(rec, span))]
    return tuple(found)


def shared_law(docket: Docket, voice: Voice, kept: Sequence[str]) -> Iterator[Sentence]:
    """What several measures fall under, each text once, then those that lack a basis."""
    under: dict[str, list[str]] = {}
    facts: dict[str, Fact] = {}
    for rec in kept:
        for fact in _texts(docket, rec):
            facts[fact.id] = fact
            under.setdefault(fact.id, []).append(rec)
    for name, recs in under.items():
        text = voice.say(
            "cross_law_fact",
            int(len(recs) > 1),
            recs=voice.grammar.join(recs),
            **_told(docket, voice, facts[name]),
        )
        yield Sentence(text=upper_first(text), rests_on=(*recs, name))
    lawless = [rec for rec in kept if _lacks_one(docket, rec)]
    if lawless:
        text = voice.say("cross_law", int(len(lawless) > 1), recs=voice.grammar.join(lawless))
        yield Sentence(text=text, rests_on=tuple(lawless))


def _texts(docket: Docket, rec: str) -> list[Fact]:
    """The charters' facts that name a law and bear on what a recommendation is about, in the order of roles."""
    about = {topic.concept.name for topic in docket.cases[rec].frame.topics[:_TOPICS]}
    usable = docket.plan.facts()
    return [
        fact
        for fact in usable.values()
        if about.intersection(fact.topics) and any(_NAMES_A_LAW.search(text) for text in fact.text.values())
    ]


def _lacks_one(docket: Docket, rec: str) -> bool:
    """Whether a recommendation imposes something without saying by what law."""
    case = docket.cases[rec]
    return case.frame.strength == "mandate" and bool(case.passages) and docket.lacks("law", rec)


def _told(docket: Docket, voice: Voice, fact: Fact) -> dict[str, str]:
    return {
        "source": source_phrase(fact, docket.plan.article, voice.language),
        "fact": in_language(fact.text, voice.language),
    }
