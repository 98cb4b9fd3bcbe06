"""The gate: grounds are checked, arguments and conditions minted."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.argument.absence import absences
from agents.argument.base import base_score
from agents.argument.grounding import check_ground, mint_arguments, mint_conditions
from agents.argument.model import (
    Argument,
    ArgumentDraft,
    Ground,
    GroundDraft,
    GroundKind,
    GroundStatus,
    Scheme,
    Stance,
    Target,
)
from agents.article.model import Article, Figure, Recommendation, Span
from agents.roles.model import Fact

ROOM = Path(__file__).parents[3] / "agents" / "argument"
FACTS = {
    "F-1": Fact(
        id="F-1",
        text={"en": "Tamda has 40,000 inhabitants.", "fr": "Tamda compte 40 000 habitants."},
        source="Census",
        as_of=date(2024, 9, 1),
    )
}


def _check(article: Article, language: str = "fr", **draft: object) -> Ground:
    return check_ground(GroundDraft.model_validate(draft), article, FACTS, {"A1.1"}, language)


class TestSpans:
    def test_an_exact_quote_has_its_offsets_in_the_body(self, article: Article) -> None:
        """Offsets cut the quote out of the body itself."""
        ground = _check(article, id="S2", quote="a coûté 400 millions d’euros en 1998")

        assert ground.status == "exact"
        assert article.body[ground.start : ground.end] == ground.quote

    def test_a_repaired_quote_is_put_in_the_sources_words(self, article: Article) -> None:
        """What is kept is what the article says, so that every verified quote stands in it verbatim."""
        ground = _check(
            article, id="S2", quote="a coute 400 millions d'euros en 1998 ; il n'a \"jamais\" ete renove."
        )

        assert ground.status == "repaired"
        assert "a coûté 400 millions d’euros en 1998 ; il n’a « jamais » été rénové" == ground.quote
        assert article.body[ground.start : ground.end] == ground.quote

    @pytest.mark.parametrize(
        "draft",
        [
            {"id": "S1", "quote": "a coûté 400 millions d’euros"},  # another span's words
            {"id": "S99", "quote": "a coûté 400 millions d’euros"},  # no such span
            {"id": "S2", "quote": "le réseau a coûté 400 millions"},  # a paraphrase
            {"id": "S2", "quote": ""},  # nothing quoted
            {"id": "S2", "quote": "rénové. La ville devrait"},  # runs over the end of the span
        ],
    )
    def test_anything_else_is_unverified_and_kept_as_it_was_said(
        self, article: Article, draft: dict[str, str]
    ) -> None:
        """An unverified ground has no offsets and keeps its author's words."""
        ground = _check(article, **draft)

        assert ("unverified", draft["quote"], None) == (ground.status, ground.quote, ground.start)


class TestFactsAndArguments:
    def test_a_fact_may_be_quoted_in_any_of_its_languages(self, article: Article) -> None:
        """A quote of the English text counts in a French debate."""
        assert _check(article, kind="fact", id="F-1", quote="40,000 inhabitants").status == "exact"

    def test_a_fact_cited_without_a_quote_is_quoted_whole_in_the_debates_language(
        self, article: Article
    ) -> None:
        """A fact is one sentence, so that its id says it all."""
        ground = _check(article, kind="fact", id="F-1")

        assert ("exact", "Tamda compte 40 000 habitants.") == (ground.status, ground.quote)

    def test_an_unknown_fact_is_unverified(self, article: Article) -> None:
        """Facts are those of the charters, not of the speaker."""
        assert _check(article, kind="fact", id="F-9", quote="Tamda").status == "unverified"

    @pytest.mark.parametrize("name,status", [("A1.1", "exact"), ("A1.9", "unverified")])
    def test_an_argument_is_a_ground_if_it_exists(self, article: Article, name: str, status: str) -> None:
        """A ground on an argument is exact or unverified, never repaired."""
        assert status == _check(article, kind="argument", id=name).status


