"""Student's t and the normal distribution, as far as intervals and tests need them.

Written here because the numerical libraries that have them would weigh more than all else that is installed.
"""

import math
from collections.abc import Callable
from statistics import NormalDist

_PRECISION = 1e-12
_TERMS = 10_000
_TINY = 1e-300


def normal_quantile(share: float) -> float:
    """The value below which `share` (between 0 and 1, both excluded) of a standard normal lies."""
    return NormalDist().inv_cdf(share)


def t_quantile(share: float, freedom: float) -> float:
    """The value below which `share` of Student's t with `freedom` degrees lies; 0 < share < 1, freedom > 0."""
    if share < 0.5:
        return -t_quantile(1 - share, freedom)
    high = 1.0
    while t_below(high, freedom) < share:
        high *= 2
    return _bisected(lambda value: t_below(value, freedom) - share, 0.0, high)


def t_below(value: float, freedom: float) -> float:
    """The share of Student's t with `freedom` degrees that lies below `value`.

    From the incomplete beta function: Abramowitz and Stegun 1964, 26.7.1.
    """
    tail = incomplete_beta(freedom / 2, 0.5, freedom / (freedom + value * value)) / 2
    return 1 - tail if value >= 0 else tail


def incomplete_beta(a: float, b: float, x: float) -> float:
    """The regularised incomplete beta function of x, between 0 and 1; a and b are positive.

    Continued fraction 26.5.8 of Abramowitz and Stegun 1964, evaluated by Lentz's method.
    """
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):
        return 1 - incomplete_beta(b, a, 1 - x)
    front = math.exp(
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    )
    below = 1 / _away_from_zero(1 - (a + b) * x / (a + 1))
    above, value = 1.0, below
    for m in range(1, _TERMS):
        for factor in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            below = 1 / _away_from_zero(1 + factor * below)
            above = _away_from_zero(1 + factor / above)
            value *= below * above
        if abs(below * above - 1) < _PRECISION:
            break
    return front * value / a


def _away_from_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY


def _bisected(rising: Callable[[float], float], low: float, high: float) -> float:
    """Where a rising function crosses zero."""
    while high - low > _PRECISION * max(1.0, high):
        middle = (low + high) / 2
        if rising(middle) < 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2
