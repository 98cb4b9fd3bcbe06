"""The moderator's wording of a ruling that was computed: reasons, measure, replies to standing objections."""

from collections.abc import Mapping, Sequence

from agents.argument.model import Argument, Dissent, RuledCondition, Ruling
from agents.backends.offline.claims import indicator
from agents.backends.offline.docket import Case, Docket
from agents.backends.offline.heard import handle, heard_argument, title_of
from agents.backends.offline.measure import measure
from agents.backends.offline.picks import Plan, Turn
from agents.backends.offline.voice import Voice, upper_first
from agents.debate.document import Sentence
from agents.debate.turn import ObjectionReply, RulingReply, TurnRequest
from agents.knowledge.load import condition_named

_ATTACKS = frozenset({"rebut", "undercut", "undermine"})
_STANDING = 3


class Bench:
    """What the moderator needs for one recommendation."""

    def __init__(self, docket: Docket, voice: Voice, request: TurnRequest, ruling: Ruling) -> None:
        self.docket = docket
        self.voice = voice
        self.ruling = ruling
        self.case: Case = docket.cases[ruling.recommendation]
        self.rec = ruling.recommendation
        self.turn = list(docket.cases).index(self.rec)
        self.speeches = [s for s in request.speeches if s.recommendation == self.rec]
        self.arguments: Mapping[str, Argument] = {
            argument.id: argument for speech in self.speeches for argument in speech.arguments
        }

    def say(self, kind: str, **slots: str) -> str:
        """A phrase about this recommendation."""
        return self.voice.say(kind, self.turn, rec=self.rec, **slots)

    def role(self, name: str) -> str:
        """A role as it is called."""
        return title_of(self.docket, name, self.voice)

    def roles(self, names: Sequence[str]) -> str:
        """Several roles in words."""
        return self.voice.grammar.join([self.role(name) for name in names])

    def grammar_roles(self, names: Sequence[str]) -> str:
        """Several roles in words, each behind "of"."""
        grammar = self.voice.grammar
        return grammar.join([grammar.of(self.role(name)) for name in names])

    def handle(self, argument: Argument) -> str:
        """How an argument is referred to."""
        return handle(heard_argument(self.docket, argument), self.voice.language)

    def condition_handle(self, condition: RuledCondition) -> str:
        """How a condition is referred to."""
        reference = self.docket.reference(condition.text)
        return condition_named(reference).handle[self.voice.language] if reference else condition.text

    def accepted(self) -> list[RuledCondition]:
        """The conditions that were accepted, in their order."""
        return [condition for condition in self.ruling.conditions if condition.status == "accepted"]

    def strongest(self, side: str) -> Argument | None:
        """The strongest argument on one side; of equal ones the first."""
        found = [a for a in self.arguments.values() if a.side == side]
        return max(found, key=self._force, default=None)

    def _force(self, argument: Argument) -> float:
        """Computed strength, tempered by how much the point matters and whether the text shows it."""
        heard = heard_argument(self.docket, argument)
        weight = heard.point.weight if heard.point else 0.5
        return (argument.strength or argument.base) * (0.5 + weight) * (0.6 if heard.bare else 1.0)


def ruling(docket: Docket, voice: Voice, plans: Mapping[Turn, Plan], request: TurnRequest) -> RulingReply:
    """Word the ruling in `request`. Nothing that was computed is changed."""
    assert request.ruling is not None, "a ruling request carries its ruling"
    bench = Bench(docket, voice, request, request.ruling)
    sheet = measure(bench)
    watched = sheet.kpi.name if bench.case.frame.head else None
    return RulingReply(
        reasons=tuple(_reasons(bench)),
        measure=sheet,
        objections=tuple(
            _objection(bench, dissent, watched) for dissent in request.ruling.dissents if dissent.argument
        ),
    )


def counted(voice: Voice, number: int) -> str:
    """A number of conditions in words."""
    if number == 1:
        return voice.say("count_one", 0)
    numbers = voice.variants("numbers")
    return voice.say("count_many", 0, n=numbers[number] if number < len(numbers) else str(number))


def _reasons(bench: Bench) -> list[Sentence]:
    ruling, voice = bench.ruling, bench.voice
    found = [_decision(bench)]
    if not bench.case.frame.topics and not any(a.side for a in bench.arguments.values()):
        found.append(Sentence(text=bench.say("not_examined"), rests_on=(bench.rec,)))
    head = bench.case.frame.head
    if head is not None and all(topic.concept.generic for topic in bench.case.frame.topics):
        noun = head.concept.noun.fr if voice.language == "fr" else head.concept.noun.en
        text = bench.say("instrument_only", noun=noun.text)
        found.append(Sentence(text=upper_first(text), rests_on=(bench.rec,)))
    best, worst = bench.strongest("for"), bench.strongest("against")
    if best is not None:
        text = bench.say("weighs_for", handle=bench.handle(best), author=bench.role(best.role))
        found.append(Sentence(text=upper_first(text), rests_on=(best.id,)))
    if worst is not None:
        text = bench.say("weighs_against", handle=bench.handle(worst), author=bench.role(worst.role))
        answer = next((c for c in bench.accepted() if c.text == worst.condition), None)
        if answer is not None:
            text += " " + upper_first(bench.say("answered_by", handle=bench.condition_handle(answer)))
            rests: tuple[str, ...] = (worst.id, answer.id)
        else:
            rests = (worst.id,)
            if worst.id in {dissent.argument for dissent in ruling.dissents}:
                text += " " + bench.say("answered_not")
        found.append(Sentence(text=upper_first(text), rests_on=rests))
    found += _moves(bench)
    standing = [
        argument
        for name in ruling.standing
        if (argument := bench.arguments.get(name)) is not None and argument.side is not None
    ]
    if standing:
        handles = list(dict.fromkeys(bench.handle(argument) for argument in standing[:_STANDING]))
        text = bench.say("standing", handles=voice.grammar.join(handles))
        found.append(
            Sentence(text=upper_first(text), rests_on=tuple(argument.id for argument in standing[:_STANDING]))
        )
    return found


