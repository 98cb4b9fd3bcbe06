"""The moderator's wording of the whole strategy, around what was computed."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from agents.backends.offline.claims import cite, indicator
from agents.backends.offline.docket import Candidate, Docket
from agents.backends.offline.law import shared_law
from agents.backends.offline.links import stems
from agents.backends.offline.measure import DRAWING, MUCH, NATURAL
from agents.backends.offline.picks import Plan, Turn
from agents.backends.offline.ruling import Bench, counted
from agents.backends.offline.sources import source_phrase
from agents.backends.offline.voice import Voice, upper_first
from agents.backends.offline.wording import act_of, aim_of, clause, title
from agents.debate.document import CrossCutting, Dependency, Sentence, Tension
from agents.debate.turn import SynthesisReply, TurnRequest
from agents.knowledge.load import vocabulary
from agents.roles.model import in_language

_DIAGNOSES = 4
_TENSIONS = 6
_SALIENT = 0.5
_ALIKE = frozenset({"electricity", "water", "computing"})
"""Resources of which one unit is as good as another."""


def synthesis(
    docket: Docket, voice: Voice, plans: Mapping[Turn, Plan], request: TurnRequest
) -> SynthesisReply:
    """Word the strategy of the debate in `request`."""
    retained = [r.recommendation for r in request.rulings if r.decision in ("adopt", "adopt_with_conditions")]
    kept = retained or [r.recommendation for r in request.rulings if r.decision == "defer"]
    return SynthesisReply(
        title=_title(docket, voice),
        summary=tuple(_summary(docket, voice, request)),
        diagnosis=tuple(_diagnosis(docket, voice, request)),
        vision=tuple(_vision(docket, voice, kept, plans)),
        not_sought=tuple(_not_sought(docket, voice, request)),
        tensions=tuple(_tensions(docket, voice, request)),
        dependencies=tuple(_dependencies(docket, voice, kept)),
        cross_cutting=_cross_cutting(docket, voice, kept),
        governance=tuple(
            Sentence(text=text, rests_on=tuple(kept or (r.recommendation for r in request.rulings)))
            for text in voice.variants("governance")
        ),
    )


def _title(docket: Docket, voice: Voice) -> str:
    article = docket.plan.article
    moroccan = article.countries[:1] == ("MA",)
    return voice.say("title_country_MA" if moroccan else "title", 0, title=article.title)


def _summary(docket: Docket, voice: Voice, request: TurnRequest) -> Iterator[Sentence]:
    statuses = voice.statuses()
    for ruling in request.rulings:
        accepted = [c for c in ruling.conditions if c.status == "accepted"]
        case = docket.cases[ruling.recommendation]
        act = act_of(docket, voice, case)
        text = voice.say(
            f"summary_{ruling.decision}" if act else f"summary_as_{ruling.decision}",
            0,
            rec=ruling.recommendation,
            status=statuses[ruling.consensus],
            count=counted(voice, len(accepted)),
            act=act or "",
            title=title(docket, voice, case),
        )
        rests = [ruling.recommendation, *(c.id for c in accepted)]
        bench = Bench(docket, voice, request, ruling)
        for dissent in ruling.dissents:
            argument = bench.arguments.get(dissent.argument)
            if argument is not None:
                text += " " + voice.say(
                    "summary_dissent", 0, role=bench.role(dissent.role), handle=bench.handle(argument)
                )
                rests.append(argument.id)
        yield Sentence(text=text, rests_on=tuple(rests))


def _diagnosis(docket: Docket, voice: Voice, request: TurnRequest) -> Iterator[Sentence]:
    """What the text shows, best evidence first: assets, then gaps, each passage once."""
    best: dict[int, Candidate] = {}
    for case in docket.cases.values():
        for items in case.candidates.values():
            for item in items:
                if item.evidence and item.direction == "build" and not item.evidence[0].foreign:
                    number = item.evidence[0].passage
                    if number not in best or item.value > best[number].value:
                        best[number] = item
    for sign, kind in (("+", "diagnosis_asset"), ("-", "diagnosis_gap")):
        found = [(n, i) for n, i in best.items() if i.point.sign == sign and not i.evidence[0].hedge]
        found.sort(key=lambda entry: (-entry[1].value, entry[0]))
        for place, (number, item) in enumerate(found[:_DIAGNOSES]):
            text = voice.say(
                kind,
                place,
                indicator=indicator(item.point.indicator, voice),
                q=cite(docket, voice, item.evidence[0]),
            )
            yield Sentence(text=text, rests_on=(docket.span_id(number),))
    facts = docket.plan.facts()
    used = {
        g.id
        for speech in request.speeches
        for argument in speech.arguments
        for g in argument.grounds
        if g.kind == "fact"
    }
    for name in sorted(used & set(facts))[:_DIAGNOSES]:
        text = voice.say(
            "diagnosis_fact",
            0,
            source=source_phrase(facts[name], docket.plan.article, voice.language),
            fact=in_language(facts[name].text, voice.language),
        )
        yield Sentence(text=text, rests_on=(name,))


def _vision(
    docket: Docket, voice: Voice, kept: Sequence[str], plans: Mapping[Turn, Plan]
) -> Iterator[Sentence]:
    if not kept:
        return
    aims = [aim_of(docket, voice, docket.cases[rec]) for rec in kept]
    acts = list(dict.fromkeys(voice.grammar.to(clause(aim)) for aim in aims if aim is not None))
    if acts:
        yield Sentence(text=voice.say("vision", 0, acts=voice.grammar.join(acts)), rests_on=tuple(kept))
    served: dict[str, float] = {}
    for (rec, _), plan in plans.items():
        if rec in kept:
            for pick in plan.side("for"):
                name = pick.candidate.point.indicator
                served[name] = served.get(name, 0.0) + pick.candidate.value
    first = sorted(served, key=lambda name: (-round(served[name], 6), name))[:3]
    if first:
        labels = voice.grammar.join([indicator(name, voice) for name in first])
        yield Sentence(text=voice.say("vision_for", 0, indicators=labels), rests_on=tuple(kept))


def _not_sought(docket: Docket, voice: Voice, request: TurnRequest) -> Iterator[Sentence]:
    found, place = False, 0
    for ruling in request.rulings:
        rec = ruling.recommendation
        if ruling.decision == "reject":
            found = True
            act = act_of(docket, voice, docket.cases[rec])
            name = title(docket, voice, docket.cases[rec])
            kind = "not_sought_reject" if act else "not_sought_reject_as"
            text = voice.say(kind, 0, rec=rec, act=act or "", title=name)
            yield Sentence(text=text, rests_on=(rec,))
        for condition in ruling.conditions:
            if condition.status == "refused":
                handle = Bench(docket, voice, request, ruling).condition_handle(condition)
                text = voice.say("not_sought_condition", place, rec=rec, handle=handle)
                found, place = True, place + 1
                yield Sentence(text=text, rests_on=(condition.id,))
    if not found:
        yield Sentence(text=voice.say("not_sought_none", 0), rests_on=tuple(docket.cases))


def _ledger(docket: Docket, recs: Sequence[str], supplies: bool) -> dict[str, dict[str, int]]:
    """By resource, how much each recommendation draws of it (or supplies), where it builds."""
    found: dict[str, dict[str, int]] = {}
    for rec in recs:
        for topic in docket.cases[rec].frame.topics[:DRAWING]:
            if topic.direction != "build":
                continue
            amounts = topic.concept.supplies if supplies else topic.concept.draws
            for resource, amount in amounts.items():
                have = found.setdefault(resource, {})
                have[rec] = max(have.get(rec, 0), amount)
    return found


def _tensions(docket: Docket, voice: Voice, request: TurnRequest) -> Iterator[Tension]:
    live = [r.recommendation for r in request.rulings if r.decision != "reject"]
    draws, supplied = _ledger(docket, live, supplies=False), _ledger(docket, live, supplies=True)
    resources = vocabulary().resources
    count = 0
    for resource in sorted(draws, key=lambda name: (-sum(draws[name].values()), name)):
        supplying = supplied.get(resource, {})
        takers = [rec for rec in live if draws[resource].get(rec, 0) >= MUCH and rec not in supplying]
        if not resources[resource].scarce or len(takers) < 2 or count == _TENSIONS:
            continue
        if sum(supplying.values()) > sum(draws[resource].values()):
            continue
        text = voice.say(
            "tension",
            count,
            recs=voice.grammar.join(takers),
            resource=resources[resource].label[voice.language],
        )
        count += 1
        yield Tension(recommendations=tuple(takers), text=upper_first(text), rests_on=tuple(takers))
    yield from _opposed(docket, voice, live, _TENSIONS - count)


class _Clash(NamedTuple):
    """One recommendation counts on an indicator that another harms."""

    indicator: str
    gainer: str
    harmer: str
    gain: Candidate
    harm: Candidate

    @property
    def weight(self) -> float:
        """How much is at stake on the side where less is."""
        return min(self.gain.value, self.harm.value)


def _opposed(docket: Docket, voice: Voice, live: Sequence[str], limit: int) -> Iterator[Tension]:
    """Pairs of recommendations of which one counts on an indicator that the other harms."""
    clashes = sorted(
        _clashes(docket, live), key=lambda c: (-round(c.weight, 6), c.indicator, c.gainer, c.harmer)
    )
    seen: set[str] = set()
    for clash in clashes:
        if clash.indicator in seen or len(seen) >= limit:
            continue
        seen.add(clash.indicator)
        text = voice.say(
            "tension_points",
            len(seen),
            a=clash.gainer,
            b=clash.harmer,
            handle_a=clash.gain.point.handle[voice.language],
            handle_b=clash.harm.point.handle[voice.language],
            indicator=indicator(clash.indicator, voice),
        )
        pair = (clash.gainer, clash.harmer)
        yield Tension(recommendations=pair, text=upper_first(text), rests_on=pair)


def _clashes(docket: Docket, live: Sequence[str]) -> Iterator[_Clash]:
    best: dict[tuple[str, str, str], Candidate] = {}
    for rec in live:
        for items in docket.cases[rec].candidates.values():
            for item in items:
                key = (item.point.indicator, rec, item.side)
                if item.evidence and item.topic.salience > _SALIENT:
                    best[key] = max(best.get(key, item), item, key=lambda i: i.value)
    for (name, gainer, side), gain in best.items():
        for harmer in live:
            harm = best.get((name, harmer, "against"))
            if side == "for" and harm and harmer != gainer and harm.topic.concept != gain.topic.concept:
                yield _Clash(name, gainer, harmer, gain, harm)


def _dependencies(docket: Docket, voice: Voice, kept: Sequence[str]) -> Iterator[Dependency]:
    """What is provided by the very object of one recommendation and used up by that of another."""
    resources = vocabulary().resources
    heads = {
        rec: head.concept
        for rec in kept
        if (head := docket.cases[rec].frame.head) is not None and head.direction == "build"
    }
    place = 0
    for resource in sorted(resources):
        for rec, taker in heads.items():
            if taker.draws.get(resource, 0) < MUCH or resource in taker.supplies:
                continue
            found = [
                (-giver.supplies.get(resource, 0), needs)
                for needs, giver in heads.items()
                if needs != rec
                and giver.supplies.get(resource, 0) >= MUCH
                and (resource in _ALIKE or _of_one_kind(docket, rec, needs))
            ]
            if found:
                needs = min(found)[1]
                label = resources[resource].label[voice.language]
                text = voice.say("dependency", place, rec=rec, needs=needs, resource=label)
                place += 1
                yield Dependency(recommendation=rec, needs=needs, because=text)


def _of_one_kind(docket: Docket, taker: str, giver: str) -> bool:
    """Whether what one recommendation provides is of the kind that another needs: nurses, not coders."""
    wanted, given = docket.cases[taker], docket.cases[giver]
    assert wanted.frame.head is not None
    fields = {topic.concept.field for topic in given.frame.topics[1:]}
    if wanted.frame.head.concept.field in fields:
        return True
    words = docket.passages.words
    others = [case for case in docket.cases.values() if case.number not in (wanted.number, given.number)]
    common = stems(words[wanted.number]) & stems(words[given.number])
    return any(all(stem not in stems(words[other.number]) for other in others) for stem in common)


def _cross_cutting(docket: Docket, voice: Voice, kept: Sequence[str]) -> CrossCutting:
    draws = _ledger(docket, kept, supplies=False)
    labels = vocabulary().resources

    def shared(kind: str, *names: str) -> tuple[Sentence, ...]:
        found = []
        for name in names:
            least = MUCH if name in NATURAL else 1
            recs = [rec for rec in kept if draws.get(name, {}).get(rec, 0) >= least]
            if recs:
                text = voice.say(
                    kind,
                    int(len(recs) > 1),
                    recs=voice.grammar.join(recs),
                    resource=labels[name].label[voice.language],
                )
                found.append(Sentence(text=upper_first(text), rests_on=tuple(recs)))
        return tuple(found)

    return CrossCutting(
        energy_water=shared("cross_energy", *NATURAL),
        financing=shared("cross_finance", "budget", "capital"),
        skills=shared("cross_skills", "skills"),
        law=tuple(shared_law(docket, voice, kept)),
    )
