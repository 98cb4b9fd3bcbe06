"""Two debates side by side."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.argument.model import Stance
from agents.debate.plan import DebatePlan
from agents.debate.turn import OpeningReply
from transcripts.compare.compare import compare
from transcripts.compare.markdown import comparison_markdown
from transcripts.compare.match import paired
from transcripts.log.session import start

Scripted = Callable[..., Any]
WORDS = st.lists(st.text(st.characters(codec="utf-8"), min_size=1, max_size=30), max_size=6)


class Turncoat:
    """Answers like another backend, but lets finance open for R2 with other words."""

    def __init__(self, other: Any) -> None:
        self.render = other.render
        self._other = other

    async def answer(self, request: Any, prompt: Any) -> Any:
        answer = await self._other.answer(request, prompt)
        if str(request.address) != "R2/opening/1/finance":
            return answer
        assert isinstance(answer.reply, OpeningReply)
        argument = answer.reply.arguments[0]
        grounds = (argument.grounds[0], argument.grounds[1].model_copy(update={"quote": "train its own"}))
        changed = argument.model_copy(
            update={"claim": "Somebody must drive these machines.", "grounds": grounds}
        )
        return answer._replace(
            reply=answer.reply.model_copy(
                update={"stance": Stance.SUPPORT, "arguments": (changed,), "priority": 99}
            )
        )


async def _held(plan: DebatePlan, backend: Any, folder: Path) -> Path:
    session = start(plan, lambda _: backend, folder)
    async for _ in session.events():
        pass
    return session.path


class TestCompare:
    async def test_the_same_debate_twice_is_the_same(
        self, plan: DebatePlan, scripted: Scripted, folder: Path
    ) -> None:
        """Two runs of one debate differ in nothing but time, whatever the order of completion."""
        comparison = compare(
            await _held(plan, scripted(), folder), await _held(plan, scripted(seed=2), folder)
        )

        assert comparison.same
        assert comparison.parting is None
        assert {"seconds"} >= {change.what for change in comparison.effort}

    async def test_what_moved_is_told(self, plan: DebatePlan, scripted: Scripted, folder: Path) -> None:
        """One other opening shows as its stance, its argument, what it was worth, and the turn where it began."""
        comparison = compare(
            await _held(plan, scripted(), folder), await _held(plan, Turncoat(scripted()), folder)
        )
        result = json.loads(json.dumps(comparison.as_json()))

        assert not result["same"]
        assert {"address": "R2/opening/1/finance", "what": "reply"} == result["parting"]
        assert {
            "recommendation": "R2",
            "role": "finance",
            "what": "opening",
            "before": "oppose",
            "after": "support",
        } in result["stances"]
        assert {"vanished", "appeared"} <= {
            change["what"] for change in result["arguments"] if change["role"] == "finance"
        }
        assert [] == result["priorities"]
        assert not [change for change in result["stances"] if change["recommendation"] == "R1"]

    async def test_an_unfinished_debate_can_be_compared(
        self, plan: DebatePlan, scripted: Scripted, folder: Path
    ) -> None:
        """Against a debate that has only begun every decision is one that the other does not have."""
        begun = start(plan, lambda _: scripted(), folder)
        begun.close()
        comparison = compare(await _held(plan, scripted(), folder), begun.path)

        assert {"R1", "R2"} == {change.recommendation for change in comparison.decisions}
        assert comparison.parting is not None
        assert "only in the first" == comparison.parting.what

    async def test_recommendations_are_matched_by_what_they_say(
        self, plan: DebatePlan, scripted: Scripted, folder: Path
    ) -> None:
        """The same recommendations under other ids are compared with each other; a new one is told."""
        fewer = plan.model_copy(update={"recommendations": plan.recommendations[1:]})
        comparison = compare(await _held(plan, scripted(), folder), await _held(fewer, scripted(), folder))

        assert [("R1", "vanished")] == [(c.recommendation, c.what) for c in comparison.recommendations]
        assert () == comparison.decisions

    @pytest.mark.parametrize("model", ["other"])
    async def test_another_model_is_named(
        self, plan: DebatePlan, scripted: Scripted, folder: Path, model: str
    ) -> None:
        """Where already the model differs, the parting says so."""
        comparison = compare(
            await _held(plan, scripted(), folder), await _held(plan, scripted(temperature=1.0), folder)
        )

        assert comparison.parting is not None
        assert "model" == comparison.parting.what
        assert comparison.same


class TestMarkdown:
    async def test_each_part_that_differs_has_a_table(
        self, plan: DebatePlan, scripted: Scripted, folder: Path
    ) -> None:
        """What differs is told part by part, what does not is left out."""
        text = comparison_markdown(
            compare(await _held(plan, scripted(), folder), await _held(plan, Turncoat(scripted()), folder))
        )

        assert "## Stances" in text
        assert "| R2 finance opening | oppose | support |" in text
        assert "R2/opening/1/finance (reply)" in text
        assert "## Recommendations" not in text


class TestPaired:
    @given(WORDS, WORDS)
    def test_every_item_stands_once(self, left: list[str], right: list[str]) -> None:
        """Nothing is lost and nothing is paired twice."""
        pairs = paired(left, right, lambda _: "", lambda text: text)

        assert left == [one for one, _ in pairs if one is not None]
        assert sorted(right) == sorted(other for _, other in pairs if other is not None)

    @given(WORDS, st.randoms())
    def test_order_does_not_matter(self, items: list[str], random: Any) -> None:
        """Shuffled, everything finds its like."""
        shuffled = random.sample(items, len(items))

        assert all(None not in pair for pair in paired(items, shuffled, lambda _: "", lambda text: text))