def _decision(bench: Bench) -> Sentence:
    ruling, voice = bench.ruling, bench.voice
    accepted = bench.accepted()
    kind = f"decided_{ruling.decision}"
    finals = {role: stances.final.value for role, stances in ruling.stances.items()}
    consenting = _consenting(bench)
    opposing = [role for role, final in finals.items() if final == "oppose"]
    withheld = [role for role in finals if role not in consenting]
    if ruling.decision == "defer" and not consenting:
        kind = "decided_defer_none"
    elif ruling.decision == "defer" and not withheld:
        kind = "decided_defer_weak"
    if ruling.decision == "reject" and not opposing:
        text = voice.say(kind, 0, rec=bench.rec)
    else:
        text = bench.say(
            kind,
            strength=_number(voice, ruling.strength),
            count=counted(voice, len(accepted)),
            handles=voice.grammar.join([bench.condition_handle(c) for c in accepted]),
            of_withheld=bench.grammar_roles(withheld),
            opposing=bench.roles(opposing),
        )
    return Sentence(text=upper_first(text), rests_on=(bench.rec, *(c.id for c in accepted)))


def _consenting(bench: Bench) -> list[str]:
    """Who supports, or supports under conditions that were all adopted."""
    accepted = {condition.text for condition in bench.accepted()}
    asked: dict[str, set[str]] = {}
    for argument in bench.arguments.values():
        if argument.condition:
            asked.setdefault(argument.role, set()).add(argument.condition)
    return [
        role
        for role, stances in bench.ruling.stances.items()
        if stances.final.value == "support"
        or (stances.final.value == "support_with_conditions" and asked.get(role, set()) <= accepted)
    ]


def _number(voice: Voice, value: float) -> str:
    text = f"{value:.2f}"
    return text.replace(".", ",") if voice.language == "fr" else text


def _moves(bench: Bench) -> list[Sentence]:
    found: list[Sentence] = []
    before: dict[str, str] = {}
    for speech in bench.speeches:
        held = before.get(speech.role)
        now = speech.stance.value
        cause = bench.arguments.get(speech.because or "")
        if held is not None and held != now and cause is not None:
            rising = held == "oppose" or now == "support"
            asks = heard_argument(bench.docket, cause).asks
            by_offer = rising and cause.side == "against" and asks is not None
            text = bench.voice.say(
                "moved_by_offer" if by_offer else "moved",
                bench.turn + len(found),
                role=bench.role(speech.role),
                handle=bench.handle(cause),
                condition=condition_named(asks).handle[bench.voice.language] if asks else "",
                **{"from": bench.voice.name(held), "to": bench.voice.name(now)},
            )
            found.append(Sentence(text=upper_first(text), rests_on=(cause.id, bench.rec)))
        before[speech.role] = now
    return found


def _objection(bench: Bench, dissent: Dissent, watched: str | None) -> ObjectionReply:
    voice = bench.voice
    argument = bench.arguments.get(dissent.argument)
    if argument is None:
        return ObjectionReply(argument=dissent.argument, majority_reply="")
    against = [
        other
        for other in bench.arguments.values()
        if other.role != dissent.role
        and any(t.argument == argument.id and t.relation in _ATTACKS for t in other.targets)
    ]
    if against:
        best = max(against, key=lambda a: a.strength or 0.0)
        reply = f"{bench.role(best.role)}{' ' if voice.language == 'fr' else ''}: {best.claim}"
        reply = voice.grammar.typeset(reply)
    else:
        reply = upper_first(bench.say("majority_reply_none", handle=bench.handle(argument)))
    return ObjectionReply(
        argument=argument.id,
        majority_reply=reply,
        why_insufficient=_why(bench, argument),
        review_trigger=bench.voice.say("trigger_kpi", 0, name=watched) if watched else "",
    )


def _why(bench: Bench, argument: Argument) -> str:
    voice = bench.voice
    condition = next((c for c in bench.ruling.conditions if c.text == argument.condition), None)
    if condition is not None and condition.status == "refused":
        return voice.say("insufficient_refused", 0, do=condition.text)
    if condition is not None and condition.status == "open":
        return voice.say("insufficient_open", 0, do=condition.text)
    point = heard_argument(bench.docket, argument).point
    if point is not None:
        label = indicator(point.indicator, voice)
        return upper_first(
            voice.say("insufficient_value", 0, author=bench.role(argument.role), indicator=label)
        )
    return voice.say("insufficient_none", 0)
