"""Claims and their grounds: a point of the knowledge base, said of the recommendation at hand."""

from agents.argument.model import ArgumentDraft, GroundDraft, Scheme
from agents.backends.offline.docket import Candidate, Docket
from agents.backends.offline.evidence import Evidence
from agents.backends.offline.picks import Pick
from agents.backends.offline.positions import is_plain
from agents.backends.offline.voice import Voice
from agents.backends.offline.wording import act
from agents.knowledge.load import condition_named, vocabulary
from agents.roles.model import in_language


def subject(item: Candidate, voice: Voice, again: bool) -> tuple[str, str, str]:
    """The concept as a subject, with its gender and number."""
    if voice.language == "fr":
        french = item.topic.concept.noun.fr
        return (french.again if again else french.text), french.gender, french.number
    english = item.topic.concept.noun.en
    return (english.again if again else english.text), "m", english.number


def effect(item: Candidate, voice: Voice, turn: int, again: bool = False) -> str:
    """The point itself as a clause: the concept's noun and one of the point's wordings."""
    noun, gender, number = subject(item, voice, again)
    variants = item.point.says[voice.language]
    says = voice.grammar.typeset(voice.grammar.agree(variants[turn % len(variants)], gender, number))
    place = says.split(" ", 1)[0].rstrip(",")
    if place in {"once", "often", "when", "where"} and voice.language == "en":
        # An adverbial that opens the predicate stands better before its subject.
        head, comma, rest = says.partition(", ")
        if comma and place != "often":
            return f"{head}, {noun} {rest}"
    return f"{noun} {says}"


def indicator(name: str, voice: Voice) -> str:
    """An indicator's label, with its article."""
    return vocabulary().indicators[name].label[voice.language]


def claim(pick: Pick, voice: Voice, turn: int, *, role: str, rec: str, again: bool = False) -> str:
    """What is claimed: the point, turned round where the recommendation restrains, or a reference back."""
    item = pick.candidate
    if pick.first is not None or pick.echo:
        return voice.say(
            f"{'echo' if pick.echo else 'again'}_{item.side}",
            turn,
            handle=item.point.handle[voice.language],
            first=pick.first or rec,
            rec=rec,
            role=role,
            act=act(item.topic, voice),
        )
    said = effect(item, voice, turn, again)
    if item.direction == "build":
        return said
    kind = "talk_for" if item.direction == "talk" else f"restrain_{item.side}"
    return voice.say(
        kind,
        turn,
        claim=said,
        restrain=act(item.topic, voice),
        indicator=indicator(item.point.indicator, voice),
    )


def draft(
    pick: Pick, docket: Docket, voice: Voice, turn: int, *, role: str, rec: str, again: bool = False
) -> ArgumentDraft:
    """The argument that voices a pick, with everything that it rests on."""
    item = pick.candidate
    grounds = [ground(docket, evidence) for evidence in item.evidence[:1] or ([item.own] if item.own else [])]
    if pick.fact is not None:
        quote = in_language(pick.fact.text, voice.language)
        grounds.append(GroundDraft(kind="fact", id=pick.fact.id, quote=quote))
    condition = condition_named(pick.condition).do[voice.language] if pick.condition else None
    return ArgumentDraft(
        claim=voice.sentence(claim(pick, voice, turn, role=role, rec=rec, again=again)),
        scheme=scheme(item),
        side=item.side,
        grounds=tuple(grounds),
        condition=condition,
        red_line=red_line(item, docket, role),
        point=item.key,
    )


def scheme(item: Candidate) -> Scheme:
    """How the argument argues, which follows from what it rests on."""
    best = item.evidence[0] if item.evidence else None
    if best is not None and best.foreign:
        return Scheme.ANALOGY
    if item.point.kind == "law":
        return Scheme.RULE
    if item.point.kind == "value" and best is None:
        return Scheme.VALUES
    if item.point.kind in ("fact", "feasibility"):
        return Scheme.CAUSE
    return Scheme.CONSEQUENCES


def red_line(item: Candidate, docket: Docket, role_title: str) -> str | None:
    """The red line of a role's charter that an objection crosses, when the text itself shows it."""
    if item.side == "for" or item.met is not None or not is_plain(item):
        return None
    for charter in docket.charters.values():
        if role_title in charter.title.values():
            for line in charter.red_lines:
                if item.key in line.points:
                    return line.id
    return None


def ground(docket: Docket, evidence: Evidence) -> GroundDraft:
    """A quotation of a span."""
    return GroundDraft(kind="span", id=docket.span_id(evidence.passage), quote=evidence.quote)


def cite(docket: Docket, voice: Voice, evidence: Evidence) -> str:
    """A quotation with its span, ready to be set in a sentence."""
    return voice.quoted(evidence.quote, docket.span_id(evidence.passage))