class TestAbsences:
    @pytest.mark.parametrize("name,status", [("cost", "exact"), ("deadline", "exact"), ("owner", "exact")])
    def test_what_the_proposal_does_not_say_is_a_verified_absence(
        self, article: Article, name: str, status: str
    ) -> None:
        """The recommendation to renew the pipes has no cost, date or owner of its own."""
        quote = "rénover ses conduites d’eau potable"

        assert status == _check(article, id="S3", quote=quote, absence=name).status

    def test_what_the_proposal_does_say_is_no_absence(self, article: Article) -> None:
        """The mayor owns the yearly report, and a yearly report is an evaluation."""
        for name in ("owner", "evaluation"):
            assert (
                _check(article, id="S5", quote="publier un bilan annuel", absence=name).status == "unverified"
            )

    def test_an_absence_needs_a_verified_quote_and_a_known_detector(self, article: Article) -> None:
        """Neither a paraphrase nor a detector that does not exist verifies anything."""
        assert (
            _check(article, id="S3", quote="refaire les tuyaux d’eau", absence="cost").status == "unverified"
        )
        quote = "rénover ses conduites"
        assert _check(article, id="S3", quote=quote, absence="elegance").status == "unverified"

    @pytest.mark.parametrize(
        "language,proposal,elsewhere,silent",
        [
            (
                "en",
                "The council should build affordable municipal housing near stations.",
                "Municipal housing near stations would cost 3 billion dollars.",
                "Trains cost 3 billion dollars.",
            ),
            (
                "es",
                "El municipio debe construir viviendas sociales cerca de estaciones.",
                "Las viviendas sociales cerca de estaciones tienen un presupuesto aprobado.",
                "Los trenes tienen un presupuesto aprobado.",
            ),
            (
                "ar",
                "ينبغي للمدينة بناء مساكن اجتماعية قريبة من المحطات.",
                "ستبلغ تكلفة مساكن اجتماعية قريبة من المحطات ثلاثة ملايير درهم.",
                "تبلغ تكلفة القطارات ثلاثة ملايير درهم.",
            ),
        ],
    )
    def test_a_cost_given_elsewhere_counts_if_it_is_of_the_same_thing(
        self, language: str, proposal: str, elsewhere: str, silent: str
    ) -> None:
        """A sentence that shares the proposal's words contradicts the absence; one on something else does not."""
        quote = " ".join(proposal.split()[1:4])
        for other, status in ((elsewhere, "unverified"), (silent, "exact")):
            texts = ["Foo bar.", proposal, "Baz qux.", "Lorem ipsum.", "Dolor sit.", other]
            article = _article(language, texts, proposal=2)

            assert status == _check(article, language, id="S2", quote=quote, absence="cost").status, other

    @pytest.mark.parametrize(
        "language,proposal",
        [
            ("fr", "La ville doit rénover ses conduites avant le 1er mars prochain."),
            ("fr", "La ville doit rénover ses conduites d’ici 2031."),
            ("fr", "La ville doit rénover ses conduites sous dix ans."),
            ("en", "The town must renew its pipes by the end of 2031."),
            ("en", "The town must renew its pipes within eighteen months."),
            ("en", "The town must renew its pipes on March 3."),
            ("es", "La directriz de renovar las tuberías rige a partir de este 21 de abril."),
            ("es", "El municipio debe renovar las tuberías antes de 2031."),
            ("ar", "يجب تجديد شبكة المياه بحلول سنة 2031."),
            ("ar", "يجب تجديد شبكة المياه في غضون خمسة أشهر."),
        ],
    )
    def test_a_deadline_is_seen_in_any_form(self, language: str, proposal: str) -> None:
        """Dates, years and durations are deadlines, in four languages."""
        article = _article(language, [proposal], proposal=1)
        quote = " ".join(proposal.split()[1:4])

        assert _check(article, language, id="S1", quote=quote, absence="deadline").status == "unverified"
        assert _check(article, language, id="S1", quote=quote, absence="cost").status == "exact"

    def test_figures_are_read_not_searched(self) -> None:
        """A date is a figure but no target that could be measured against."""
        article = _article("en", ["The town should plant trees by 2030."], proposal=1).model_copy(
            update={"figures": (Figure(text="2030", value=2030, unit="year", span="S1"),)}
        )
        quote = "should plant trees"

        assert _check(article, "en", id="S1", quote=quote, absence="figure").status == "unverified"
        assert _check(article, "en", id="S1", quote=quote, absence="target").status == "exact"

    def test_every_detector_has_patterns_in_four_languages(self) -> None:
        """A detector that does not know a language would verify absences there that are none."""
        text = (ROOM / "absences.yaml").read_text(encoding="utf-8")

        assert {"cost", "deadline", "owner", "financing", "law", "evaluation", "figure", "target"} == set(
            absences()
        )
        assert [6] * 4 == [
            len(re.findall(rf"^  {language}:", text, re.MULTILINE)) for language in ("fr", "en", "es", "ar")
        ]


