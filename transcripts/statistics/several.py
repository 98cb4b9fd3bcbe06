"""Several comparisons at once: probabilities corrected for having looked more than once."""

from collections.abc import Sequence


def holm(probabilities: Sequence[float]) -> list[float]:
    """Adjusted so that calling those under 5 % errs anywhere at all in at most 5 % of cases.

    Holm 1979, Scandinavian Journal of Statistics 6(2), p. 65. For verdicts: one false alarm stops a merge.
    """
    adjusted = [0.0] * len(probabilities)
    highest = 0.0
    for rank, place in enumerate(_order(probabilities)):
        highest = max(highest, (len(probabilities) - rank) * probabilities[place])
        adjusted[place] = min(1.0, highest)
    return adjusted


def benjamini_hochberg(probabilities: Sequence[float]) -> list[float]:
    """Adjusted so that of those under 5 % at most 5 % are expected to be false.

    Benjamini and Hochberg 1995, Journal of the Royal Statistical Society B 57(1), p. 289. For long lists that
    are looked through for what deserves a second look.
    """
    adjusted = [0.0] * len(probabilities)
    lowest = 1.0
    for rank, place in reversed(list(enumerate(_order(probabilities), 1))):
        lowest = min(lowest, probabilities[place] * len(probabilities) / rank)
        adjusted[place] = lowest
    return adjusted


def _order(probabilities: Sequence[float]) -> list[int]:
    return sorted(range(len(probabilities)), key=lambda place: (probabilities[place], place))
