"""The fidelity audit: does each sentence of a strategy say only what it rests on, and is no objection
dropped?

The audit is a set of tests that a careful reader would make by hand; each finding names the sentence and the
words. It does not judge style or truth.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from agents.argument.figures import Number, numbers_in, says_same
from agents.argument.model import Dissent, Ruling, Stance
from agents.argument.typography import find, fold
from agents.argument.words import pattern, stems


class Claimed(NamedTuple):
    """A sentence of the document: where it stands, its text, the ids that it rests on."""

    where: str
    text: str
    rests_on: Sequence[str]


class Source(NamedTuple):
    """What an id stands for, in words, and in which language."""

    text: str
    language: str


class Sources(NamedTuple):
    """All that a strategy may rest on.

    `texts` has every id (arguments, conditions, rulings, spans, facts); `rulings` those that can be counted;
    `unverified` the arguments that rest on grounds of which none was verified; `context` what every sentence
    may name: the title, the recommendations, the countries and the roles. `titles` are the roles as they
    are called, `authors` who said what has an id.
    """

    texts: Mapping[str, Source]
    rulings: Mapping[str, Ruling]
    unverified: Collection[str]
    context: str
    titles: Mapping[str, str] = {}
    authors: Mapping[str, str] = {}


Kind = Literal[
    "rests_on_nothing",
    "unknown_id",
    "unverified",
    "number",
    "name",
    "actor",
    "quote",
    "modality",
    "decision",
    "speaker",
    "dropped_objection",
    "reworded_objection",
    "unnamed_dissent",
]


class Finding(NamedTuple):
    """A problem: what kind, in which sentence or entry, and the words or ids concerned."""

    kind: Kind
    where: str
    text: str


_ID = re.compile(r"\b(?:[ACMRS]\d+(?:\.\d+)?|F-[\w-]*\w)\b")
_SENTENCE_START = re.compile(r"(?:^|[.!?…:;«“\"(\[–—•]|\s-)\s*$")
_CAPITALISED = re.compile(r"(?<![\w.-])(?:[A-ZÀ-ÖØ-Þ][\w’'-]*[^\W\d_])")
_ELIDED = re.compile(r"^(?:[A-Za-z]|[Qq]u|[Ll]orsqu|[Jj]usqu|[Pp]uisqu)['’]")
_STEM = 5
_FUTURE = re.compile(r"\b(\w{3,}?)(ra|ront)\b")
_WILL = re.compile(r"\bwill (?:be )?(\w+)")
_QUOTED = re.compile(r"«\s*([^«»]+?)\s*»|“([^“”]+)”")
_CUT = re.compile(r"\[[^\]]*\]|…|\.\.\.")
_EDGES = " .,;:!?'"
_ELLIPSIS = re.compile(r"\s*(?:\[…\]|\[\.\.\.\]|…|\.\.\.)\s*$")


def sentences_of(document: object, where: str = "") -> Iterator[Claimed]:
    """Every sentence of a dumped strategy (JSON values) that says what it rests on, with its place.

    A tension also rests on its recommendations; a risk is said together with its mitigation.
    """
    if isinstance(document, Mapping):
        if "text" in document and "rests_on" in document:
            text = " ; ".join(part for key in ("text", "mitigation") if (part := document.get(key)))
            yield Claimed(where, text, [*document["rests_on"], *document.get("recommendations", ())])
            return
        for key, value in document.items():
            yield from sentences_of(value, f"{where}.{key}" if where else str(key))
    elif isinstance(document, list | tuple):
        for place, value in enumerate(document):
            yield from sentences_of(value, f"{where}[{place}]")


def audit(sentences: Iterable[Claimed], sources: Sources, language: str) -> tuple[Finding, ...]:
    """The problems of each sentence, in order.

    It rests on nothing, on an id that does not exist, or only on arguments whose grounds are unverified; or
    it holds a number, a name or an actor that its sources do not have, quotes what nobody said, says must,
    or will, where they say should or could, tells another decision than any that it rests on, or lays an
    objection to a role that has made none. Names in Arabic letters cannot be told and are not looked for.
    """
    findings: list[Finding] = []
    for sentence in sentences:
        findings += _audit_one(sentence, sources, language)
    return tuple(findings)


def dropped_objections(
    computed: Iterable[Dissent],
    minority: Iterable[Dissent],
    summary: Iterable[Claimed],
    titles: Mapping[str, str],
) -> tuple[Finding, ...]:
    """Dissents that the minority report leaves out or words otherwise, or that the summary does not name.

    An objection may be shortened at its end, never reworded. The summary names a dissent when one of its
    sentences rests on the argument (for one without: names the role, by its entry in `titles`).
    """
    entries = {(entry.recommendation, entry.argument, entry.role): entry for entry in minority}
    said = list(summary)
    findings: list[Finding] = []
    for dissent in computed:
        where = f"{dissent.recommendation}/{dissent.argument or dissent.role}"
        entry = entries.get((dissent.recommendation, dissent.argument, dissent.role))
        if entry is None:
            findings.append(Finding("dropped_objection", where, dissent.objection))
        elif not _is_shortened(entry.objection, dissent.objection):
            findings.append(Finding("reworded_objection", where, entry.objection))
        named = (
            dissent.argument in sentence.rests_on
            if dissent.argument
            else titles.get(dissent.role, dissent.role) in sentence.text
            for sentence in said
        )
        if not any(named):
            findings.append(Finding("unnamed_dissent", where, dissent.objection))
    return tuple(findings)


def _audit_one(sentence: Claimed, sources: Sources, language: str) -> list[Finding]:
    where = sentence.where
    if not sentence.rests_on:
        return [Finding("rests_on_nothing", where, sentence.text)]
    unknown = [name for name in sentence.rests_on if name not in sources.texts]
    if unknown:
        return [Finding("unknown_id", where, ", ".join(unknown))]
    findings: list[Finding] = []
    if all(name in sources.unverified for name in sentence.rests_on):
        findings.append(Finding("unverified", where, ", ".join(sentence.rests_on)))
    rests_on = [sources.texts[name] for name in sentence.rests_on]
    findings += [
        Finding("number", where, number.text)
        for number in _new_numbers(sentence, rests_on, sources, language)
    ]
    plain = _plain(sentence.text)
    said = " \n ".join(_plain(source.text) for source in rests_on)
    context = _plain(sources.context)
    findings += [
        Finding("name", where, name) for name in _names(sentence.text) if not _stands_in(name, said, context)
    ]
    findings += [
        Finding("actor", where, match[0])
        for match in pattern(language, "audit", "actor").finditer(plain)
        if not _stands_in(match[0], said, context)
    ]
    findings += [Finding("quote", where, quote) for quote in _unsaid(sentence.text, said, sources)]
    findings += [Finding("modality", where, words) for words in _stronger(plain, said, language)]
    findings += [Finding("decision", where, words) for words in _other_decision(sentence, sources, language)]
    findings += [Finding("speaker", where, title) for title in _other_speaker(sentence, sources, language)]
    return list(dict.fromkeys(findings))


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    """A text without its typography; many sentences rest on the same sources."""
    return fold(text).text


def _new_numbers(
    sentence: Claimed, rests_on: Sequence[Source], sources: Sources, language: str
) -> list[Number]:
    stated = numbers_in(sentence.text, language)
    if not stated:
        return []
    known = [number for source in rests_on for number in numbers_in(source.text, source.language)]
    counted = _counts(sentence.rests_on, sources.rulings)
    return [
        number
        for number in stated
        if not any(says_same(source, number) for source in known)
        and not (number.unit in {"", "person"} and number.value in counted)
    ]


def _counts(rests_on: Sequence[str], rulings: Mapping[str, Ruling]) -> set[float]:
    """What a reader gets by counting what a sentence rests on: rulings alike, roles, conditions, dissents."""
    cited = [rulings[name] for name in rests_on if name in rulings]
    counts = {len(rests_on), len(cited)}
    for kinds in ([str(ruling.decision) for ruling in cited], [str(ruling.consensus) for ruling in cited]):
        counts.update(kinds.count(kind) for kind in kinds)
    for ruling in cited:
        finals = [held.final for held in ruling.stances.values()]
        counts.update({len(finals), len(ruling.conditions), len(ruling.dissents)})
        counts.update(finals.count(final) for final in finals)
        counts.add(sum(condition.status == "accepted" for condition in ruling.conditions))
    counts.add(sum(len(ruling.dissents) for ruling in cited))
    return {float(count) for count in counts}


def _other_decision(sentence: Claimed, sources: Sources, language: str) -> list[str]:
    """Words of a decision that none of the rulings has on which a sentence rests; those on a part of one aside."""
    decisions = {sources.rulings[name].decision for name in sentence.rests_on if name in sources.rulings}
    if not decisions:
        return []
    plain = _plain(sentence.text)
    denied, of_a_part = pattern(language, "wording", "negation"), pattern(language, "audit", "of_a_part")
    told = (
        (("wording", "adoption"), {"adopt", "adopt_with_conditions"}),
        (("wording", "rejection"), {"reject"}),
        (("audit", "deferral"), {"defer"}),
    )
    return [
        match[0]
        for group, kinds in told
        if not decisions & kinds
        for match in pattern(language, *group).finditer(plain)
        if not denied.search(plain[: match.start()]) and not of_a_part.search(plain[: match.start()])
    ]


def _other_speaker(sentence: Claimed, sources: Sources, language: str) -> list[str]:
    """Roles that a sentence says to object, and that neither dissent in its rulings nor said what it cites."""
    if not pattern(language, "audit", "dissenting").search(_plain(sentence.text)):
        return []
    rulings = [sources.rulings[name] for name in sentence.rests_on if name in sources.rulings]
    authors = {sources.authors[name] for name in sentence.rests_on if name in sources.authors}
    if not rulings and not authors:
        return []
    authors |= {dissent.role for ruling in rulings for dissent in ruling.dissents}
    authors |= {
        role
        for ruling in rulings
        for role, held in ruling.stances.items()
        if held.final != Stance.SUPPORT or held.opening != Stance.SUPPORT
    }
    return [
        title
        for role, title in sources.titles.items()
        if role not in authors and re.search(rf"(?<!\w){re.escape(title)}(?!\w)", sentence.text)
    ]


def _names(text: str) -> list[str]:
    """Words that a capital marks as names: not first in a sentence, unless all in capitals; no ids."""
    plain = _ID.sub(lambda match: " " * len(match[0]), text)
    own = set(stems("own_capitals"))
    names: list[str] = []
    for match in _CAPITALISED.finditer(plain):
        name = _ELIDED.sub("", match[0])
        before = plain[: match.start()]
        is_acronym = len(name) > 1 and name.isupper()
        if (
            not name[:1].isupper()
            or name in own
            or (not is_acronym and _SENTENCE_START.search(before))
            or re.search(r"\d\s*$", before)
        ):
            continue
        names.append(name)
    return names


def _stands_in(name: str, *texts: str) -> bool:
    """Whether a word with the same beginning stands in one of the folded texts."""
    stem = re.escape(fold(name).text[: max(_STEM, len(name) - 3)])
    return any(re.search(rf"\b{stem}", text) for text in texts)


def _unsaid(text: str, said: str, sources: Sources) -> list[str]:
    """Quotations, pieces around an ellipsis apart, that stand in nothing that the strategy can rest on."""
    unsaid: list[str] = []
    for match in _QUOTED.finditer(text):
        quote = match[1] or match[2]
        pieces = [fold(piece).text.strip(_EDGES) for piece in _CUT.split(quote)]
        if all(piece in said for piece in pieces):
            continue
        everything = "\n".join(
            _plain(text) for text in [sources.context, *(s.text for s in sources.texts.values())]
        )
        if not all(piece in everything for piece in pieces):
            unsaid.append(quote)
    return unsaid


def _stronger(plain: str, said: str, language: str) -> list[str]:
    """Words that oblige or foretell where the sources only advise or suppose."""
    found: list[str] = []
    strong = pattern(language, "audit", "strong")
    if not strong.search(said) and pattern(language, "audit", "weak").search(said):
        found += [match[0] for match in strong.finditer(plain) if _obliges(plain, match, language)]
    if language == "fr":
        found += [
            future[0]
            for future in _FUTURE.finditer(plain)
            if re.search(rf"\b{future[1]}r(ait|aient)\b", said)
            and not re.search(rf"\b{future[1]}(ra|ront)\b", said)
        ]
    elif language == "en":
        found += [
            future[0]
            for future in _WILL.finditer(plain)
            if re.search(rf"\b(could|might|may|would) (be )?{future[1]}\b", said)
            and not re.search(rf"\bwill (be )?{future[1]}\b", said)
        ]
    return found


def _obliges(plain: str, match: re.Match[str], language: str) -> bool:
    """“Does not require” obliges nobody, “must not” does."""
    denied = pattern(language, "audit", "denied").search(plain[: match.start()])
    return denied is None or pattern(language, "audit", "forbidding").match(match[0]) is not None


def _is_shortened(entry: str, objection: str) -> bool:
    """Whether an entry is the objection itself or its beginning, up to typography."""
    plain, cut = entry.strip(), _ELLIPSIS.sub("", entry.strip())
    if fold(plain).text == fold(objection).text:
        return True
    found = find(cut, objection)
    return found is not None and fold(objection[: found.start]).text.strip() == ""
