"""Schulze's method: published elections, an oracle, ties, bad ballots."""

import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.argument.voting import best_paths, natural, preferences, priorities, schulze
from agents.errors import InputError

Election = list[tuple[int, str]]

S1: Election = [
    (5, "ACBED"),
    (5, "ADECB"),
    (8, "BEDAC"),
    (3, "CABED"),
    (7, "CAEBD"),
    (2, "CBADE"),
    (7, "DCEBA"),
    (8, "EBADC"),
]
S2: Election = [(42, "MNCK"), (26, "NCKM"), (15, "CKNM"), (17, "KCNM")]
S3: Election = [(1, "ABC"), (1, "BCA"), (1, "CAB")]
S4: Election = [(3, "ABC"), (2, "BCA")]
S5: Election = [(23, "ABC"), (17, "BCA"), (2, "BAC"), (10, "CAB"), (8, "CBA")]
LATIN: Election = [(1, "ABCD"), (1, "BCDA"), (1, "CDAB"), (1, "DABC")]


def _ballot(ranking: str, candidates: str) -> dict[str, float]:
    """Scores that fall along the ranking; whoever is not ranked shares the last place."""
    return {name: float(-ranking.find(name)) if name in ranking else -99.0 for name in candidates}


def _ranked(election: Election, candidates: str | None = None) -> tuple[tuple[str, ...], ...]:
    names = candidates or "".join(sorted(election[0][1]))
    ballots = [_ballot(ranking, names) for _, ranking in election]
    return schulze(names, ballots, [float(count) for count, _ in election])


class TestElections:
    @pytest.mark.parametrize(
        "election,expected",
        [
            (S1, "E>A>C>B>D"),
            (S2, "N>C>K>M"),
            (S3, "ABC"),
            (S4, "A>B>C"),
            ([(2, "ABCD"), (2, "BACD")], "AB>C>D"),
            (LATIN, "ABCD"),
        ],
    )
    def test_published_elections_come_out_as_published(self, election: Election, expected: str) -> None:
        """Groups of candidates that nobody beats, best first."""
        assert expected == ">".join("".join(group) for group in _ranked(election))

    @pytest.mark.parametrize(
        "election,winner", [(S5, "B"), ([(1, "ABCD"), (1, "ACBD"), (1, "BADC"), (1, "CABD")], "A")]
    )
    def test_winners_of_cyclic_and_four_voter_elections(self, election: Election, winner: str) -> None:
        """Condorcet's sixty ballots and four divided roles have one winner each."""
        assert (winner,) == _ranked(election)[0]

    def test_path_strengths_are_winning_votes(self) -> None:
        """The strongest paths of Schulze's example are those that he prints."""
        ballots = [(_ballot(ranking, "ABCDE"), float(count)) for count, ranking in S1]
        paths = best_paths("ABCDE", preferences("ABCDE", ballots))

        assert (25, 24, 29, 28) == (paths["E", "A"], paths["A", "E"], paths["C", "B"], paths["B", "C"])

    def test_winning_votes_are_not_margins(self) -> None:
        """On truncated ballots where both measures differ, the order is that of winning votes."""
        election = [(1, "B"), (2, "C"), (2, "DC"), (3, "ABDC")]

        assert "B>D>C>A" == ">".join("".join(group) for group in _ranked(election, "ABCD"))


class TestOracle:
    @settings(max_examples=60)
    @given(
        st.lists(st.permutations("ABCD"), min_size=1, max_size=7),
        st.data(),
    )
    def test_the_winners_are_those_of_an_independent_implementation(
        self, rankings: list[list[str]], data: st.DataObject
    ) -> None:
        """On strict rankings with weights, pref-voting's beat path with winning votes finds the same winners."""
        profiles = pytest.importorskip("pref_voting.profiles", reason="pref-voting is not installed")
        methods = pytest.importorskip(
            "pref_voting.margin_based_methods", reason="pref-voting is not installed"
        )
        counts = data.draw(
            st.lists(st.integers(min_value=1, max_value=9), min_size=len(rankings), max_size=len(rankings))
        )
        profile = profiles.Profile([["ABCD".index(c) for c in ranking] for ranking in rankings], counts)
        expected = {"ABCD"[n] for n in methods.beat_path(profile, strength_function=profile.support)}

        assert expected == set(
            _ranked([(n, "".join(r)) for n, r in zip(counts, rankings, strict=True)], "ABCD")[0]
        )

    @given(st.lists(st.permutations("ABCD"), min_size=1, max_size=9))
    def test_a_condorcet_winner_always_wins(self, rankings: list[list[str]]) -> None:
        """Whoever beats each other candidate head to head is alone at the top."""
        ballots = [_ballot("".join(ranking), "ABCD") for ranking in rankings]
        preferred = preferences("ABCD", [(ballot, 1.0) for ballot in ballots])
        winners = [
            one for one in "ABCD" if all(preferred[one, o] > preferred[o, one] for o in "ABCD" if o != one)
        ]

        assert not winners or tuple(winners) == schulze("ABCD", ballots)[0]

    @given(st.lists(st.permutations("ABC"), min_size=1, max_size=6), st.permutations(range(6)))
    def test_the_order_of_voters_does_not_matter(self, rankings: list[list[str]], order: list[int]) -> None:
        """Any order of ballots and candidates gives the same groups."""
        ballots = [_ballot("".join(ranking), "ABC") for ranking in rankings]
        shuffled = [ballots[n] for n in order if n < len(ballots)]
        found = [
            {frozenset(group): place for place, group in enumerate(schulze(names, some))}
            for names in ("".join(p) for p in itertools.permutations("ABC"))
            for some in (ballots, shuffled)
        ]

        assert all(one == found[0] for one in found)


