"""The adopted wording of a recommendation: its own sentence, completed by the conditions that were accepted."""

import re
from collections.abc import Sequence

from agents.backends.offline.docket import Case, Docket
from agents.backends.offline.frame import Topic
from agents.backends.offline.voice import Voice, upper_first
from agents.knowledge.load import frames

_SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=[A-ZÀ-Ý«“\"'(])|\s*\n\s*")
_TITLE_WORDS = 18
_LEANING = re.compile(r"^(?:de\s+|d['’])(?=\w+(?:er|ir|re)\b)", re.IGNORECASE)
"""A French proposal in a list often hangs on the words above it ("we ask: to …")."""
_THAT = re.compile(r"^(?:\S+\s+){1,5}?(?:que|that)\s|^(?:\S+\s+){1,5}?qu['’]", re.IGNORECASE)
_MODAL = re.compile(r"\b(?:should|must|shall|will|ought)\b")
_DETERMINERS = {
    "fr": frozenset("le la les un une des du de à au aux chaque tous toutes tout toute ce cette ces".split()),
    "en": frozenset("a an the all every each its their this these".split()),
}
_SMALL = frozenset(
    "de du des d la le les l un une a à au aux et ou en par pour sur dans avec qui que dont moins plus "
    "of the a an and or in on to for with by that which who from less more than at".split()
)
_TAIL = " \t\n.;:,…\u00a0"


def core_sentence(docket: Docket, case: Case) -> str:
    """The sentence of a recommendation that proposes something: the first with a proposing verb, else the first."""
    text = _LEANING.sub("", case.recommendation.text.strip())
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
        items = _series([voice.grammar.to(item) for item in conditions], voice)
        base += voice.say("wording_with", 0, items=items)
    return voice.sentence(upper_first(base))


def act_of(docket: Docket, voice: Voice, case: Case) -> str | None:
    """What a recommendation does, as an infinitive, in its own words or by the concept that it is mostly about;
    None where neither is to be had or tells it from the others.
    """
    aim = aim_of(docket, voice, case)
    others = [aim_of(docket, voice, other) for other in docket.cases.values() if other is not case]
    return None if aim in others else aim


def aim_of(docket: Docket, voice: Voice, case: Case) -> str | None:
    """What a recommendation does, as an infinitive; None outside the knowledge base and where it is no order."""
    own = title(docket, voice, case)
    if docket.plan.article.language == voice.language and _is_infinitive(own, voice.language):
        return own[:1].lower() + own[1:]
    return _acts(voice, case, 1) if case.frame.head is not None else None


def _is_infinitive(text: str, language: str) -> bool:
    """Whether a title is an order or an infinitive of few enough words to stand in a sentence."""
    words = re.findall(r"\w+|…", text.lower())
    if len(words) < 2 or "…" in words:
        return False
    if language == "fr":
        return words[0].endswith(("er", "ir", "re")) and (
            words[1] in _DETERMINERS["fr"] or re.match(r"\w+ [ld]['’]", text.lower()) is not None
        )
    if _MODAL.search(text.lower()):
        return False
    lexicon = frames(language)
    verbs = {p[0].folded for kind in ("build", "restrain", "talk") for p in lexicon[kind].phrases}
    return words[0] in verbs or words[1] in _DETERMINERS["en"]


def _acts(voice: Voice, case: Case, most: int = 2) -> str:
    acts = [act(topic, voice) for topic in case.frame.topics[:most] if topic.direction != "talk"]
    return voice.grammar.join(acts or [case.frame.topics[0].concept.acts.build[voice.language]])


def title(docket: Docket, voice: Voice, case: Case) -> str:
    """A short title: the recommendation's first clause, or in another language its acts."""
    if docket.plan.article.language != voice.language and case.frame.topics:
        return upper_first(_acts(voice, case))
    text = core_sentence(docket, case).rstrip(_TAIL)
    if len(text.split()) <= _TITLE_WORDS:
        return upper_first(text)
    text = clause(text)
    words = text.split()
    if len(words) <= _TITLE_WORDS:
        return upper_first(text)
    words = words[:_TITLE_WORDS]
    while words[-1].lower() in _SMALL:
        words.pop()
    return upper_first(" ".join(words).rstrip(_TAIL) + " …")


def clause(text: str) -> str:
    """The first clause of a proposal, when it says already what is proposed; else the whole."""
    first = re.split(r"[,;:(]", text, maxsplit=1)[0].rstrip(_TAIL)
    # "Require that data, …" has not said what it requires when the comma comes.
    return text if len(first.split()) < 3 or _THAT.match(first) else first


def _series(items: Sequence[str], voice: Voice) -> str:
    """A list in words, parted by semicolons where the items have commas or an "and" of their own."""
    inner = (",", " et ") if voice.language == "fr" else (",", " and ")
    if len(items) < 2 or not any(mark in item for item in items for mark in inner):
        return voice.grammar.join(items)
    stop, last = ("\u00a0; ", "et ") if voice.language == "fr" else ("; ", "and ")
    return stop.join([*items[:-1], last + items[-1]])
