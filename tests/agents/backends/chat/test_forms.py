"""The form of a reply: asked for, filled in, held against what came back."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.argument.model import Argument, Condition, Dissent, Ground, Ruling, Scheme, Speech, Stance
from agents.backends.chat.citable import Citable, citable
from agents.backends.chat.conform import conform
from agents.backends.chat.read import Unusable, read_reply
from agents.backends.chat.schema import reply_schema
from agents.debate.turn import REPLIES, Address, TurnRequest
from prompts.load import LANGUAGES, template
from tests.agents.backends.chat.conftest import article, plan_of
from tests.agents.backends.chat.server import smallest

PLAN = plan_of(article())
FULL = Citable(
    sources=("S1", "F-finance-1"),
    others=("A1.1",),
    own=("A1.2",),
    conditions=("C1.1",),
    red_lines=("finance-1",),
    objections=("A1.1",),
    recommendations=("R1", "R2"),
    support=("R1", "A1.1", "C1.1", "S1"),
)
BARE = Citable(recommendations=("R1",), support=("R1",))
IDS = [FULL, BARE]


def request(phase: str, round_: int = 1) -> TurnRequest:
    return TurnRequest(address=Address(recommendation="R1", phase=phase, round=round_, role="finance"))


def argument(name: str, role: str, status: str = "exact") -> Argument:
    return Argument(
        id=name,
        role=role,
        recommendation="R1",
        phase="opening",
        round=1,
        stance=Stance.OPPOSE,
        scheme=Scheme.RULE,
        side="against",
        claim="c",
        grounds=(Ground.model_validate({"id": "S1", "quote": "q", "status": status}),),
    )


def enumerations(schema: Any) -> Iterator[list[str]]:
    if isinstance(schema, dict):
        if "enum" in schema:
            yield schema["enum"]
        for item in schema.values():
            yield from enumerations(item)


@pytest.mark.parametrize("ids", IDS, ids=["full", "bare"])
@pytest.mark.parametrize("phase", sorted(REPLIES))
class TestSchema:
    def test_the_smallest_reply_is_legal(self, phase: str, ids: Citable) -> None:
        """What the form allows is a reply, without anything to repair."""
        schema = reply_schema(request(phase, 2), ids)

        assert isinstance(
            read_reply(json.dumps(smallest(schema)), phase, schema, PLAN.facts(), "en"), REPLIES[phase]
        )

    def test_no_enumeration_is_empty(self, phase: str, ids: Citable) -> None:
        """A field without a legal value is left out of the form instead."""
        assert all(enumerations(reply_schema(request(phase, 2), ids)))

    def test_every_object_is_closed_and_whole(self, phase: str, ids: Citable) -> None:
        """Strict structured output demands that all properties are required and none added."""

        def check(schema: Any) -> None:
            if isinstance(schema, dict):
                if schema.get("type") == "object":
                    assert list(schema["properties"]) == schema["required"]
                    assert schema["additionalProperties"] is False
                for item in schema.values():
                    check(item)

        check(reply_schema(request(phase, 2), ids))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("phase", sorted(REPLIES))
def test_the_embedded_example_has_the_form_that_is_asked_for(phase: str, language: str) -> None:
    """What a prompt shows and what its schema demands are the same, ids aside."""
    (example,) = re.findall(r"```json\n(.*?)\n```", template(phase, language).body, re.DOTALL)
    _, problems = conform(json.loads(example), reply_schema(request(phase, 2), FULL))

    assert [] == [problem for problem in problems if "legal values" not in problem]


class TestCitable:
    def test_a_rebuttal_may_target_others_and_withdraw_its_own(self) -> None:
        """Arguments are told apart by author; conditions are those on the table."""
        speech = Speech(
            address="R1/opening/1/energy",
            recommendation="R1",
            phase="opening",
            round=1,
            role="energy",
            stance=Stance.OPPOSE,
            arguments=(argument("A1.1", "energy"), argument("A1.2", "finance")),
        )
        asked = request("rebuttal", 2).model_copy(
            update={
                "speeches": (speech,),
                "conditions": (
                    Condition(id="C1.1", recommendation="R1", text="t", role="energy", argument="A1.1"),
                ),
            }
        )
        ids = citable(PLAN, asked, ("S1", "S2"))

        assert (("A1.1",), ("A1.2",), ("C1.1",)) == (ids.others, ids.own, ids.conditions)
        assert ("S1", "S2") == ids.sources
        assert ("finance-1",) == ids.red_lines

    def test_the_moderator_rests_on_what_was_verified_and_not_withdrawn(self) -> None:
        """Unverified and withdrawn arguments cannot support a sentence of the strategy."""
        speech = Speech(
            address="R1/rebuttal/2/energy",
            recommendation="R1",
            phase="rebuttal",
            round=2,
            role="energy",
            stance=Stance.OPPOSE,
            arguments=(
                argument("A1.1", "energy"),
                argument("A1.2", "energy", "unverified"),
                argument("A1.3", "energy"),
            ),
            withdrawn=("A1.3",),
        )
        dissent = Dissent(
            role="energy",
            recommendation="R1",
            argument="A1.1",
            objection="o",
            scheme=Scheme.RULE,
            strength=0.5,
            dfquad=0.5,
        )
        ruling = Ruling(
            recommendation="R1",
            decision="adopt",
            consensus="majority",
            rule="consent",
            strength=0.5,
            dfquad=0.5,
            euler=0.5,
            dissents=(dissent,),
        )
        asked = request("ruling", 3).model_copy(update={"speeches": (speech,), "ruling": ruling})
        ids = citable(PLAN, asked, ())

        assert ("R1", "A1.1", "S1") == ids.support
        assert ("A1.1",) == ids.objections


class TestConform:
    @given(
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(),
            lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        )
    )
    def test_whatever_comes_is_refused_with_named_problems(self, value: Any) -> None:
        """No parsed JSON breaks the reader; what is wrong is said in words."""
        schema = reply_schema(request("opening"), FULL)
        with pytest.raises(Unusable) as unusable:
            read_reply(json.dumps(value), "opening", schema, {}, "en")
        assert all(unusable.value.problems)
        assert unusable.value.problems

    @given(st.text())
    def test_whatever_text_comes_is_refused_with_a_named_problem(self, text: str) -> None:
        """The same for text that is no JSON at all."""
        with pytest.raises(Unusable):
            read_reply(text, "opening", reply_schema(request("opening"), FULL), {}, "en")

    def test_kinds_of_grounds_follow_from_their_ids(self) -> None:
        """A model cites an id; whether that is a sentence or a fact is known."""
        schema = reply_schema(request("opening"), FULL)
        reply = smallest(schema)
        ground = {"id": "F-finance-1", "quote": "40 million", "absence": None}
        reply["arguments"] = [
            smallest(schema["properties"]["arguments"]["items"], schema) | {"grounds": [ground]}
        ]

        read = read_reply(json.dumps(reply), "opening", schema, PLAN.facts(), "en")

        assert "fact" == read.model_dump()["arguments"][0]["grounds"][0]["kind"]
