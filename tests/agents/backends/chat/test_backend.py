"""Language models at the table."""

import json
from collections.abc import AsyncIterator, Callable
from itertools import pairwise
from typing import Any

import pytest

from agents.argument.model import Stance
from agents.backends.chat.backend import ChatBackend
from agents.backends.chat.limits import Limits
from agents.backends.open import open_backend
from agents.backends.watch import Waiting, Writing
from agents.debate.event import StrategyWritten, TurnTaken
from agents.debate.plan import DebatePlan
from agents.debate.run import run
from agents.debate.turn import Answer, OpeningReply, TurnRequest
from agents.errors import InputError, ProviderError
from prompts.load import template
from tests.agents.backends.chat.conftest import IMPATIENT, SENTENCES, article, opening_request, plan_of
from tests.agents.backends.chat.server import Server, always, fill, first, sometimes

REQUEST = opening_request()


class Direct:
    """Turns straight from a backend."""

    def __init__(self, backend: ChatBackend) -> None:
        self.backend = backend

    async def take(self, request: TurnRequest) -> Answer:
        return await self.backend.answer(request, self.backend.render(request))


Make = Callable[..., ChatBackend]


@pytest.fixture
async def make(server: Server) -> AsyncIterator[Make]:
    """Backends that are closed when the test ends."""
    made: list[ChatBackend] = []

    def backend(plan: DebatePlan | None = None, **options: Any) -> ChatBackend:
        made.append(ChatBackend(plan or plan_of(article()), patience=IMPATIENT, **options))
        return made[-1]

    yield backend
    for opened in made:
        await opened.close()


async def ask(backend: ChatBackend, request: TurnRequest = REQUEST) -> Answer:
    return await Direct(backend).take(request)


async def debate(backend: ChatBackend, plan: DebatePlan) -> tuple[list[TurnTaken], StrategyWritten]:
    events = [event async for event in run(plan, Direct(backend))]
    last = events[-1]
    assert isinstance(last, StrategyWritten)
    return [event for event in events if isinstance(event, TurnTaken)], last


class TestDebate:
    async def test_the_smallest_replies_make_a_whole_debate_without_repair(
        self, make: Make, server: Server
    ) -> None:
        """Whatever the form allows is a legal reply: one call for each turn and nothing sent back."""
        plan = plan_of(article())

        taken, last = await debate(make(plan), plan)

        assert 2 * 2 * 2 + 2 + 1 == len(taken) == server.asked
        assert [None] * len(taken) == [turn.failure for turn in taken]
        assert {"R1", "R2"} == set(last.strategy.priorities)

    @pytest.mark.parametrize("seed", range(10))
    @pytest.mark.parametrize(
        "rates",
        [{"s429": 0.10, "s500": 0.05, "drop": 0.05}, {"torn_body": 0.05, "short_body": 0.05}],
        ids=["refusals", "bodies"],
    )
    async def test_every_turn_arrives_through_a_bad_network(
        self, make: Make, server: Server, seed: int, rates: dict[str, float]
    ) -> None:
        """Refusals, drops, malformed and truncated bodies delay turns and lose none."""
        server.fault = sometimes(seed, **rates)
        plan = plan_of(article())

        taken, _ = await debate(make(plan), plan)

        assert [None] * len(taken) == [turn.failure for turn in taken]
        assert server.asked == sum(turn.usage.calls for turn in taken)
        assert server.asked - len(taken) == sum(turn.usage.retries for turn in taken)

    async def test_calls_in_flight_stay_within_the_limit(self, make: Make, server: Server) -> None:
        """However many recommendations there are, no more calls are made at a time than allowed."""
        server.latency = 0.01
        plan = plan_of(article())

        await debate(make(plan, limits=Limits(in_flight=3)), plan)

        assert 3 == server.most_in_flight


