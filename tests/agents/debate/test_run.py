"""A debate from its plan to its strategy, with replies that a script gives."""

import asyncio
import random
from collections.abc import Sequence

import pytest

from agents.argument.model import ArgumentDraft, ConditionVote, GroundDraft, Ruling, Speech, Stance, Target
from agents.article.model import Article, Recommendation, Span
from agents.backends.scripted import ScriptedBackend
from agents.debate.document import Dependency, Kpi, MeasureDraft, Sentence, Strategy
from agents.debate.event import Event, Ruled, SpeechGiven, StrategyWritten, TurnAsked, TurnTaken
from agents.debate.plan import DebatePlan
from agents.debate.run import run
from agents.debate.turn import (
    Answer,
    ObjectionReply,
    OpeningReply,
    RebuttalReply,
    Reply,
    RulingReply,
    SynthesisReply,
    TurnRequest,
)
from agents.errors import InputError, ProviderError
from agents.roles.model import Charter

BODY = "The city should plant trees.\nTrees cost 40 euros each.\nThe city should close the square to cars."
SPANS = tuple(
    Span(id=f"S{number}", text=line, start=BODY.index(line), end=BODY.index(line) + len(line))
    for number, line in enumerate(BODY.split("\n"), start=1)
)


def _plan(**changes: object) -> DebatePlan:
    return DebatePlan(
        article=Article(title="Trees", language="en", sha256="0" * 64, body=BODY, spans=SPANS),
        recommendations=(
            Recommendation(id="R1", text=SPANS[0].text, spans=("S1",)),
            Recommendation(id="R2", text=SPANS[2].text, spans=("S3",)),
        ),
        charters=tuple(
            Charter(name=name, title={"en": name}, mission={"en": f"Speak for {name}."})
            for name in ("gardens", "treasury")
        ),
        language="en",
    ).model_copy(update=changes)


def _measure(name: str, needs: Sequence[str] = ()) -> RulingReply:
    return RulingReply(
        reasons=(Sentence(text="Both roles consent.", rests_on=(name,)),),
        measure=MeasureDraft(
            title=name, adopted_wording=f"Do {name}.", owner="the city", kpi=Kpi(name="trees", unit="trees")
        ),
        objections=(ObjectionReply(argument="A1.2", majority_reply="Shade is worth it."),),
    )


def _script(address: str) -> Reply:
    name, phase, _, role = address.split("/")[:4]
    if phase == "opening":
        against = role == "treasury" and name == "R1"
        draft = ArgumentDraft(
            claim="Each tree costs 40 euros." if against else "Trees give shade.",
            side="against" if against else "for",
            grounds=(GroundDraft(id="S2", quote="cost 40 euros") if against else GroundDraft(id="S1"),),
            condition="plant no more than the budget allows" if against else None,
        )
        return OpeningReply(
            stance=Stance.OPPOSE if against else Stance.SUPPORT,
            text=draft.claim,
            arguments=(draft,),
            priority=60,
        )
    if phase == "rebuttal":
        if name == "R2":
            return RebuttalReply(stance=Stance.SUPPORT, text="", priority=40)
        own, other = ("A1.1", "A1.2") if role == "gardens" else ("A1.2", "A1.1")
        draft = ArgumentDraft(
            claim=f"{role} answers.", targets=(Target(argument=other, relation="undercut"),)
        )
        return RebuttalReply(
            stance=Stance.SUPPORT if role == "gardens" else Stance.CONDITIONS,
            because="C1.1" if role == "treasury" else None,
            text=draft.claim,
            arguments=(draft,),
            votes=(
                ConditionVote(condition="C1.1", accepts=True),
                ConditionVote(condition="C9.9", accepts=True),
            ),
            withdrawn=(own,) if role == "treasury" else (other,),
            priority=80 if name == "R1" else 40,
        )
    if phase == "ruling":
        return _measure(name)
    return SynthesisReply(title="A greener city", dependencies=(Dependency(recommendation="R2", needs="R1"),))


class _Direct:
    """Turns straight from a backend, in an order of completion that a seed shuffles."""

    def __init__(self, backend: ScriptedBackend, seed: int | None = None) -> None:
        self.backend = backend
        self.random = random.Random(seed) if seed is not None else None

    async def take(self, request: TurnRequest) -> Answer:
        for _ in range(self.random.randrange(9) if self.random else 0):
            await asyncio.sleep(0)
        return await self.backend.answer(request, self.backend.render(request))


async def _events(plan: DebatePlan, script: object = _script, seed: int | None = None) -> list[Event]:
    return [event async for event in run(plan, _Direct(ScriptedBackend(script), seed))]  # type: ignore[arg-type]


def _speeches(events: Sequence[Event]) -> dict[str, Speech]:
    return {event.speech.address: event.speech for event in events if isinstance(event, SpeechGiven)}


def _rulings(events: Sequence[Event]) -> dict[str, Ruling]:
    return {event.ruling.recommendation: event.ruling for event in events if isinstance(event, Ruled)}


def _strategy(events: Sequence[Event]) -> Strategy:
    return next(event.strategy for event in events if isinstance(event, StrategyWritten))


