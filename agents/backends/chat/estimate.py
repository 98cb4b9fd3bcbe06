"""What a debate by language models will take, before anything is asked."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from agents.argument.model import (
    Argument,
    Condition,
    Ground,
    RuledCondition,
    Ruling,
    Scheme,
    Speech,
    Stance,
    Target,
)
from agents.backends.chat.backend import ChatBackend
from agents.backends.chat.price import cost
from agents.backends.speakers import models_of
from agents.debate.document import Kpi, MeasureDraft
from agents.debate.extraction import EXTRACTION, READER, extraction_requests
from agents.debate.plan import DebatePlan
from agents.debate.turn import MODERATOR, WHOLE_DEBATE, Address, Prompt, TurnRequest
from agents.model import Frozen

_CHARACTERS_A_TOKEN = {"en": 4.0, "fr": 3.6, "ar": 2.8}
_REPLY = {"extraction": 300, "opening": 400, "rebuttal": 500, "ruling": 600, "synthesis": 500}
_SYNTHESIS_FOR_EACH = 120
"""Tokens of a reply of ordinary length; a synthesis grows with the recommendations."""

_TEXT, _CLAIM, _QUOTE, _CONDITION = "t" * 350, "c" * 200, "q" * 80, "k" * 90
_ARGUMENTS = 2


class Estimate(Frozen):
    """What is expected when every role speaks in every round and nothing goes back.

    `cached_tokens` of the input begin an earlier request, so that a provider may take them from its cache;
    `cost` is in US dollars with that share at the cached price, None where a price is unknown; `unpriced`
    are the models without one. `left_out` counts sentences of the article that are not shown to all.
    """

    calls: int = 0
    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    cost: float | None = 0.0
    unpriced: tuple[str, ...] = ()
    left_out: int = 0


class _Call(NamedTuple):
    model: str
    prompt: Prompt
    phase: str
    times: int


def estimate(plan: DebatePlan) -> Estimate:
    """The estimate for `plan`, on the recommendations that it has; roles without a model take nothing."""
    calls = list(_calls(plan))
    density = _CHARACTERS_A_TOKEN[plan.language]
    fresh: Counter[str] = Counter()
    cached: Counter[str] = Counter()
    said: Counter[str] = Counter()
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for call in calls:
        sizes = [len(part) for part in call.prompt.parts]
        known = next((n for n in range(len(sizes), 0, -1) if (call.model, call.prompt.parts[:n]) in seen), 0)
        again = sum(sizes[: max(known, len(sizes) - 2)])  # other recommendations share all but the last parts
        cached[call.model] += sum(sizes[:known]) + again * (call.times - 1)
        fresh[call.model] += sum(sizes[known:]) + (sum(sizes) - again) * (call.times - 1)
        said[call.model] += _reply_size(plan, call.phase) * call.times
        seen.update((call.model, call.prompt.parts[:n]) for n in range(1, len(sizes) + 1))
    costs = {
        name: cost(
            name, round((fresh[name] + cached[name]) / density), round(cached[name] / density), said[name]
        )
        for name in fresh
    }
    known_costs = [spent for spent in costs.values() if spent is not None]
    return Estimate(
        calls=sum(call.times for call in calls),
        input_tokens=round((fresh.total() + cached.total()) / density),
        cached_tokens=round(cached.total() / density),
        output_tokens=said.total(),
        cost=sum(known_costs) if len(known_costs) == len(costs) else None,
        unpriced=tuple(name for name, spent in costs.items() if spent is None),
        left_out=ChatBackend(plan).left_out if calls else 0,
    )


def _reply_size(plan: DebatePlan, phase: str) -> int:
    more = _SYNTHESIS_FOR_EACH * len(plan.recommendations) if phase == "synthesis" else 0
    return _REPLY[phase] + more


def _calls(plan: DebatePlan) -> Iterator[_Call]:
    """One call of each kind, rendered for the first recommendation, and how often it is made."""
    backend = ChatBackend(plan)
    for request in extraction_requests(plan):
        yield _Call(models_of(plan, READER)[0], backend.render(request), EXTRACTION, 1)
    if not plan.recommendations:
        return
    first, times = plan.recommendations[0], len(plan.recommendations)
    roles = [charter.name for charter in plan.charters]
    speeches: list[Speech] = []

    def call(role: str, request: TurnRequest, often: int) -> Iterator[_Call]:
        model = models_of(plan, role)[0]
        if ":" in model:
            yield _Call(model, backend.render(request), request.address.phase, often)

    for round_ in range(1, plan.rounds + 1):
        phase = "opening" if round_ == 1 else "rebuttal"
        conditions = tuple(condition for speech in speeches for condition in speech.conditions)
        given = tuple(speeches)
        for role in roles:
            address = Address(recommendation=first.id, phase=phase, round=round_, role=role)
            request = TurnRequest(
                address=address, recommendation=first, speeches=given, conditions=conditions
            )
            yield from call(role, request, times)
            speeches.append(_speech(address, len(speeches), speeches, first.spans))
    ruling = _ruling(first.id, roles, speeches)
    address = Address(recommendation=first.id, phase="ruling", round=plan.rounds + 1, role=MODERATOR)
    request = TurnRequest(address=address, recommendation=first, speeches=tuple(speeches), ruling=ruling)
    yield from call(MODERATOR, request, times)
    address = Address(recommendation=WHOLE_DEBATE, phase="synthesis", round=plan.rounds + 2, role=MODERATOR)
    wording = MeasureDraft(title=_QUOTE, adopted_wording=_CLAIM, owner="o", kpi=Kpi(name="k", unit="u"))
    whole = TurnRequest(
        address=address,
        speeches=tuple(speeches) * times,
        rulings=tuple(ruling.model_copy(update={"recommendation": r.id}) for r in plan.recommendations),
        measures=(wording,) * times,
        priorities=tuple(r.id for r in plan.recommendations),
    )
    yield from call(MODERATOR, whole, 1)


def _speech(address: Address, place: int, earlier: list[Speech], spans: tuple[str, ...]) -> Speech:
    """A speech of ordinary length."""
    ground = Ground(id=(*spans, "S1")[0], quote=_QUOTE, status="exact")
    before = [argument.id for speech in earlier for argument in speech.arguments]
    name = address.recommendation[1:]
    arguments = tuple(
        Argument(
            id=f"A{name}.{place * _ARGUMENTS + number}",
            role=address.role,
            recommendation=address.recommendation,
            phase=address.phase,
            round=address.round,
            stance=Stance.CONDITIONS,
            scheme=Scheme.CONSEQUENCES,
            side="against",
            claim=_CLAIM,
            grounds=(ground,),
            targets=tuple(Target(argument=target, relation="rebut") for target in before[:1]),
        )
        for number in range(1, _ARGUMENTS + 1)
    )
    condition = Condition(
        id=f"C{name}.{place + 1}",
        recommendation=address.recommendation,
        text=_CONDITION,
        role=address.role,
        argument=arguments[0].id,
    )
    return Speech(
        address=str(address),
        recommendation=address.recommendation,
        phase=address.phase,
        round=address.round,
        role=address.role,
        stance=Stance.CONDITIONS,
        text=_TEXT,
        arguments=arguments,
        conditions=(condition,),
    )


def _ruling(recommendation: str, roles: list[str], speeches: list[Speech]) -> Ruling:
    conditions = tuple(
        RuledCondition(
            **condition.model_dump(exclude={"recommendation"}), accepted_by=tuple(roles), status="accepted"
        )
        for speech in speeches
        for condition in speech.conditions
    )
    return Ruling(
        recommendation=recommendation,
        decision="adopt_with_conditions",
        consensus="consensus_with_reservations",
        rule="consent",
        strength=0.5,
        dfquad=0.5,
        euler=0.5,
        conditions=conditions,
    )
