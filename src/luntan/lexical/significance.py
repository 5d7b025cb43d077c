"""The statistics that keyness, co-occurrence and collocations share.

All speak of a 2x2 table by one cell and its margins: `both` of `total` things lie in the first row
(of size `row`) and the first column (of size `column`) at once. All but `total` are arrays.

Dunning (1993), Computational Linguistics 19; Benjamini & Hochberg (1995), Journal of the Royal
Statistical Society B 57.
"""

from typing import Any

import numpy as np

Numbers = np.ndarray[Any, Any]


def expected_count(row: Numbers, column: Numbers, total: int) -> Numbers:
    """Return how many things would lie in both by chance."""
    return row / total * column


def log_likelihood(both: Numbers, row: Numbers, column: Numbers, total: int) -> Numbers:
    """Return G² over all four cells (Dunning 1993), negative where fewer lie in both than by chance."""
    from scipy.special import xlogy

    g2 = np.zeros(len(both))
    for seen, in_row, in_column in (
        (both, row, column),
        (row - both, row, total - column),
        (column - both, total - row, column),
        (total - row - column + both, total - row, total - column),
    ):
        due = expected_count(in_row, in_column, total)
        g2 += 2 * xlogy(seen, np.divide(seen, due, out=np.ones(len(both)), where=seen > 0))
    g2 = np.maximum(g2, 0.0)
    return np.asarray(np.where(both < expected_count(row, column, total), -g2, g2))


def chi_squared_p(g2: Numbers) -> Numbers:
    """Return the probability of a G² as far from 0 or farther, by chi-squared with one degree of freedom."""
    from scipy.special import erfc

    return np.asarray(erfc(np.sqrt(np.abs(g2) / 2)))


def exact_p(both: Numbers, row: Numbers, column: Numbers, total: int) -> Numbers:
    """Return Fisher's exact probability, twice that of the smaller tail: good for the smallest counts."""
    from scipy.stats import hypergeom

    # Rare words make the same table again and again: each is worked out once. Rows and columns are alike.
    margins = np.sort([row, column], axis=0)
    tables, place = np.unique(np.array([both, *margins]), axis=1, return_inverse=True)
    seen, small, large = tables
    fewer = hypergeom.cdf(seen, total, small, large)
    more = hypergeom.sf(seen - 1, total, small, large)
    return np.asarray(np.minimum(1.0, 2 * np.minimum(fewer, more))[place])


def adjust(p: Numbers, tests: int) -> Numbers:
    """Adjust probabilities for the false discovery rate over all `tests` made (Benjamini & Hochberg 1995).

    Tests that were made and are not listed count as p = 1, which errs on the side of caution.
    """
    falling = np.argsort(-p, kind="stable")
    ranks = np.arange(len(p), 0, -1)
    adjusted = np.empty(len(p))
    adjusted[falling] = np.minimum.accumulate(np.minimum(1.0, p[falling] * tests / ranks))
    return adjusted