class TestMinting:
    def _mint(
        self, article: Article, *drafts: ArgumentDraft, known: tuple[Argument, ...] = ()
    ) -> tuple[Argument, ...]:
        return mint_arguments(
            drafts,
            recommendation=article.recommendations[0],
            role="finance",
            phase="opening",
            round_=1,
            stance=Stance.CONDITIONS,
            start_number=3,
            article=article,
            facts=FACTS,
            known={argument.id: argument for argument in known},
            red_lines={"debt"},
        )

    def test_ids_follow_on_and_blank_claims_are_left_out(self, article: Article) -> None:
        """Numbers run from the first one given, without gaps."""
        minted = self._mint(article, *(ArgumentDraft(claim=claim) for claim in ("Un.", "  ", "Deux.")))

        assert ["A1.3", "A1.4"] == [argument.id for argument in minted]

    def test_only_arguments_that_the_speaker_was_shown_can_be_targeted(self, article: Article) -> None:
        """Targets on anything else are dropped, one target has one relation, so the graph has no cycle."""
        (first,) = self._mint(article, ArgumentDraft(claim="Un."))
        targets = tuple(
            Target.model_validate({"argument": name, "relation": how})
            for name, how in (("A1.3", "rebut"), ("A1.3", "support"), ("A1.4", "rebut"), ("A9.9", "concede"))
        )
        (second,) = self._mint(article, ArgumentDraft(claim="Deux.", targets=targets), known=(first,))

        assert (targets[0],) == second.targets

    def test_only_red_lines_of_the_charter_are_kept(self, article: Article) -> None:
        """A red line that the speaker's charter does not have blocks nothing."""
        drafts = [ArgumentDraft(claim="Non.", side="against", red_line=line) for line in ("debt", "made-up")]

        assert ["debt", None] == [argument.red_line for argument in self._mint(article, *drafts)]

    def test_figures_are_flagged_and_weaken_the_argument(self, article: Article) -> None:
        """A number that no ground has is named, and costs strength."""
        ground = GroundDraft(id="S2", quote="a coûté 400 millions d’euros")
        honest, inventive = self._mint(
            article,
            ArgumentDraft(claim="Le réseau a coûté 400 millions d’euros.", grounds=(ground,)),
            ArgumentDraft(claim="Le réseau a coûté 900 millions d’euros.", grounds=(ground,)),
        )

        assert () == honest.unsupported_figures
        assert ("900 millions d’euros",) == inventive.unsupported_figures
        assert inventive.base < honest.base

    def test_one_condition_in_two_wordings_of_the_same_words_is_tabled_once(self, article: Article) -> None:
        """Typography aside, the same condition is not put to the vote twice."""
        minted = self._mint(
            article,
            ArgumentDraft(claim="Un.", condition="publier l’étude de coût"),
            ArgumentDraft(claim="Deux.", condition="Publier l'étude de coût"),
            ArgumentDraft(claim="Trois.", condition="nommer un pilote"),
        )
        first = mint_conditions(minted[:1], ())
        rest = mint_conditions(minted[1:], first)

        assert [("C1.1", "A1.3"), ("C1.2", "A1.5")] == [(c.id, c.argument) for c in (*first, *rest)]


STATUSES: st.SearchStrategy[GroundStatus] = st.sampled_from(["exact", "repaired", "unverified"])
KINDS: st.SearchStrategy[GroundKind] = st.sampled_from(["span", "fact", "argument"])
GROUNDS = st.lists(
    st.builds(
        Ground,
        kind=KINDS,
        id=st.sampled_from(["S1", "S2", "F-1", "A1.1"]),
        absence=st.sampled_from([None, "cost"]),
        status=STATUSES,
    ),
    max_size=5,
)


class TestBaseScore:
    @given(st.sampled_from(Scheme), GROUNDS, GROUNDS)
    def test_evidence_never_weakens_and_unverified_grounds_never_count(
        self, scheme: Scheme, grounds: list[Ground], more: list[Ground]
    ) -> None:
        """Adding grounds never lowers a base score; adding unverified ones changes nothing."""
        unverified = [ground.model_copy(update={"status": "unverified"}) for ground in more]

        assert base_score(scheme, [*grounds, *more]) >= base_score(scheme, grounds)
        assert base_score(scheme, [*grounds, *unverified]) == base_score(scheme, grounds)
        assert 0.05 <= base_score(scheme, grounds, ["12"]) <= base_score(scheme, grounds) <= 0.95

    def test_quoting_one_span_twice_counts_once(self) -> None:
        """Two quotes of one sentence are one piece of evidence."""
        one = Ground(kind="span", id="S1", quote="one half", status="exact")
        other = Ground(kind="span", id="S1", quote="the other", status="repaired")

        assert base_score(Scheme.RULE, [one]) == base_score(Scheme.RULE, [one, other])


def _article(language: str, texts: list[str], *, proposal: int) -> Article:
    body, spans = "", []
    for number, text in enumerate(texts, 1):
        # Each sentence has a heading of its own, so that none stands under the proposal's.
        spans.append(
            Span(id=f"S{number}", text=text, start=len(body), end=len(body) + len(text), section=str(number))
        )
        body += text + "\n"
    recommendation = Recommendation(id="R1", text=texts[proposal - 1], spans=(f"S{proposal}",))
    return Article(
        title="T",
        language=language,
        sha256="0" * 64,
        body=body,
        spans=tuple(spans),
        recommendations=(recommendation,),
    )
