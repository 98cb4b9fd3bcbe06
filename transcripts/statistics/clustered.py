"""Means of runs that hang together, and the difference of two configurations over the same runs."""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from math import fsum, sqrt
from typing import NamedTuple

from transcripts.statistics.distribution import t_below, t_quantile

_NOTHING = 1e-12


class Difference(NamedTuple):
    """The mean of second minus first, with what is known of it.

    `error` is its standard error, `low` and `high` the interval, `p` the probability of a difference this large
    if there were none; all None when there is but one cluster, from which nothing can be said about others.
    """

    mean: float
    pairs: int
    clusters: int
    error: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None


def clustered_error(values: Sequence[float], clusters: Sequence[Hashable]) -> float | None:
    """The standard error of the mean when the values of one cluster are alike; None with fewer than two.

    Residuals are summed within a cluster before they are squared: Miller 2024, "Adding Error Bars to Evals",
    arXiv 2411.00640, on clustered standard errors. The variance is raised by G/(G-1) for G clusters, without
    which few of them look too sure: Cameron and Miller 2015, Journal of Human Resources 50(2), p. 317, on few
    clusters.
    """
    mean = fsum(values) / len(values)
    sums: dict[Hashable, list[float]] = defaultdict(list)
    for value, cluster in zip(values, clusters, strict=True):
        sums[cluster].append(value - mean)
    groups = len(sums)
    if groups < 2:
        return None
    squares = fsum(fsum(residuals) ** 2 for residuals in sums.values())
    return sqrt(squares * groups / (groups - 1)) / len(values)


def paired_difference(
    first: Sequence[float], second: Sequence[float], clusters: Sequence[Hashable], confidence: float = 0.95
) -> Difference:
    """How two configurations differ over the same articles, recommendations and repeats.

    Values at one place are of the same run under either. Differences are taken before anything else, which
    removes what both share (Miller 2024, on paired differences); errors are clustered, and Student's t with one
    degree less than there are clusters stands in for the normal (Cameron and Miller 2015, on few clusters).

    When every cluster differs by the same, the error is 0 and no t exists; then p is that of the exact test
    that turns the signs of whole clusters: 2 of 2**G.
    """
    differences = [after - before for before, after in zip(first, second, strict=True)]
    mean = fsum(differences) / len(differences)
    groups = len(set(clusters))
    error = clustered_error(differences, clusters)
    if error is None:
        return Difference(mean, len(differences), groups)
    if error < _NOTHING:
        p = 1.0 if abs(mean) < _NOTHING else 2.0 ** (1 - groups)
        return Difference(mean, len(differences), groups, 0.0, mean, mean, p)
    reach = t_quantile((1 + confidence) / 2, groups - 1) * error
    p = 2 * (1 - t_below(abs(mean) / error, groups - 1))
    return Difference(mean, len(differences), groups, error, mean - reach, mean + reach, p)
