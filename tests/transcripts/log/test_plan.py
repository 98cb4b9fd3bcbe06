"""A debate's plan in a transcript and back."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.article.model import Article, Span
from agents.debate.plan import DebatePlan
from agents.errors import TranscriptError
from agents.roles.model import Charter
from transcripts.log.clock import Clock
from transcripts.log.plan import beginning, read_plan

BODY = "One. Two. Three. Four."

SPANS = st.lists(
    st.builds(
        Span,
        id=st.sampled_from(["S1", "S2", "S3", "T1"]),
        text=st.sampled_from(["One.", "Two.", "else"]),
        start=st.sampled_from([0, 5]),
        end=st.sampled_from([4, 9]),
        section=st.sampled_from(["", "First", "Second"]),
        page=st.sampled_from([None, 1, 2]),
    ),
    max_size=6,
)


def _plan(spans: list[Span]) -> DebatePlan:
    article = Article(title="Four", language="en", sha256="0" * 64, body=BODY, spans=tuple(spans))
    text = {"en": "x"}
    charters = (Charter(name="energy", title=text, mission=text),)
    return DebatePlan(article=article, recommendations=(), charters=charters, language="en")


class TestPlan:
    @given(SPANS)
    def test_a_plan_comes_back_as_it_went_in(self, spans: list[Span]) -> None:
        """Whatever is left out of the spans because it can be told without, nothing is lost."""
        plan = _plan(spans)
        first = beginning(plan, "run", Clock().now())

        assert plan == read_plan(first.header.plan, first.blobs, "x")

    def test_what_can_be_told_is_left_out(self) -> None:
        """A numbered sentence of the same section as the one before is stored by its place alone."""
        spans = [Span(id=f"S{n + 1}", text="One.", start=0, end=4, section="First") for n in range(2)]
        first = beginning(_plan(spans), "run", Clock().now())
        stored = json.loads(first.blobs[first.header.plan.article])

        assert [{"start": 0, "end": 4, "section": "First"}, {"start": 0, "end": 4}] == stored["spans"]

    @pytest.mark.parametrize("spans", [None, 7, ["S1"], [None], [{}], [{"start": "a", "end": 2}], {"a": 1}])
    def test_spans_that_are_none_are_refused(self, spans: Any) -> None:
        """An article that somebody else wrote in another shape is refused in words."""
        first = beginning(_plan([]), "run", Clock().now())
        key = first.header.plan.article
        content = json.dumps(json.loads(first.blobs[key]) | {"spans": spans}).encode()
        with pytest.raises(TranscriptError):
            read_plan(first.header.plan, first.blobs | {key: content}, "x")
