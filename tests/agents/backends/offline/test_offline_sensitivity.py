"""Metamorphic tests: what must change when a text changes, and what must not."""

import random
from typing import TYPE_CHECKING

import pytest

from agents.article.model import Article, Span
from agents.backends.offline.docket import Docket
from agents.backends.offline.positions import position

if TYPE_CHECKING:
    from tests.agents.backends.offline.conftest import Table

ARTICLES = [
    "brief",
    "seed",
    "en_down_with_data_centres",
    "fr_renovation_energetique",
    "es_costa_rica_ciberseguridad_html",
    "held_forest_rail",
    "held_mil_recherche",
    "fresh_hopital_regional",
    "fresh_lake_city",
    "fresh_madina_maa",
    "fresh_pesca_comercio",
]


def _without(text: Article, span: str) -> Article:
    return text.model_copy(update={"spans": tuple(s for s in text.spans if s.id != span)})


def _with(text: Article, line: str) -> Article:
    start = len(text.body) + 2
    span = Span(id=f"S{len(text.spans) + 1}", text=line, start=start, end=start + len(line))
    return text.model_copy(update={"body": f"{text.body}\n\n{line}", "spans": (*text.spans, span)})


@pytest.mark.parametrize("name", ARTICLES)
class TestWhatLeavesEveryDecision:
    def test_order_of_recommendations(self, table: "Table", name: str) -> None:
        """Another order of the recommendations changes no decision and no stance."""
        text = table.shared(name)
        order = list(text.recommendations)
        random.Random(7).shuffle(order)
        plan = table.plan(text)
        assert table.outcome(plan) == table.outcome(plan.model_copy(update={"recommendations": tuple(order)}))

    def test_order_of_roles(self, table: "Table", name: str) -> None:
        """Another order of the roles changes no decision and no stance."""
        plan = table.plan(table.shared(name))
        turned = plan.model_copy(update={"charters": plan.charters[::-1]})
        assert table.outcome(plan) == table.outcome(turned)

    def test_unrelated_paragraph(self, table: "Table", name: str) -> None:
        """A paragraph about something else changes no decision and no stance."""
        text = table.shared(name)
        more = _with(
            text, "My grandmother bakes an almond cake on Sundays; les voisins apportent des fleurs."
        )
        assert table.outcome(table.plan(text)) == table.outcome(table.plan(more))

    def test_another_country_without_facts(self, table: "Table", name: str) -> None:
        """With the charters' facts off, the country of an article changes no decision and no stance."""
        text = table.shared(name)
        elsewhere = text.model_copy(update={"countries": ("PT",)})
        plan = table.plan(text)
        bare = tuple(charter.model_copy(update={"facts": ()}) for charter in plan.charters)
        assert table.outcome(table.plan(text, charters=bare)) == table.outcome(
            table.plan(elsewhere, charters=bare)
        )

    def test_another_country_has_no_facts_of_this_one(self, table: "Table", name: str) -> None:
        """A text about another country cites no charter fact about Morocco."""
        elsewhere = table.shared(name).model_copy(update={"countries": ("PT",)})
        ruled, _ = table.hold(table.plan(elsewhere))
        plan = table.plan(elsewhere)
        cited = {
            ground.id
            for event in ruled.values()
            for speech in event.speeches
            for argument in speech.arguments
            for ground in argument.grounds
            if ground.kind == "fact"
        }
        assert not [name for name in cited if plan.facts()[name].country == "MA"]

    def test_language_of_the_debate(self, table: "Table", name: str) -> None:
        """The language that the assembly speaks changes no decision and no stance."""
        text = table.shared(name)
        outcomes = [table.outcome(table.plan(text, language=language)) for language in ("fr", "en", "ar")]
        assert outcomes[0] == outcomes[1] == outcomes[2]

    def test_deleted_span_never_strengthens_who_cited_it(self, table: "Table", name: str) -> None:
        """Without a span that a side rests on, that side weighs no more than before."""
        text = table.shared(name)
        before = Docket(table.plan(text))
        cited: dict[str, set[tuple[str, str, str]]] = {}
        for rec, case in before.cases.items():
            for role, items in case.candidates.items():
                for item in items:
                    for evidence in item.evidence[:1]:
                        cited.setdefault(before.span_id(evidence.passage), set()).add((rec, role, item.side))
        for span in sorted(cited)[:12]:
            after = Docket(table.plan(_without(text, span)))
            for rec, role, side in sorted(cited[span]):
                old, new = (position(docket.cases[rec], role) for docket in (before, after))
                weights = (old.gains, new.gains) if side == "for" else (old.harms, new.harms)
                assert weights[1] <= weights[0] + 1e-9, (span, rec, role, side)


class TestWhatTurnsArguments:
    def test_direction_turns_them_round(self, table: "Table") -> None:
        """What speaks for building something speaks against restraining it, and the other way round."""
        sides = {}
        for verb in ("Build", "Limit the construction of"):
            text = table.english(last=f"{verb} data centres.")
            docket = Docket(table.plan(text))
            sides[verb] = {
                item.key: item.side for items in docket.cases["R3"].candidates.values() for item in items
            }
        build, limit = sides.values()
        turned = {key for key in build if key.startswith("data_centre.")}
        assert turned
        assert all(build[key] != limit[key] for key in turned)

    def test_negation_takes_evidence_away(self, table: "Table") -> None:
        """A key sentence turned into its negation is no longer quoted for what it said."""
        text = table.english()
        plain = Docket(table.plan(text))
        spans = [
            s.model_copy(update={"text": s.text.replace("put a heavy strain", "do not put any strain")})
            for s in text.spans
        ]
        denied = Docket(table.plan(text.model_copy(update={"spans": tuple(spans)})))

        def shown(docket: Docket) -> bool:
            items = docket.cases["R1"].candidates["energy"]
            return any(i.evidence for i in items if i.key == "data_centre.grid_load")

        assert shown(plain)
        assert not shown(denied)

    def test_conditions_of_different_articles_differ(self, table: "Table") -> None:
        """Two articles about different things share at most half of their conditions."""
        names = [
            "seed",
            "en_down_with_data_centres",
            "fr_renovation_energetique",
            "es_costa_rica_ciberseguridad_html",
        ]
        asked = []
        for name in names:
            ruled, _ = table.hold(table.plan(table.shared(name), language="en"))
            asked.append({c.text for event in ruled.values() for c in event.ruling.conditions})
        for number, one in enumerate(asked):
            for other in asked[number + 1 :]:
                assert len(one & other) <= min(len(one), len(other)) / 2
