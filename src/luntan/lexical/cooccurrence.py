"""Find what stands together in the same sentence, paragraph or document more or less often than by chance."""

from typing import Any

import numpy as np
import pandas as pd

from luntan._tables import COLUMNS, check_table, make_table
from luntan.lexical.significance import Numbers, adjust, exact_p, expected_count, log_likelihood

UNITS = {"sentence": ["doc_id", "sent_id"], "paragraph": ["doc_id", "par_id"], "document": ["doc_id"]}


def cooccurrences(
    hits: pd.DataFrame, sentences: pd.DataFrame, *,
    of: str = "theme", within: str = "sentence", at_least: int = 3,
) -> pd.DataFrame:  # fmt: skip
    """Find themes or terms that stand together more often, or more rarely, than by chance.

    One row is one pair that `at_least` units share, or should by chance; the strongest attraction first.

    Parameters
    ----------
    hits, sentences : DataFrame
        From `luntan.themes` (or `content_words`), and all sentences searched: those without hits count.
    of, within, at_least : str, str, int
        The column of `hits` to pair; the unit (`sentence`, `paragraph`, `document`); how many a pair needs.

    Returns
    -------
    DataFrame
        Columns `a b n_a n_b n_both` (units), `docs` (with both), `expected`, `g2` (Dunning 1993; below 0 if
        rarer than by chance), `p` (Fisher's exact, two-sided), `p_adjusted` (Benjamini & Hochberg 1995, over
        all pairs of values that frequent), `evidence` (the shared units).

    Examples
    --------
    >>> from luntan import make_corpus, sentences
    >>> sents = sentences(make_corpus({"a": "人才 talent。人才。No."}))
    >>> hits = pd.DataFrame({"doc_id": "a", "sent_id": [0, 0, 1], "theme": ["人才", "talent", "人才"]})
    >>> cooccurrences(hits, sents, at_least=1)[["a", "b", "n_both", "evidence"]].values.tolist()
    [['talent', '人才', 1, 'a:0-10']]
    """
    check_table(sentences, "sentences", "sentences")
    _check(hits, of, within, at_least)
    units = _units(sentences, UNITS[within])
    values, members = _members(hits, units, of, at_least)
    n = np.asarray(members.sum(axis=0)).ravel()
    pairs = _pairs(members, n, at_least)
    both, docs, evidence = _shared(members, pairs, units)
    a, b = np.divmod(pairs, max(len(values), 1))
    total = int(units["unit"].max()) + 1 if len(units) else 1
    table = pd.DataFrame({"a": values[a], "b": values[b], "n_a": n[a], "n_b": n[b], "n_both": both})
    table["docs"], table["evidence"] = docs, evidence
    table["expected"] = expected_count(n[a], n[b], total)
    table["g2"] = log_likelihood(both, n[a], n[b], total)
    table["p"] = exact_p(both, n[a], n[b], total)
    # Whether a pair is listed depends on the data, so all pairs that could have been are counted as tests.
    table["p_adjusted"] = adjust(table["p"].to_numpy(), len(values) * (len(values) - 1) // 2)
    rows = table.sort_values(["g2", "a", "b"], ascending=[False, True, True])
    return make_table("cooccurrences", rows[list(COLUMNS["cooccurrences"])].itertuples(index=False))


def _check(hits: pd.DataFrame, of: str, within: str, at_least: int) -> None:
    missing = [column for column in ("doc_id", "sent_id", of) if column not in hits.columns]
    if missing:
        raise ValueError(f"hits lacks the column(s) {', '.join(missing)}; it needs doc_id, sent_id and {of}.")
    if within not in UNITS:
        raise ValueError(f"within = {within!r} is no unit; pass {', '.join(UNITS)}.")
    if at_least < 1:
        raise ValueError(f"at_least = {at_least} is below 1; pass the number of units that a pair needs.")


def _units(sentences: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Return the sentences in the order of the text, each with the number and the locator of its unit."""
    placed = sentences.sort_values(["doc_id", "sent_id"])[["doc_id", "par_id", "sent_id", "start", "end"]]
    groups = placed.groupby(keys, sort=True)
    starts, ends = groups["start"].transform("min").astype(str), groups["end"].transform("max").astype(str)
    return placed.assign(unit=groups.ngroup(), locator=placed["doc_id"] + ":" + starts + "-" + ends)


def _members(hits: pd.DataFrame, units: pd.DataFrame, of: str, at_least: int) -> tuple[Numbers, Any]:
    """Return the values that stand in enough units, sorted, and a sparse table of units by values."""
    from scipy.sparse import csc_array

    found = (
        hits[["doc_id", "sent_id", of]].drop_duplicates().merge(units, on=["doc_id", "sent_id"], how="left")
    )
    if found["unit"].isna().any():
        lost = found[found["unit"].isna()].iloc[0]
        raise ValueError(
            f"hits has sentence {lost['sent_id']} of doc_id = {lost['doc_id']!r}, which sentences does not "
            "hold; pass all the sentences that were searched."
        )
    cells = found[["unit", of]].drop_duplicates()
    cells = cells[cells.groupby(of)["unit"].transform("size") >= at_least]
    values = np.array(sorted(cells[of].unique()), dtype=object)
    places = cells[of].map({value: place for place, value in enumerate(values)}).to_numpy(dtype="int64")
    rows = cells["unit"].to_numpy(dtype="int64")
    shape = int(units["unit"].max()) + 1 if len(units) else 0, len(values)
    members = csc_array((np.ones(len(cells), dtype="int64"), (rows, places)), shape=shape)
    members.sort_indices()
    return values, members


def _pairs(members: Any, n: Numbers, at_least: int) -> Numbers:
    """Return the pairs that share enough units, or should by chance, in order.

    A pair is one number: that of its first value, times the number of values, and that of its second.
    """
    from scipy.sparse import coo_array

    seen = coo_array(members.T @ members)
    often = (seen.row < seen.col) & (seen.data >= at_least)
    found = [seen.row[often].astype("int64") * len(n) + seen.col[often]]
    falling = np.argsort(-n, kind="stable")
    rising = -n[falling]
    for place, one in enumerate(falling):
        # The frequencies fall, so the partners that are frequent enough stand at the front.
        needed = -(-at_least * members.shape[0] // n[one])
        partners = falling[place + 1 : np.searchsorted(rising, -needed, side="right")]
        if not len(partners):
            break
        found.append(np.minimum(one, partners) * len(n) + np.maximum(one, partners))
    return np.unique(np.concatenate(found))


def _shared(members: Any, pairs: Numbers, units: pd.DataFrame) -> tuple[Numbers, list[int], list[str]]:
    """Return for each pair how many units and documents both stand in, and the locators of the units."""
    of_unit = members.tocsr()
    of_unit.sort_indices()
    found = [np.empty((2, 0), dtype="int64")]
    for unit, values in enumerate(np.split(of_unit.indices.astype("int64"), of_unit.indptr[1:-1])):
        first, second = np.triu_indices(len(values), k=1)
        here = values[first] * members.shape[1] + values[second]
        place = np.searchsorted(pairs, here)
        place = place[pairs[np.minimum(place, len(pairs) - 1)] == here] if len(pairs) else place[:0]
        found.append(np.array([place, np.full(len(place), unit)]))
    place, unit = np.concatenate(found, axis=1)
    unit = unit[np.argsort(place, kind="stable")]
    both = np.bincount(place, minlength=len(pairs))
    first_rows = units.drop_duplicates("unit").sort_values("unit")
    doc_ids, locators = (first_rows[name].to_numpy()[unit] for name in ("doc_id", "locator"))
    ends = np.cumsum(both)
    spans = [slice(end - n, end) for n, end in zip(both, ends, strict=True)]
    docs = [len(set(doc_ids[span])) for span in spans]
    return both, docs, [" ".join(locators[span]) for span in spans]
