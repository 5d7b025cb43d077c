"""Compare how often terms stand in a target and in a reference.

The effect is Hardie's log ratio (2014, "Log Ratio: an informal introduction"), the test Dunning's
log-likelihood (1993, Computational Linguistics 19). That test draws words one by one, as if documents
were bags of words; they are not, and it finds differences where there are none (Lijffijt et al. 2016,
Digital Scholarship in the Humanities 31). The interval therefore takes documents for what is drawn:
counts are quasi-Poisson, with the spread between documents that the counts themselves show
(McCullagh & Nelder 1989, Generalized Linear Models, 4.5 and 6.2), and Student's t for their number.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from luntan._tables import check_table, make_table
from luntan.lexical.significance import Numbers, adjust, chi_squared_p, expected_count, log_likelihood

# Below this many documents on a side, nothing general should be said of that side.
FEW = 5


def keyness(counts: pd.DataFrame, target: str | Sequence[str]) -> pd.DataFrame:
    """Compare how often each term stands in the target and in all other documents or groups.

    One row is one term, the most typical of the target first. `g2` and `p` take words for independent,
    and are far too sure (Lijffijt et al. 2016): words repeat within a document. `low` and `high` allow
    for that: trust a difference if 0 is not between them.

    Parameters
    ----------
    counts : DataFrame
        From `count_terms`; count by document, so that it is known how documents differ.
    target : str or list of str
        The groups to compare with all others; ValueError if it names none of them, or all.

    Returns
    -------
    DataFrame
        Columns `term n_target n_reference docs_target docs_reference` (groups with it), `log_ratio low
        high` (binary, half a count added; 95 %, quasi-Poisson, McCullagh & Nelder 1989), `g2` (Dunning 1993;
        below 0 if rarer in the target), `p p_adjusted` (1 df; Benjamini & Hochberg 1995), `caution` (words).

    Examples
    --------
    >>> counts = pd.DataFrame({"group": ["a", "b"], "term": ["人才", "talent"], "n": [12, 12]})
    >>> keyness(counts, "a")[["term", "caution"]].values.tolist()[0]
    ['人才', 'few documents (1 against 1), so no interval; all in one document']
    """
    check_table(counts, "term_counts", "counts")
    if counts.empty:
        return make_table("keyness")
    documents = counts.groupby("group")["n"].sum()
    wanted = _wanted(target, documents.index)
    sides = len(wanted), len(documents) - len(wanted)
    table = _by_term(counts, documents, wanted)
    a, b = table["n_target"].to_numpy(), table["n_reference"].to_numpy()
    c, d = int(a.sum()), int(b.sum())
    table["log_ratio"] = np.log2((a + 0.5) / (c + 0.5)) - np.log2((b + 0.5) / (d + 0.5))
    margin = _margin(table, (c, d), sum(sides) - 2)
    table["low"], table["high"] = table["log_ratio"] - margin, table["log_ratio"] + margin
    table["g2"] = log_likelihood(a, a + b, np.full(len(a), c), c + d)
    table["p"] = chi_squared_p(table["g2"].to_numpy())
    table["p_adjusted"] = adjust(table["p"].to_numpy(), len(table))
    table["caution"] = _cautions(table, expected_count(a + b, np.full(len(a), min(c, d)), c + d), sides)
    table = table.drop(columns=["squares_target", "squares_reference"])
    rows = table.sort_values(["g2", "term"], ascending=[False, True])
    return make_table("keyness", rows.itertuples(index=False))


def _wanted(target: str | Sequence[str], groups: "pd.Index[str]") -> set[str]:
    """Return the groups of the target, if there are such and some others as well."""
    wanted = {target} if isinstance(target, str) else set(target)
    if not wanted or not wanted <= set(groups):
        has = ", ".join(map(str, groups[:20]))
        raise ValueError(f"target = {target!r} is no group of counts; it has {has}.")
    if len(wanted) == len(groups):
        raise ValueError(f"target = {target!r} names every group of counts; leave one as the reference.")
    return wanted


def _by_term(counts: pd.DataFrame, documents: "pd.Series[int]", target: set[str]) -> pd.DataFrame:
    """Return for each term its count, its documents and the sum of n²/size on both sides."""
    cells = counts.groupby(["term", "group"], as_index=False)["n"].sum()
    cells = cells[cells["n"] > 0]
    cells["squares"] = cells["n"] ** 2 / cells["group"].map(documents)
    side = np.where(cells["group"].isin(target), "target", "reference")
    summed = cells.groupby(["term", side]).agg(n=("n", "sum"), docs=("n", "size"), squares=("squares", "sum"))
    columns = [(what, side) for what in ("n", "docs", "squares") for side in ("target", "reference")]
    wide = pd.DataFrame(summed.unstack()).reindex(columns=columns).fillna(0)
    wide.columns = pd.Index(["_".join(column) for column in columns])
    whole = {name: "int64" for name in wide.columns if not name.startswith("squares")}
    return wide.astype(whole).reset_index()


def _margin(table: pd.DataFrame, sizes: tuple[int, int], freedom: int) -> Numbers:
    """Return half the width of the 95 % interval of the log-ratio; endless where nothing is known.

    The spread is Pearson's: how much the documents of a side differ in their use of a term, beside what
    words drawn at random would do (then it is 1; it is never taken to be less).
    """
    from scipy.special import stdtrit

    if freedom < 1:
        return np.full(len(table), np.inf)
    pearson = np.zeros(len(table))
    for side, size in zip(("target", "reference"), sizes, strict=True):
        n = table[f"n_{side}"].to_numpy()
        pearson += np.divide(table[f"squares_{side}"] * size, n, out=np.zeros(len(n)), where=n > 0) - n
    spread = np.maximum(1.0, pearson / freedom)
    error = np.sqrt(spread * (1 / (table["n_target"] + 0.5) + 1 / (table["n_reference"] + 0.5)))
    return np.asarray(stdtrit(freedom, 0.975) * error / np.log(2))


def _cautions(table: pd.DataFrame, expected: Numbers, sides: tuple[int, int]) -> list[str]:
    """Say for each term, in words, why its numbers may mislead; empty where nothing is known against them."""
    few = f"few documents ({sides[0]} against {sides[1]})" if min(sides) < FEW else ""
    few += ", so no interval" if sum(sides) == 2 else ""
    docs = table["docs_target"] + table["docs_reference"]
    return [
        "; ".join(
            filter(None, [few, "all in one document" * bool(alone), "fewer than 5 expected" * bool(rare)])
        )
        for alone, rare in zip(docs == 1, expected < 5, strict=True)
    ]
