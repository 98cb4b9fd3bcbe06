"""How often an outcome flips, and between which bounds that may truly lie."""

from collections import Counter
from collections.abc import Hashable, Sequence
from math import sqrt
from typing import NamedTuple

from transcripts.statistics.clustered import clustered_error
from transcripts.statistics.distribution import normal_quantile, t_quantile

CONFIDENCE = 0.95


class Rate(NamedTuple):
    """`flips` of `runs`, and the interval in which the true rate lies with the confidence asked for."""

    flips: int
    runs: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """Flips for each run, 0 to 1."""
        return self.flips / self.runs


def wilson(
    flips: float, runs: float, confidence: float = CONFIDENCE, *, z: float | None = None
) -> tuple[float, float]:
    """The score interval of a proportion, for any number of runs above 0; `z` replaces the normal quantile.

    Wilson 1927, Journal of the American Statistical Association 22, p. 209. Preferred to Clopper and Pearson
    1934 for the few repeats that anyone can pay for: that one never holds the rate less often than was asked
    and mostly far more often, at the price of bounds that are too wide to be of use; Wilson's does so as
    often as was asked on average, and is what Brown, Cai and DasGupta 2001, Statistical Science 16(2), p. 101,
    recommend up to 40 runs. Unlike the textbook's p ± 1.96 s it neither leaves
    0 to 1 nor shrinks to nothing when no run flips.
    """
    z = normal_quantile((1 + confidence) / 2) if z is None else z
    share = flips / runs
    middle = (share + z * z / (2 * runs)) / (1 + z * z / runs)
    reach = z / (1 + z * z / runs) * sqrt(share * (1 - share) / runs + z * z / (4 * runs * runs))
    # At the ends the bound is the end itself, which rounding would miss.
    low = 0.0 if flips <= 0 else max(0.0, middle - reach)
    high = 1.0 if flips >= runs else min(1.0, middle + reach)
    return low, high


def flip_rate(outcomes: Sequence[str], reference: str | None = None, confidence: float = CONFIDENCE) -> Rate:
    """How often the repeats of one debate end otherwise than `reference`, with Wilson's interval.

    Without a reference they are held against their own most frequent outcome (the first in the alphabet of
    those that are equally frequent), which errs downward: it was chosen to fit them. `outcomes` is not empty.
    """
    usual = usual_outcome(outcomes) if reference is None else reference
    flips = sum(outcome != usual for outcome in outcomes)
    return Rate(flips, len(outcomes), *wilson(flips, len(outcomes), confidence))


def usual_outcome(outcomes: Sequence[str]) -> str:
    """The most frequent one; of equals the first in the alphabet."""
    counted = Counter(outcomes)
    return min(counted, key=lambda outcome: (-counted[outcome], outcome))


def overall_rate(
    flipped: Sequence[bool], clusters: Sequence[Hashable], confidence: float = CONFIDENCE
) -> Rate:
    """The rate over runs that are not independent: those of one cluster (an article) flip together.

    Wilson's interval at the effective number of runs, p(1-p) over the clustered variance, with the loss of
    freedom that few clusters bring: Korn and Graubard 1998, Survey Methodology 24(2), p. 193; that Wilson's
    form does best in it: Franco et al. 2019, Journal of Survey Statistics and Methodology 7(3), p. 334.
    Where the variance cannot be seen (no flip, only flips, one cluster) each cluster counts as one run. The
    effective number is never taken for more than there were runs.
    """
    runs, groups = len(flipped), len(set(clusters))
    flips = sum(flipped)
    share = flips / runs
    effective = float(groups)
    z = normal_quantile((1 + confidence) / 2)
    error = clustered_error([float(one) for one in flipped], clusters)
    if groups > 1 and error is not None and error > 0:
        few = z / t_quantile((1 + confidence) / 2, groups - 1)
        effective = min(float(runs), share * (1 - share) / error**2) * few**2
    return Rate(flips, runs, *wilson(share * effective, effective, confidence, z=z))
