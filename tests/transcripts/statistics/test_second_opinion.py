"""Our formulas against a statistics library that many rely on, where it is installed."""

import random
from typing import Any

import pytest

from transcripts.statistics.clustered import paired_difference
from transcripts.statistics.rate import wilson
from transcripts.statistics.several import benjamini_hochberg, holm

statsmodels = pytest.importorskip("statsmodels", reason="statsmodels is not installed (make full)")

pytestmark = pytest.mark.filterwarnings(
    "ignore"
)  # what the libraries below it deprecate is no defect of ours


@pytest.fixture(scope="module")
def proportion() -> Any:
    from statsmodels.stats import proportion

    return proportion


def test_wilson(proportion: Any) -> None:
    """Intervals are statsmodels' for every outcome of up to 12 runs."""
    for runs in range(1, 13):
        for flips in range(runs + 1):
            theirs = proportion.proportion_confint(flips, runs, method="wilson")
            assert [max(0.0, theirs[0]), min(1.0, theirs[1])] == pytest.approx(wilson(flips, runs), abs=1e-9)


def test_paired_difference() -> None:
    """Mean, error, interval and probability are those of a regression on a constant with clustered errors."""
    import numpy as np
    from statsmodels.api import OLS

    draw = random.Random(7)
    for groups in (2, 5, 12):
        clusters = [draw.randrange(groups) for _ in range(60)]
        first = [float(draw.random() < 0.3) for _ in clusters]
        second = [float(draw.random() < 0.3 + 0.05 * cluster) for cluster in clusters]
        differences = np.array(second) - np.array(first)
        fitted = OLS(differences, np.ones(60)).fit(
            cov_type="cluster", cov_kwds={"groups": np.array(clusters)}, use_t=True
        )
        theirs = [fitted.params[0], fitted.bse[0], *fitted.conf_int()[0], fitted.pvalues[0]]
        ours = paired_difference(first, second, clusters)

        assert theirs == pytest.approx([ours.mean, ours.error, ours.low, ours.high, ours.p], abs=1e-8)


def test_several() -> None:
    """Corrected probabilities are statsmodels', ties included."""
    from statsmodels.stats.multitest import multipletests

    draw = random.Random(3)
    for size in (1, 4, 15):
        probabilities = [round(draw.random() ** 3, 2) for _ in range(size)]
        assert list(multipletests(probabilities, method="holm")[1]) == pytest.approx(holm(probabilities))
        theirs = multipletests(probabilities, method="fdr_bh")[1]
        assert list(theirs) == pytest.approx(benjamini_hochberg(probabilities))
