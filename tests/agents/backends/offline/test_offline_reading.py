"""What the embedded debaters make of a text: direction, evidence, quotations, other countries."""

from typing import TYPE_CHECKING

import pytest

from agents.backends.offline.docket import Docket

if TYPE_CHECKING:
    from agents.article.model import Article
    from tests.agents.backends.offline.conftest import Table


def _topics(table: "Table", text: "Article", recommendation: str = "R1") -> dict[str, str]:
    docket = Docket(table.plan(text))
    return {t.concept.name: t.direction for t in docket.cases[recommendation].frame.topics}


class TestDirection:
    @pytest.mark.parametrize(
        "sentence,concept,direction",
        [
            ("Build new data centres in the valley.", "data_centre", "build"),
            ("Limit the construction of new data centres.", "data_centre", "restrain"),
            ("Impose a moratorium on data centres.", "data_centre", "restrain"),
            ("Raise awareness of the costs of data centres.", "data_centre", "talk"),
            ("Reduce the cost of data centres.", "data_centre", "build"),
            ("Train technicians and ban data centres.", "data_centre", "restrain"),
            ("Phase out tax incentives.", "tax_incentive", "restrain"),
        ],
    )
    def test_is_read_from_the_verb(self, table: "Table", sentence: str, concept: str, direction: str) -> None:
        """Building, restraining and talking about something are told apart by what governs its name."""
        assert direction == _topics(table, table.text([sentence], "en", 1))[concept]

    @pytest.mark.parametrize(
        "sentence,direction",
        [
            ("Créer des centres de données.", "build"),
            ("Plafonner le nombre de centres de données.", "restrain"),
            ("Sensibiliser le public aux effets des centres de données.", "talk"),
        ],
    )
    def test_is_read_in_french(self, table: "Table", sentence: str, direction: str) -> None:
        """French proposals are read the same way."""
        assert direction == _topics(table, table.text([sentence], "fr", 1))["data_centre"]

    def test_name_of_a_body_is_not_a_proposal(self, table: "Table") -> None:
        """A concept in the name of an authority does not make the proposal about it."""
        text = "Build data centres certified by the national authority for cybersecurity."
        assert ["data_centre"] == list(_topics(table, table.text([text], "en", 1)))

    def test_text_outside_the_knowledge_has_no_topic(self, table: "Table") -> None:
        """A proposal about something unknown is framed as nothing, not as something near."""
        assert {} == _topics(table, table.text(["Paint the town hall in ochre."], "en", 1))


class TestEvidence:
    def _passages(self, table: "Table", lines: list[str], point: str) -> list[str]:
        docket = Docket(table.plan(table.text([*lines, "Build data centres."], "en", 1)))
        items = docket.cases["R1"].candidates["energy"]
        return [e.quote for item in items if item.key == f"data_centre.{point}" for e in item.evidence]

    def test_is_a_sentence_that_states_the_effect(self, table: "Table") -> None:
        """A sentence that names concept and effect is evidence; one that only names the concept is not."""
        lines = ["Data centres strain the power grid.", "Data centres are buildings."]
        assert ["Data centres strain the power grid"] == self._passages(table, lines, "grid_load")

    @pytest.mark.parametrize(
        "sentence",
        [
            "Data centres do not strain the power grid.",
            "Data centres never consume much energy here.",
            "No data centre puts pressure on the electricity supply.",
        ],
    )
    def test_is_never_a_negated_sentence(self, table: "Table", sentence: str) -> None:
        """A sentence that denies the effect is no evidence for it."""
        assert [] == self._passages(table, [sentence], "grid_load")

    def test_is_not_another_proposal(self, table: "Table") -> None:
        """What a text proposes elsewhere is not evidence for what it proposes here."""
        text = table.text(["Build data centres that consume less energy.", "Build data centres."], "en", 2)
        docket = Docket(table.plan(text))
        assert not any(item.evidence for item in docket.cases["R2"].candidates["energy"])

    def test_notices_the_conditional(self, table: "Table") -> None:
        """A sentence in the conditional is evidence that knows its mood."""
        lines = ["Data centres could put a strain on the power grid."]
        docket = Docket(table.plan(table.text([*lines, "Build data centres."], "en", 1)))
        found = [e for item in docket.cases["R1"].candidates["energy"] for e in item.evidence]
        assert {"could"} == {e.hedge for e in found}

    def test_notices_another_country(self, table: "Table") -> None:
        """In a text about one country, a sentence about another is marked as such."""
        lines = [
            "Morocco wants servers. Morocco has sun. Moroccan firms wait.",
            "In France, data centres strain the power grid.",
        ]
        docket = Docket(table.plan(table.text([*lines, "Build data centres in Morocco."], "en", 1, ("MA",))))
        found = [e for item in docket.cases["R1"].candidates["energy"] for e in item.evidence]
        assert found
        assert all(e.foreign for e in found)


class TestQuotations:
    @pytest.mark.parametrize(
        "name", ["brief", "seed", "en_down_with_data_centres", "fr_renovation_energetique"]
    )
    def test_are_exact_and_end_at_words(self, table: "Table", name: str) -> None:
        """Every quotation that could be used stands in its span, from the start to the end of a word."""
        docket = Docket(table.plan(table.shared(name)))
        for case in docket.cases.values():
            for items in case.candidates.values():
                for item in items:
                    for evidence in (*item.evidence, *((item.own,) if item.own else ())):
                        text = docket.spans[evidence.passage].text
                        at = text.find(evidence.quote)
                        assert at >= 0
                        end = at + len(evidence.quote)
                        assert not text[at - 1 : at].isalnum()
                        assert not text[end : end + 1].isalnum()