class TestPriorities:
    def test_weights_count_as_voters(self) -> None:
        """Two roles that prefer one recommendation lose against one of three times their weight."""
        scores = {"a": {"R1": 90, "R2": 10}, "b": {"R1": 90, "R2": 10}, "c": {"R1": 10, "R2": 90}}

        assert ("R1", "R2") == priorities(["R1", "R2"], scores, {"a": 1, "b": 1, "c": 1}, {}).order
        assert ("R2", "R1") == priorities(["R1", "R2"], scores, {"a": 1, "b": 1, "c": 3}, {}).order

    def test_a_tie_goes_to_the_better_worst_rank(self) -> None:
        """Of two recommendations that nobody beats, the one that no role ranks low comes first, and a note says so."""
        scores = {
            "a": {"R1": 90, "R2": 80, "R3": 10},
            "b": {"R3": 90, "R2": 80, "R1": 10},
        }
        found = priorities(["R1", "R2", "R3"], scores, {"a": 1, "b": 1}, {})

        assert found.order[0] == "R2"
        assert found.notes[0] == "tie:worst_rank:R2,R1,R3"

    def test_a_further_tie_goes_to_the_stronger_then_to_the_lower_number(self) -> None:
        """Strength breaks a tie of ranks; with equal strengths R2 comes before R10."""
        scores = {"a": {"R10": 90, "R2": 10}, "b": {"R10": 10, "R2": 90}}
        stronger = priorities(["R2", "R10"], scores, {"a": 1, "b": 1}, {"R10": 0.7, "R2": 0.6})
        equal = priorities(["R10", "R2"], scores, {"a": 1, "b": 1}, {"R10": 0.6, "R2": 0.6})

        assert (("R10", "R2"), ("tie:strength:R10,R2",)) == stronger
        assert (("R2", "R10"), ("tie:identifier:R2,R10",)) == equal

    def test_a_recommendation_that_a_role_never_scored_is_not_ranked_last_by_it(self) -> None:
        """A failed turn is no vote against: the other role's preference decides."""
        scores = {"a": {"R1": 60, "R2": 40}, "b": {"R2": 90}}

        assert ("R1", "R2") == priorities(["R1", "R2"], scores, {"a": 1, "b": 1}, {}).order

    def test_nobody_scored_anything(self) -> None:
        """Without any ballot the order falls to strength and number, and every tie is noted."""
        found = priorities(["R1", "R2", "R3"], {}, {"a": 1}, {"R1": 0.4, "R2": 0.6, "R3": 0.4})

        assert ("R2", "R1", "R3") == found.order
        assert ("tie:strength:R2,R1,R3", "tie:identifier:R1,R3") == found.notes

    @given(
        st.dictionaries(
            st.sampled_from("abcd"),
            st.dictionaries(st.sampled_from(["R1", "R2", "R3", "R4"]), st.integers(0, 100)),
        )
    )
    def test_every_recommendation_has_one_place(self, scores: dict[str, dict[str, float]]) -> None:
        """Whatever is scored, the order holds each recommendation once, and does not depend on theirs."""
        names = ["R1", "R2", "R3", "R4"]
        weights = dict.fromkeys("abcd", 1.0)
        found = priorities(names, scores, weights, {})

        assert names == sorted(found.order)
        assert found == priorities(names[::-1], scores, dict.fromkeys("dcba", 1.0), {})


class TestBadInput:
    def test_an_unknown_entry_is_refused(self) -> None:
        """A ballot that ranks something else names it, and the candidates."""
        with pytest.raises(InputError, match=r"ranks X.*\n.*A, B"):
            schulze("AB", [{"A": 1, "B": 0, "X": 2}])

    def test_a_missing_entry_is_refused(self) -> None:
        """A ballot that leaves a candidate out names it."""
        with pytest.raises(InputError, match="Ballot 2 does not rank B"):
            schulze("AB", [{"A": 1, "B": 0}, {"A": 1}])

    def test_a_score_for_a_recommendation_that_is_not_debated_is_refused(self) -> None:
        """Priorities do not silently drop a score."""
        with pytest.raises(InputError, match="R9"):
            priorities(["R1"], {"a": {"R9": 3}}, {"a": 1}, {})

    def test_a_score_that_is_no_number_is_refused(self) -> None:
        """NaN has no place in an order."""
        with pytest.raises(InputError, match="finite"):
            priorities(["R1"], {"a": {"R1": math.nan}}, {"a": 1}, {})

    def test_a_ballot_without_a_weight_is_refused(self) -> None:
        """Every role that scores must be a voter."""
        with pytest.raises(InputError, match="'b' has scores but no weight"):
            priorities(["R1"], {"b": {"R1": 3}}, {"a": 1}, {})


def test_numbers_in_names_sort_as_numbers() -> None:
    """R2 comes before R10."""
    assert ["R1", "R2", "R10"] == sorted(["R10", "R1", "R2"], key=natural)
