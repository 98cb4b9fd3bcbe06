"""Prose that says nothing of the debate goes back."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.backends.chat.parroted import parroted, turns_round
from prompts.load import LANGUAGES, template

PHASES = ("opening", "rebuttal", "ruling", "synthesis")


def example(phase: str, language: str) -> dict[str, object]:
    found = re.search(r"```json\n(.*?)\n```", template(phase, language).body, re.DOTALL)
    assert found
    value: dict[str, object] = json.loads(found[1])
    return value


class TestParroted:
    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("phase", PHASES)
    def test_the_example_is_no_reply(self, phase: str, language: str) -> None:
        """Every sentence of the example that stands in a reply is named with its place."""
        problems = parroted(example(phase, language), phase, language, {})

        assert problems
        assert all("copies the example" in problem for problem in problems)
        assert problems[0].startswith("reply.")

    def test_one_sentence_is_enough_whatever_its_typography(self) -> None:
        """A sentence of the example among others, with other apostrophes and capitals, is found."""
        text = "We met. Closing THE street to cars at school hours protects the children that my office answers for. So."

        (problem,) = parroted({"text": text}, "opening", "en", {})

        assert problem.startswith("reply.text copies the example")

    def test_an_id_is_no_sentence(self) -> None:
        """An id where a claim was asked for goes back; an id where ids belong does not."""
        value = {
            "text": "t",
            "arguments": [{"claim": "A2.1", "targets": [{"argument": "A2.1"}]}],
            "because": "A2.1",
        }

        assert ["reply.arguments[0].claim is 'A2.1', an id where a sentence was asked for"] == parroted(
            value, "rebuttal", "en", {}
        )

    def test_round_in_circles(self) -> None:
        """A model that repeats itself is told so; a text that comes back to its words once or twice is not."""
        assert turns_round("The roads are covered by the roads. " * 5)
        assert not turns_round("We pay for what we use. Whoever does not pay for what we use gains.")

    @given(
        st.lists(st.text(st.characters(categories=["L"]), min_size=1, max_size=8), max_size=60, unique=True)
    )
    def test_words_that_never_return_are_prose(self, words: list[str]) -> None:
        """No text without repetition is said to repeat itself."""
        assert not turns_round(" ".join(words))

    def test_prose_of_this_debate_is_no_fault(self) -> None:
        """The smallest reply, and one in a speaker's own words, stay."""
        assert [] == parroted({"text": "prose", "arguments": [{"claim": "prose"}]}, "opening", "en", {})
        assert [] == parroted(
            {"text": "I support the closure, because trucks are loud at night."}, "opening", "en", {}
        )

    def test_an_earlier_claim_is_no_answer(self) -> None:
        """A claim that stands in the debate already, whoever made it, goes back with its id."""
        claim = "Cranes on batteries stand still for less than an hour a day."
        value = {
            "text": "t",
            "arguments": [{"claim": claim.replace("Cranes", "cranes")}, {"claim": "Ours do not."}],
        }

        (problem,) = parroted(value, "rebuttal", "en", {"A1.1": claim, "A1.2": "Another."})

        assert "reply.arguments[0].claim says what A1.1 says already: bring a reason of your own" == problem
