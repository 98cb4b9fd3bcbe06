"""The order of delivery."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from agents.debate.document import Dependency
from agents.debate.sequence import acyclic, period, stages

NAMES = ["R1", "R2", "R3", "R4", "R5"]
DEPENDENCIES = st.lists(
    st.builds(Dependency, recommendation=st.sampled_from(NAMES), needs=st.sampled_from(NAMES)),
    max_size=20,
)


def _position(staged: tuple[tuple[str, ...], ...], name: str) -> int:
    return next(place for place, names in enumerate(staged) if name in names)


class TestStages:
    @given(DEPENDENCIES, st.permutations(NAMES))
    def test_every_measure_comes_after_what_it_needs(
        self, dependencies: list[Dependency], priorities: list[str]
    ) -> None:
        """Whatever is declared, circles included, each measure stands in a later stage than its needs."""
        kept = acyclic(dependencies, priorities)
        staged = stages(kept, priorities)

        assert sorted(name for names in staged for name in names) == NAMES
        assert all(_position(staged, d.needs) < _position(staged, d.recommendation) for d in kept)

    @given(DEPENDENCIES, st.permutations(NAMES))
    def test_nothing_is_left_out_without_a_circle(
        self, dependencies: list[Dependency], priorities: list[str]
    ) -> None:
        """A dependency is dropped only when the kept ones already lead the other way round."""
        kept = {(d.recommendation, d.needs) for d in acyclic(dependencies, priorities)}
        reach = {name: _reached(name, kept) for name in NAMES}

        for d in dependencies:
            if (d.recommendation, d.needs) not in kept:
                assert d.recommendation in reach[d.needs]

    def test_a_circle_keeps_the_dependency_of_the_higher_priority(self) -> None:
        """Of two measures that need each other, the one ranked first keeps its dependency."""
        circle = [
            Dependency(recommendation="R1", needs="R2"),
            Dependency(recommendation="R2", needs="R1"),
        ]

        assert [d.recommendation for d in acyclic(circle, ["R2", "R1"])] == ["R2"]

    def test_a_measure_that_is_not_retained_blocks_nothing(self) -> None:
        """A dependency on something outside the list is ignored."""
        assert acyclic([Dependency(recommendation="R1", needs="R9")], ["R1"]) == ()


class TestPeriod:
    def test_years_count_from_the_article(self) -> None:
        """Foundations take the two years after the article's, delivery the next three."""
        assert (
            period(0, date(2025, 2, 7), "fr"),
            period(1, date(2025, 2, 7), "fr"),
        ) == ("2026–2027", "2028–2030")

    def test_without_a_date_years_are_numbered(self) -> None:
        """An undated article gives relative years in the debate's language, never today's date."""
        assert period(2, None, "en") == "years 3 to 5"


def _reached(name: str, needs: set[tuple[str, str]]) -> set[str]:
    found = {name}
    while more := {need for later, need in needs if later in found} - found:
        found |= more
    return found
