"""Compare how often terms stand in a target and in a reference."""

import math

import pandas as pd

from luntan._tables import make_table


def keyness(counts: pd.DataFrame, target: str) -> pd.DataFrame:
    """Compare how often each term stands in one group and in all the others.

    One row is one term; those most typical of the target come first, those of the rest last.

    Parameters
    ----------
    counts : DataFrame
        From `count_terms`.
    target : str
        The group to compare with all the others together; ValueError if there is none of that name.

    Returns
    -------
    DataFrame
        Columns `term n_target n_reference log_ratio g2 p`. `log_ratio`: binary logarithm of the
        ratio of the two shares, half a count added to each. `g2`: log-likelihood (Dunning 1993),
        negative where the term is rarer in the target. `p`: of chi-squared with 1 df, uncorrected.

    Examples
    --------
    >>> counts = pd.DataFrame({"group": ["a", "b"], "term": ["人才", "talent"], "n": [9, 9]})
    >>> keyness(counts, "a").term.tolist()
    ['人才', 'talent']
    """
    groups = sorted(counts["group"].unique())
    if target not in groups:
        raise ValueError(f"target = {target!r} is no group of counts; it has {', '.join(groups)}.")
    is_target = counts["group"] == target
    here = counts[is_target].groupby("term")["n"].sum()
    there = counts[~is_target].groupby("term")["n"].sum()
    terms = sorted(set(here.index) | set(there.index))
    sizes = int(here.sum()), int(there.sum())
    rows = [_key_term(term, int(here.get(term, 0)), int(there.get(term, 0)), sizes) for term in terms]
    rows.sort(key=lambda row: (-row[4], row[0]))
    return make_table("keyness", rows)


def _key_term(term: str, a: int, b: int, sizes: tuple[int, int]) -> tuple[str, int, int, float, float, float]:
    c, d = sizes
    log_ratio = math.log2(((a + 0.5) / (c + 0.5)) / ((b + 0.5) / (d + 0.5)))
    # The 2x2 table of this term and all other terms, in target and reference.
    total = c + d
    cells = [(a, c * (a + b) / total), (b, d * (a + b) / total)]
    cells += [(c - a, c * (total - a - b) / total), (d - b, d * (total - a - b) / total)]
    g2 = max(0.0, 2 * sum(seen * math.log(seen / due) for seen, due in cells if seen and due))
    p = math.erfc(math.sqrt(g2 / 2))
    rarer = a * d < b * c
    return term, a, b, log_ratio, -g2 if rarer else g2, p
