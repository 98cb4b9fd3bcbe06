from itertools import product
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcripts.statistics.clustered import clustered_error, paired_difference
from transcripts.statistics.distribution import incomplete_beta, t_below, t_quantile
from transcripts.statistics.rate import flip_rate, overall_rate, usual_outcome, wilson
from transcripts.statistics.several import benjamini_hochberg, holm
from transcripts.statistics.size import advice, pairs_to_see, repeats_to_see, smallest_seen

PROBABILITIES = st.lists(st.floats(0, 1), min_size=1, max_size=12)


class TestWilson:
    @pytest.mark.parametrize(
        "flips, runs, low, high",
        [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
    )
    def test_published(self, flips: int, runs: int, low: float, high: float) -> None:
        """The bounds are those of the worked examples in Newcombe 1998, Statistics in Medicine 17, p. 857, table I."""
        assert (low, high) == tuple(round(bound, 4) for bound in wilson(flips, runs))

    def test_coverage_on_average(self) -> None:
        """For five repeats the interval holds the true rate about as often as it says, over all rates."""
        rates = [place / 100 for place in range(1, 100)]
        held = [
            sum(
                comb(5, flips) * rate**flips * (1 - rate) ** (5 - flips)
                for flips in range(6)
                if wilson(flips, 5)[0] <= rate <= wilson(flips, 5)[1]
            )
            for rate in rates
        ]

        assert 0.94 < sum(held) / len(held) < 0.97

    @given(st.integers(1, 60), st.data())
    def test_mirrored(self, runs: int, data: st.DataObject) -> None:
        """What flips and what does not are two sides of one interval, which holds the observed share."""
        flips = data.draw(st.integers(0, runs))
        low, high = wilson(flips, runs)
        other_low, other_high = wilson(runs - flips, runs)

        assert 0 <= low <= flips / runs <= high <= 1
        assert (low, high) == pytest.approx((1 - other_high, 1 - other_low))


class TestFlipRate:
    def test_against_reference(self) -> None:
        """Every run that ends otherwise than the reference counts as a flip."""
        rate = flip_rate(["adopt", "defer", "adopt", "reject"], "adopt")

        assert (2, 4, 0.5) == (rate.flips, rate.runs, rate.share)

    def test_without_reference(self) -> None:
        """Without a reference the repeats are held against their most frequent outcome, of equals the first by name."""
        assert 1 == flip_rate(["defer", "adopt", "defer"]).flips
        assert "adopt" == usual_outcome(["reject", "adopt"])


class TestOverallRate:
    def test_alike_within_an_article(self) -> None:
        """Runs that flip article by article tell as much as there are articles, not as there are runs."""
        flipped = [True] * 10 + [False] * 30
        spread = [True, False, False, False] * 10
        articles = [place // 10 for place in range(40)]
        low, high = overall_rate(flipped, articles)[2:]
        other_low, other_high = overall_rate(spread, articles)[2:]

        assert high - low > 1.5 * (other_high - other_low)

    def test_nothing_flipped(self) -> None:
        """Three articles without a flip leave room for what three runs would."""
        assert wilson(0, 3) == overall_rate([False] * 30, [place % 3 for place in range(30)])[2:]


class TestClusteredError:
    def test_by_hand(self) -> None:
        """Residuals are summed within a cluster, squared, summed, raised by G/(G-1) and divided by n squared."""
        # mean 2; sums of residuals: -2, 1, 1; squares 6; times 3/2; over 16
        values, clusters = [0, 2, 3, 3], ["a", "a", "b", "c"]

        assert (6 * 1.5 / 16) ** 0.5 == clustered_error(values, clusters)

    def test_singletons_are_the_textbook(self) -> None:
        """With one value for each cluster it is the ordinary standard error of a mean."""
        values = [1.0, 4.0, 4.0, 7.0]

        assert pytest.approx((6 / 4) ** 0.5) == clustered_error(values, range(4))

    def test_one_cluster(self) -> None:
        """One article says nothing about others."""
        assert clustered_error([1.0, 2.0], ["a", "a"]) is None
        assert paired_difference([1.0], [2.0], ["a"]).p is None

    @given(st.lists(st.tuples(st.floats(-9, 9), st.integers(0, 4)), min_size=2, max_size=30), st.randoms())
    def test_order_is_nothing(self, drawn: list[tuple[float, int]], random: object) -> None:
        """The order of runs plays no part."""
        error = clustered_error(*zip(*drawn, strict=True))
        backwards = clustered_error(*zip(*reversed(drawn), strict=True))

        assert error == (None if backwards is None else pytest.approx(backwards))


class TestPairedDifference:
    def test_published_sleep(self) -> None:
        """Student's own data (1908, hours of sleep under two drugs) give his t of 4.06 on 9 degrees: p 0.0028."""
        first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
        second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
        found = paired_difference(first, second, range(10))

        assert found.error is not None
        assert (1.58, 4.06) == (round(found.mean, 2), round(found.mean / found.error, 2))
        assert [0.7001, 2.4599, 0.0028] == [
            round(value or 0, 4) for value in (found.low, found.high, found.p)
        ]

    def test_all_alike(self) -> None:
        """Three articles that all change by the same are no proof: the signs fall so in a quarter of cases."""
        found = paired_difference([0, 0, 0], [1, 1, 1], "abc")

        assert (1.0, 0.25) == (found.mean, found.p)

    def test_no_difference(self) -> None:
        """Equal outcomes differ by nothing, surely."""
        assert (0.0, 1.0) == (
            paired_difference([1, 0], [1, 0], "ab").mean,
            paired_difference([1, 0], [1, 0], "ab").p,
        )


class TestStudent:
    @pytest.mark.parametrize("freedom, value", [(1, 12.706), (2, 4.303), (4, 2.776), (9, 2.262), (30, 2.042)])
    def test_published(self, freedom: int, value: float) -> None:
        """The quantiles are those of every printed table."""
        assert value == round(t_quantile(0.975, freedom), 3)

    @given(st.floats(0.001, 0.999), st.integers(1, 200))
    def test_there_and_back(self, share: float, freedom: int) -> None:
        """A quantile has its share below it."""
        assert share == pytest.approx(t_below(t_quantile(share, freedom), freedom), abs=1e-9)

    def test_binomial(self) -> None:
        """The incomplete beta function sums binomial probabilities (Abramowitz and Stegun 1964, 26.5.24)."""
        for runs, least in product((5, 12), (1, 3, 5)):
            tail = sum(comb(runs, k) * 0.3**k * 0.7 ** (runs - k) for k in range(least, runs + 1))
            assert tail == pytest.approx(incomplete_beta(least, runs - least + 1, 0.3))


class TestSeveral:
    def test_published(self) -> None:
        """The probabilities of Benjamini and Hochberg 1995 (their example of 15): four and three hold at 5 %."""
        given_ = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344]
        given_ += [0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0]

        assert 4 == sum(p <= 0.05 for p in benjamini_hochberg(given_))
        assert 3 == sum(p <= 0.05 for p in holm(given_))

    def test_by_hand(self) -> None:
        """Holm multiplies by what is left and never lets a larger one fall below a smaller."""
        assert [0.03, 0.06, 0.06] == pytest.approx(holm([0.01, 0.04, 0.03]))
        assert [0.03, 0.04, 0.04] == pytest.approx(benjamini_hochberg([0.01, 0.04, 0.03]))

    @given(PROBABILITIES)
    def test_order(self, probabilities: list[float]) -> None:
        """Correction never makes a probability smaller nor changes which is smallest; Holm's is the stricter."""
        strict, lenient = holm(probabilities), benjamini_hochberg(probabilities)

        assert all(
            a >= b - 1e-12 and b >= p - 1e-12 for a, b, p in zip(strict, lenient, probabilities, strict=True)
        )
        assert sorted(strict) == [p for _, p in sorted(zip(probabilities, strict, strict=True))]


class TestSize:
    def test_published(self) -> None:
        """The number of questions is that of Miller's example: a difference of 3 points, variance 1/9."""
        assert 969 == pairs_to_see(0.03, 1 / 9)

    @pytest.mark.parametrize("repeats, share", [(1, 0.95), (5, 0.4507), (10, 0.2589), (29, 0.0981)])
    def test_smallest_seen(self, repeats: int, share: float) -> None:
        """At the smallest rate that can be told from 0, seeing no flip has a probability of 5 %."""
        assert share == round(smallest_seen(repeats), 4)
        assert pytest.approx(0.05) == (1 - smallest_seen(repeats)) ** repeats

    @given(st.integers(1, 400))
    def test_there_and_back(self, repeats: int) -> None:
        """The repeats that a rate needs are those that can just tell it from 0."""
        assert repeats == repeats_to_see(smallest_seen(repeats))

    def test_advice(self) -> None:
        """The advice names what so many repeats cannot see and how many would do."""
        told = (
            "With 5 repeats a flip rate under 45 % cannot be told from 0; for 10 % it takes 29, for 5 % 59."
        )

        assert told == advice(5)
