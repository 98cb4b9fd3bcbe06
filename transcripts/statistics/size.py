"""How many runs it takes: what so many repeats can show, and how many articles a comparison needs."""

from math import ceil, exp, log, log1p

from transcripts.statistics.distribution import normal_quantile

RISK = 0.05
POWER = 0.8


def smallest_seen(repeats: int, risk: float = RISK) -> float:
    """The lowest flip rate that `repeats` runs can tell from 0.

    An outcome that flips with probability p shows no flip in n runs with probability (1-p)**n. Below
    1 - risk**(1/n) that is likelier than `risk`: seeing no flip does not rule it out. Hanley and
    Lippman-Hand 1983, JAMA 249(13), p. 1743 (whose 3/n is this for large n). With 5 repeats it is 45 %.
    """
    return 1.0 - exp(log(risk) / repeats)


def repeats_to_see(rate: float, risk: float = RISK) -> int:
    """How many repeats it takes to see a flip rate, 0 < rate < 1, at least once with probability 1 - risk."""
    # The tolerance keeps an exact answer from being raised by rounding.
    return max(1, ceil(log(risk) / log1p(-rate) - 1e-9))


def pairs_to_see(difference: float, variance: float, risk: float = RISK, power: float = POWER) -> int:
    """How many independent pairs it takes to find a mean difference with probability `power`.

    `variance` is that of the paired differences. Miller 2024, arXiv 2411.00640, on power. Pairs of one
    article are not independent: for them it is the number of articles that counts, with the variance of
    the articles' means.
    """
    reach = normal_quantile(1 - risk / 2) + normal_quantile(power)
    return ceil(reach**2 * variance / difference**2 - 1e-9)


def advice(repeats: int, risk: float = RISK) -> str:
    """What a reader should know of a number of repeats, in a sentence."""
    seen = smallest_seen(repeats, risk)
    runs = "1 run" if repeats == 1 else f"{repeats} repeats"
    return (
        f"With {runs} a flip rate under {100 * seen:.0f} % cannot be told from 0; "
        f"for 10 % it takes {repeats_to_see(0.1, risk)}, for 5 % {repeats_to_see(0.05, risk)}."
    )