class TestAnswer:
    async def test_a_reply_is_read_with_its_usage(self, make: Make, server: Server) -> None:
        """The reply is a validated model, and its calls and tokens are counted; the price here is unknown."""
        answer = await ask(make())

        assert isinstance(answer.reply, OpeningReply)
        assert Stance.SUPPORT == answer.reply.stance
        assert (1, 0) == (answer.usage.calls, answer.usage.retries)
        assert answer.usage.input_tokens > 0
        assert answer.usage.output_tokens > 0
        assert answer.usage.cost is None

    @pytest.mark.parametrize(
        "fault", ["429", "500", "503", "529", "408", "drop", "html", "torn body", "short body", "no choices"]
    )
    async def test_a_passing_failure_is_tried_again(self, make: Make, server: Server, fault: str) -> None:
        """What may work later is asked again, and counted as a retry."""
        server.fault = first(fault, fault)

        answer = await ask(make())

        assert answer.reply is not None
        assert (3, 2) == (answer.usage.calls, answer.usage.retries)

    async def test_a_stalled_call_is_given_up_and_made_again(
        self, make: Make, server: Server, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A server that never answers costs one timeout, not the debate."""
        monkeypatch.setattr("agents.backends.chat.provider.LOCAL_TIMEOUT", 0.2)
        server.fault = first("stall")

        answer = await ask(make())

        assert answer.reply is not None
        assert 2 == answer.usage.calls

    async def test_the_server_says_how_long_to_wait(self, make: Make, server: Server) -> None:
        """`Retry-After` is obeyed, and whoever watches sees the wait with its cause."""
        server.fault, server.retry_after = first("429"), "0.05"
        seen: list[Waiting | Writing] = []

        await ask(make(watch=seen.append))

        (waiting,) = [told for told in seen if isinstance(told, Waiting)]
        assert 0.05 <= waiting.seconds < 0.06
        assert "429" in waiting.cause
        assert ("R1/opening/1/finance", 1) == (waiting.address, waiting.tried)

    async def test_a_wait_beyond_patience_ends_the_debate_at_once(self, make: Make, server: Server) -> None:
        """A server that asks for an hour is not waited for."""
        server.fault, server.retry_after = always("429"), "3600"

        with pytest.raises(ProviderError, match="429"):
            await ask(make())
        assert 1 == server.asked

    @pytest.mark.parametrize("status", ["401", "403", "404", "400"])
    async def test_a_refusal_ends_the_debate_with_one_request(
        self, make: Make, server: Server, status: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A wrong key or model name is met once, however many turns are waiting, and is named."""
        # A busy machine may take longer than a server on loopback is waited for.
        monkeypatch.setattr("agents.backends.chat.calls._LOCAL_HOLD", 30.0)
        server.fault = always(status)
        plan = plan_of(article())

        with pytest.raises(ProviderError, match=status) as caught:
            await debate(make(plan), plan)
        assert 1 == server.asked
        assert caught.value.message.startswith("R1/opening/1/finance: openai:fake: ")

    async def test_a_server_that_stays_away_ends_the_debate(
        self, make: Make, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """When nothing is ever answered, the debate stops and says why, so that it can be resumed."""
        monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")

        with pytest.raises(ProviderError, match="could not be reached"):
            await ask(make())

    async def test_while_nobody_is_there_only_one_call_goes_on_trying(
        self, make: Make, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The cause is the connection's own, told once for each try, however many turns are waiting."""
        monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
        seen: list[Waiting | Writing] = []
        plan = plan_of(article())

        with pytest.raises(ProviderError, match="Connect call failed"):
            await debate(make(plan, watch=seen.append), plan)
        assert [1, 2, 3, 4] == [told.tried for told in seen if isinstance(told, Waiting)]
        assert {"R1/opening/1/finance"} == {told.address for told in seen}

    async def test_one_turn_that_cannot_be_had_fails_alone(self, make: Make, server: Server) -> None:
        """When others are answered, a turn that keeps failing is recorded as failed with its cause."""
        energy = "`energy`), bound"
        server.fault = lambda body, _: "500" if energy in body["messages"][-1]["content"] else None
        plan = plan_of(article())
        backend = make(plan)
        await ask(backend)

        turns = [event async for event in run(plan, Direct(backend)) if isinstance(event, TurnTaken)]

        assert {"energy"} == {turn.address.split("/")[3] for turn in turns if turn.failure}
        assert all("500" in turn.failure for turn in turns if turn.failure)

    async def test_no_key_reaches_a_message(self, make: Make, server: Server) -> None:
        """A provider that repeats our key in its error does not get it into ours."""
        server.fault = always("401")

        with pytest.raises(ProviderError) as caught:
            await ask(make())
        assert "Bearer sk-canary-0123456789abcdef" == server.headers[0]["Authorization"]
        assert "canary" not in f"{caught.value} {caught.value.__cause__!r} {caught.value.__context__!r}"


class TestRepair:
    async def test_a_reply_goes_back_with_the_exact_error(self, make: Make, server: Server) -> None:
        """An id that does not exist is named, with what may be cited, and the second reply is used."""
        forged = json.dumps(
            {
                "stance": "oppose",
                "text": "No.",
                "arguments": [
                    {
                        "claim": "c",
                        "scheme": "values",
                        "side": "against",
                        "grounds": [{"id": "S99", "quote": "q", "absence": None}],
                        "condition": None,
                        "red_line": None,
                    }
                ],
                "priority": 10,
            }
        )
        server.fault = first(forged)

        answer = await ask(make())

        assert answer.reply is not None
        assert (2, 0) == (answer.usage.calls, answer.usage.retries)
        repair = server.requests[1]["messages"][-1]["content"]
        assert "reply.arguments[0].grounds[0].id: 'S99' is none of the legal values: S1, S2, S3, S4" in repair
        assert forged == server.requests[1]["messages"][-2]["content"]

    @pytest.mark.parametrize(
        "reply, named",
        [
            ("I would rather not.", "no JSON object"),
            ('{"stance": "support",', "not valid JSON"),
            ('{"stance": "support", "text": "t", "arguments": []}', "priority is missing"),
            ('{"stance": "maybe", "text": "t", "arguments": [], "priority": 1}', "'maybe'"),
            ('{"stance": "support", "text": "t", "arguments": [], "priority": 900}', "between 0 and 100"),
            ("cut off", "cut off after"),
        ],
    )
    async def test_after_two_repairs_the_turn_fails_with_its_cause(
        self, make: Make, server: Server, reply: str, named: str
    ) -> None:
        """Nothing is ever filled in for a model that cannot say it."""
        server.fault = always(reply)

        answer = await ask(make())

        assert answer.reply is None
        assert named in (answer.failure or "")
        assert 3 == answer.usage.calls == server.asked

    async def test_another_language_goes_back(self, make: Make, server: Server) -> None:
        """A reply that is plainly in another language than the debate's is not accepted."""
        french = "La commune doit former les conducteurs dans le port et elle ne peut pas attendre que les autres le fassent pour elle avec des grues qui ne sont pas les siennes."
        server.reply = lambda body: fill(body).replace('"text": "prose"', json.dumps({"text": french})[1:-1])

        answer = await ask(make())

        assert "written in French: write every sentence of yours in English" in (answer.failure or "")

    async def test_fences_thoughts_and_chatter_around_the_object_are_no_fault(
        self, make: Make, server: Server
    ) -> None:
        """What stands around the one JSON object is ignored; unknown properties too."""
        server.reply = lambda body: (
            "<think>{hm}</think>Here:\n```json\n" + fill(body)[:-1] + ', "mood": "good"}\n```'
        )

        answer = await ask(make())

        assert answer.reply is not None
        assert 1 == answer.usage.calls


class TestMethod:
    @pytest.mark.parametrize(
        "rejected",
        [(), ("json_schema",), ("json_schema", "tools"), ("json_schema", "tools", "json_object")],
    )
    @pytest.mark.parametrize("streamed", [False, True])
    async def test_the_best_method_that_the_server_takes_is_used(
        self, make: Make, server: Server, rejected: tuple[str, ...], streamed: bool
    ) -> None:
        """A server without a method is asked by the next one, and stays with it."""
        server.rejected = rejected
        backend = make(watch=lambda _: None) if streamed else make()

        first, second = await ask(backend), await ask(backend)

        assert first.reply == second.reply is not None
        assert (1 + len(rejected), 1) == (first.usage.calls, second.usage.calls)

    async def test_the_prompt_does_not_depend_on_the_method(self, make: Make, server: Server) -> None:
        """A recorded turn is matched whatever the server could do."""
        server.rejected = ("json_schema",)
        backend = make()
        before = backend.render(REQUEST)
        await ask(backend)

        assert before == backend.render(REQUEST)


class TestStreaming:
    async def test_what_is_said_appears_as_it_is_written(self, make: Make, server: Server) -> None:
        """Whoever watches gets the text so far, growing; the reply and the counts are the same."""
        said = "I am for it, and I say why: the cranes stand still for a third of the year, and that is dear."
        server.reply = lambda body: fill(body).replace('"text": "prose"', json.dumps({"text": said})[1:-1])
        seen: list[Waiting | Writing] = []

        watched = await ask(make(watch=seen.append))
        unwatched = await ask(make())

        texts = [told.text for told in seen if isinstance(told, Writing)]
        assert unwatched == watched
        assert said == texts[-1]
        assert all(later.startswith(earlier) for earlier, later in pairwise(texts))
        assert len(texts) > 2


class TestCacheFirst:
    async def test_one_call_goes_ahead_of_those_that_share_its_beginning(
        self, make: Make, server: Server
    ) -> None:
        """Nearly all that is sent is a beginning that an answered call has had."""
        server.latency = 0.02
        plan = plan_of(article(sentences=SENTENCES + SENTENCES[:2] * 20))

        await debate(make(plan, cache_first=True), plan)

        sent = sum(len(call["prompt"]) for call in server.seen)
        warm = 0
        for call in server.seen:
            earlier = [other["prompt"] for other in server.seen if other["ended"] <= call["began"]]
            warm += max((_shared(call["prompt"], prompt) for prompt in earlier), default=0)
        assert warm / sent >= 0.8


def _shared(one: str, other: str) -> int:
    for place, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return place
    return min(len(one), len(other))


class TestSeveralModels:
    async def test_each_role_speaks_through_its_own_model(self, make: Make, server: Server) -> None:
        """A model can be named for a role and for the moderator; the rest speak through the debate's."""
        plan = plan_of(article(), role_models={"energy": "openai:other", "moderator": "openai:third"})

        await debate(make(plan), plan)

        for body, seen in zip(server.requests, server.seen, strict=True):
            task = seen["parts"][-1].rpartition("\n\n")[2]
            expected = "other" if "`energy`" in task else "third" if "moderator" in task else "fake"
            assert expected == body["model"]

    async def test_a_fallback_answers_when_the_first_cannot(self, make: Make, server: Server) -> None:
        """The next model in order is asked; one that can never answer is not asked again."""
        server.fault = lambda body, _: "404" if body["model"] == "fake" else None
        plan = plan_of(article(), fallbacks=("openai:spare",))
        backend = make(plan)

        answers = [await ask(backend), await ask(backend)]

        assert all(answer.reply is not None for answer in answers)
        assert ["fake", "spare", "spare"] == [body["model"] for body in server.requests]
        assert {
            "model": "openai:fake",
            "fallbacks": "openai:spare",
            "prompt": f"opening/{template('opening', 'en').version}",
        } == backend.render(REQUEST).config

    def test_offline_roles_and_models_sit_at_one_table(self, server: Server) -> None:
        """One role may be a model while the others stay embedded."""
        plan = plan_of(article(), model="offline", role_models={"energy": "openai:fake"})
        backend = open_backend(plan)

        assert {"backend": "offline"} == backend.render(opening_request("finance")).config
        assert "openai:fake" == backend.render(opening_request("energy")).config["model"]

    def test_a_model_for_nobody_is_refused(self) -> None:
        """A role that takes no part can have no model."""
        with pytest.raises(InputError, match="'water'"):
            open_backend(plan_of(article(), role_models={"water": "openai:x"}))


class TestLimits:
    async def test_a_spent_budget_ends_the_debate_in_order(self, make: Make, server: Server) -> None:
        """No call is made beyond the budget, and the message says how to go on."""
        plan = plan_of(article())

        with pytest.raises(ProviderError, match="budget of 3 calls"):
            await debate(make(plan, limits=Limits(max_calls=3)), plan)
        assert 3 == server.asked == server.answered

    async def test_a_turn_that_takes_too_long_fails(self, make: Make, server: Server) -> None:
        """A deadline holds for the whole turn, retries included."""
        server.latency = 0.5
        backend = make(limits=Limits(turn_seconds=0.1))

        with pytest.raises(ProviderError, match=r"no answer within 0\.1 seconds"):
            await ask(backend)


class TestOpen:
    def test_a_missing_key_is_one_line(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A provider without a key is refused before anything is asked, with what to set."""
        monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
        with pytest.raises(InputError, match="OPENAI_API_KEY"):
            ChatBackend(plan_of(article(), model="openai:gpt-4o-mini")).open()

    def test_a_missing_package_is_one_line(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A provider whose package is absent is refused with the extra to install."""
        monkeypatch.setattr("agents.backends.chat.provider.find_spec", lambda _: None)
        with pytest.raises(InputError, match=r"jemaa\[mistralai\]"):
            ChatBackend(plan_of(article(), model="mistralai:small")).open()

    def test_a_replay_needs_neither_package_nor_key(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Requests can be rendered on a machine that could ask nothing."""
        monkeypatch.setattr("agents.backends.chat.provider.find_spec", lambda _: None)
        backend = open_backend(plan_of(article(), model="mistralai:small"), ask=False)

        assert "mistralai:small" == backend.render(REQUEST).config["model"]

    @pytest.mark.parametrize("model", ["nonesuch:x", "openai:", "groq:x"])
    def test_an_unusable_name_says_so(self, model: str, server: Server) -> None:
        """A provider that nobody knows, or a name without a model, is the person's to change."""
        with pytest.raises(InputError, match=model.partition(":")[0]):
            ChatBackend(plan_of(article(), model=model)).open()
