"""The adopted wording of a recommendation: its own sentence, completed by the conditions that were accepted."""

import re
from collections.abc import Sequence

from agents.backends.offline.docket import Case, Docket
from agents.backends.offline.frame import Topic
from agents.backends.offline.voice import Voice, upper_first
from agents.knowledge.load import frames

_SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=[A-ZÀ-Ý«“\"'(])|\s*\n\s*")
_TITLE_WORDS = 14
_TAIL = " \t\n.;:,…\u00a0"


def core_sentence(docket: Docket, case: Case) -> str:
    """The sentence of a recommendation that proposes something: the first with a proposing verb, else the first."""
    text = case.recommendation.text.strip()
    sentences = _SENTENCE.split(text)
    if len(sentences) == 1:
        return text
    lexicon = frames(docket.plan.article.language)
    words = docket.passages.words[case.number]
    verbs = [
        words[hit.first].start
        for kind in ("mandate", "build", "restrain", "talk")
        if kind in lexicon
        for hit in docket.passages.group(lexicon[kind]).get(case.number, [])
    ]
    at = 0
    for sentence in sentences:
        start = text.index(sentence, at)
        at = start + len(sentence)
        if any(start <= verb < at for verb in verbs):
            return sentence
    return sentences[0]


def act(topic: Topic, voice: Voice) -> str:
    """What is done to a concept, as an infinitive."""
    acts = topic.concept.acts
    return (acts.restrain if topic.direction == "restrain" else acts.build)[voice.language]


def adopted_wording(docket: Docket, voice: Voice, case: Case, conditions: Sequence[str]) -> str:
    """One sentence of the source's kind. In a debate held in another language it is composed from the acts of the
    concepts that the recommendation names; without any it is the source's own sentence.
    """
    translated = docket.plan.article.language != voice.language
    base = _acts(voice, case) if translated and case.frame.topics else core_sentence(docket, case)
    base = base.strip().rstrip(_TAIL)
    if conditions:
        items = voice.grammar.join([voice.grammar.to(item) for item in conditions])
        base += voice.say("wording_with", 0, items=items)
    return voice.sentence(upper_first(base))


def act_of(docket: Docket, voice: Voice, case: Case) -> str:
    """What a recommendation does, as an infinitive, by the concept it is mostly about; else its own title."""
    if case.frame.head is None:
        return voice.grammar.quoted(title(docket, voice, case))
    return _acts(voice, case, 1)


def _acts(voice: Voice, case: Case, most: int = 2) -> str:
    acts = [act(topic, voice) for topic in case.frame.topics[:most] if topic.direction != "talk"]
    return voice.grammar.join(acts or [case.frame.topics[0].concept.acts.build[voice.language]])


def title(docket: Docket, voice: Voice, case: Case) -> str:
    """A short title: the recommendation's first clause, or in another language its acts."""
    if docket.plan.article.language != voice.language and case.frame.topics:
        return upper_first(_acts(voice, case))
    text = core_sentence(docket, case).rstrip(_TAIL)
    clause = re.split(r"[,;:(]", text, maxsplit=1)[0].rstrip(_TAIL)
    if len(clause.split()) < 3:
        clause = text
    words = clause.split()
    return upper_first(clause if len(words) <= _TITLE_WORDS else " ".join(words[:_TITLE_WORDS]) + " …")