class TestFlow:
    async def test_every_role_opens_rebuts_and_every_recommendation_is_ruled(self) -> None:
        """Two roles and two rounds give four speeches and a ruling a recommendation, then one strategy."""
        events = await _events(_plan())

        asked = [event.address for event in events if isinstance(event, TurnAsked)]
        assert len(asked) == len(set(asked)) == 2 * (2 * 2 + 1) + 1
        assert set(_rulings(events)) == {"R1", "R2"}
        assert isinstance(events[-1], StrategyWritten)

    async def test_an_opening_is_blind(self) -> None:
        """Nobody who opens is shown what another has said; whoever rebuts is shown all openings in order."""
        backend = ScriptedBackend(_script)
        async for _ in run(_plan(), _Direct(backend)):
            pass

        shown = {str(request.address): [s.role for s in request.speeches] for request in backend.asked}
        assert shown["R1/opening/1/treasury"] == []
        assert shown["R1/rebuttal/2/gardens"] == ["gardens", "treasury"]

    @pytest.mark.parametrize("seed", range(5))
    async def test_the_order_of_completion_changes_nothing(self, seed: int) -> None:
        """Whichever turn ends first, ids, speeches, rulings and strategy are the same."""
        expected, shuffled = await _events(_plan()), await _events(_plan(), seed=seed)

        assert _speeches(shuffled) == _speeches(expected)
        assert _rulings(shuffled) == _rulings(expected)
        assert _strategy(shuffled) == _strategy(expected)

    async def test_a_round_that_changes_nothing_is_the_last(self) -> None:
        """With four rounds allowed, a recommendation on which nobody has more to say is ruled early."""
        events = await _events(_plan(rounds=4))

        last = {
            name: max(s.round for s in _speeches(events).values() if s.recommendation == name)
            for name in ("R1", "R2")
        }
        assert last == {"R1": 4, "R2": 2}

    async def test_nothing_to_debate_is_refused(self) -> None:
        """A plan without recommendations, or without roles, says so instead of running empty."""
        with pytest.raises(InputError, match="no recommendation"):
            await _events(_plan(recommendations=()))
        with pytest.raises(InputError, match="no role"):
            await _events(_plan(charters=()))

    async def test_a_provider_that_fails_for_good_ends_the_debate(self) -> None:
        """The error that a backend raises reaches whoever runs the debate, unchanged."""

        def broken(address: str) -> Reply:
            raise ProviderError("no such key")

        with pytest.raises(ProviderError, match="no such key"):
            await _events(_plan(), broken)


class TestRecord:
    async def test_arguments_are_numbered_in_the_declared_order(self) -> None:
        """Ids follow recommendation, round, role and place, so that they are the same in every run."""
        speeches = _speeches(await _events(_plan()))

        ids = {address: [argument.id for argument in s.arguments] for address, s in speeches.items()}
        assert ids["R1/opening/1/gardens"] == ["A1.1"]
        assert ids["R1/opening/1/treasury"] == ["A1.2"]
        assert ids["R1/rebuttal/2/treasury"] == ["A1.4"]

    async def test_references_to_what_does_not_exist_are_dropped(self) -> None:
        """Votes on unknown conditions and withdrawals of another's arguments leave no trace."""
        speeches = _speeches(await _events(_plan()))

        assert [vote.condition for vote in speeches["R1/rebuttal/2/gardens"].votes] == ["C1.1"]
        assert speeches["R1/rebuttal/2/gardens"].withdrawn == ()
        assert speeches["R1/rebuttal/2/treasury"].withdrawn == ("A1.2",)

    async def test_a_condition_that_moves_a_role_stands_for_the_argument_that_asks_for_it(self) -> None:
        """A role may name a condition as the cause of its move; the record keeps the argument behind it."""
        speeches = _speeches(await _events(_plan()))

        assert speeches["R1/rebuttal/2/treasury"].because == "A1.2"

    async def test_a_failed_turn_is_said_and_keeps_the_stance_that_was_expressed(self) -> None:
        """A rebuttal that fails leaves the opening's stance; an opening that fails is no position."""

        def script(address: str) -> Reply | Answer:
            failing = {"R1/rebuttal/2/treasury", "R2/opening/1/gardens"}
            return Answer(None, failure="timed out") if address in failing else _script(address)

        events = await _events(_plan(), script)
        speeches = _speeches(events)

        assert (speeches["R1/rebuttal/2/treasury"].stance, speeches["R1/rebuttal/2/treasury"].failed) == (
            Stance.OPPOSE,
            "timed out",
        )
        assert speeches["R2/opening/1/gardens"].stance is Stance.NONE
        assert "timed out" in _rulings(events)["R1"].failed["treasury"]
        failed = {event.address for event in events if isinstance(event, TurnTaken) and event.failure}
        assert failed == {"R1/rebuttal/2/treasury", "R2/opening/1/gardens"}


class TestStrategy:
    async def test_measures_carry_what_was_computed(self) -> None:
        """Decision, status, period and needs of a measure come from rulings, date and dependencies, not from prose."""
        strategy = _strategy(await _events(_plan()))

        first, second = strategy.measures
        assert (first.recommendation, first.decision, first.conditions) == (
            "R1",
            "adopt_with_conditions",
            ("plant no more than the budget allows",),
        )
        assert (second.depends_on, second.period) == (("R1",), "years 3 to 5")
        assert strategy.sequence == (("R1",), ("R2",))

    async def test_a_moderator_that_fails_leaves_the_computed_part(self) -> None:
        """Without the moderator's words there are still rulings and priorities, and the notes say what is missing."""

        def script(address: str) -> Reply | Answer:
            return Answer(None, failure="cut off") if "/moderator" in address else _script(address)

        strategy = _strategy(await _events(_plan(), script))

        assert (strategy.measures, strategy.priorities) == ((), ("R1", "R2"))
        assert strategy.notes == ("R1/moderator: cut off", "R2/moderator: cut off", "all/moderator: cut off")
        assert [ruling.decision for ruling in strategy.rulings] == ["adopt_with_conditions", "adopt"]
