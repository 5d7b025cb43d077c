"""Discover topics in a document-feature matrix: what themes are without a lexicon, and less sure.

Non-negative matrix factorisation with Kullback-Leibler loss is the model known as PLSA (Ding, Li & Peng
2008, Computational Statistics & Data Analysis 52); it starts from NNDSVDa (Boutsidis & Gallopoulos 2008,
Pattern Recognition 41), and new documents are folded in as in Hofmann (1999, SIGIR).
"""

import numpy as np
import pandas as pd

from luntan._tables import check_table, make_table
from luntan.lexical.significance import Numbers

# More decimals could differ from one machine's arithmetic to the next.
DECIMALS = 6


def discover_topics(counts: pd.DataFrame, n_topics: int, *, min_docs: int = 2) -> pd.DataFrame:
    """Discover topics, groups of terms that rise and fall together over the documents (NMF).

    One row is one term of one topic. A topic is found, not defined: unlike a theme it has no name, knows
    no other language and shifts with every document added. Of five documents it says next to nothing.

    Parameters
    ----------
    counts : DataFrame
        From `count_terms`, by document.
    n_topics, min_docs : int
        How many topics, at most as many as documents (then each is one document's vocabulary: ValueError
        for more); and in how many documents a term must occur.

    Returns
    -------
    DataFrame
        Columns `topic` (from 1, biggest first), its `share` of all counted words, `term`, and `loading`: the
        term's share of the topic. Kullback-Leibler loss, which makes it PLSA (Ding, Li & Peng 2008).

    Examples
    --------
    >>> rows = [("a", "人才", 8), ("b", "人才", 6), ("c", "talent", 5), ("d", "talent", 4)]
    >>> discover_topics(pd.DataFrame(rows, columns=["group", "term", "n"]), 2).values.tolist()
    [[1, 0.608696, '人才', 1.0], [2, 0.391304, 'talent', 1.0]]
    """
    check_table(counts, "term_counts", "counts")
    if counts.empty:
        return make_table("topics")
    found = counts[counts.groupby("term")["group"].transform("nunique") >= min_docs]
    terms, documents = sorted(found["term"].unique()), found["group"].nunique()
    most = min(len(terms), documents)
    if not 1 <= n_topics <= most:
        raise ValueError(
            f"n_topics = {n_topics}: pass 1 to {most}; there are {documents} documents with {len(terms)} "
            f"terms that occur in at least min_docs = {min_docs} documents."
        )
    topics = [
        (share, sorted(zip(terms, topic.tolist(), strict=True), key=lambda pair: (-pair[1], pair[0])))
        for share, topic in _factorise(found, terms, n_topics)
    ]
    topics.sort(key=lambda topic: (-topic[0], topic[1]))
    rows = [
        (number, share, term, weight)
        for number, (share, weights) in enumerate(topics, start=1)
        for term, weight in weights
        if weight
    ]
    return make_table("topics", rows)


def topic_shares(counts: pd.DataFrame, topics: pd.DataFrame) -> pd.DataFrame:
    """Tell how much of each document belongs to each topic.

    One row is one topic in one document; the shares of a document make 1. Only words that are in a
    topic count; a document without any has empty shares.

    Parameters
    ----------
    counts : DataFrame
        From `count_terms`, by document: those the topics were found in, or others.
    topics : DataFrame
        From `discover_topics`.

    Returns
    -------
    DataFrame
        Columns `group topic share`: the mixture of topics that makes the document's words most likely
        (folding-in, Hofmann 1999).

    Examples
    --------
    >>> rows = [("a", "人才", 8), ("b", "人才", 6), ("c", "talent", 5), ("d", "talent", 4)]
    >>> counts = pd.DataFrame(rows, columns=["group", "term", "n"])
    >>> topic_shares(counts, discover_topics(counts, 2)).head(2).values.tolist()
    [['a', 1, 1.0], ['a', 2, 0.0]]
    """
    check_table(counts, "term_counts", "counts")
    check_table(topics, "topics", "topics")
    numbers = sorted(topics["topic"].unique())
    weights = topics.pivot_table(index="term", columns="topic", values="loading", fill_value=0.0)
    rows = []
    for group, found in counts.groupby("group", sort=True):
        n = found[found["term"].isin(weights.index)].groupby("term")["n"].sum()
        shares = _mixture(n.to_numpy(dtype="float64"), weights.loc[n.index].to_numpy())
        rows += [(group, topic, share) for topic, share in zip(numbers, shares, strict=True)]
    return make_table("topic_shares", rows)


def _factorise(counts: pd.DataFrame, terms: list[str], n_topics: int) -> list[tuple[float, Numbers]]:
    """Return the share of each topic and the weights of its terms."""
    try:
        from sklearn.decomposition import non_negative_factorization
    except ImportError as error:
        raise ImportError(
            "discover_topics needs scikit-learn, which is not installed; run: pip install 'luntan[topics]'."
        ) from error
    from scipy.sparse import csr_array

    rows = pd.Categorical(counts["group"], categories=sorted(counts["group"].unique())).codes
    columns = pd.Categorical(counts["term"], categories=terms).codes
    matrix = csr_array((counts["n"].to_numpy(dtype="float64"), (rows, columns)))
    # The start is a decomposition of the matrix itself, so that nothing is drawn by lot but the small
    # randomness within that decomposition, and this is fixed.
    mixture, weights, _ = non_negative_factorization(
        matrix, n_components=n_topics, init="nndsvda", random_state=0,
        solver="mu", beta_loss="kullback-leibler", tol=1e-5, max_iter=5000,
    )  # fmt: skip
    sizes = mixture.sum(axis=0) * weights.sum(axis=1)
    weights = weights / weights.sum(axis=1, keepdims=True)
    return [
        (float(np.round(size, DECIMALS)), np.round(topic, DECIMALS))
        for size, topic in zip(sizes / sizes.sum(), weights, strict=True)
    ]


def _mixture(n: Numbers, weights: Numbers) -> Numbers:
    """Return the shares of the topics that make `n` most likely; its one maximum is climbed step by step."""
    shares = np.full(weights.shape[1], 1 / max(weights.shape[1], 1))
    if not len(n):
        return np.full(len(shares), np.nan)
    for _ in range(5000):
        before = shares
        likely = weights * before
        shares = (n[:, None] * likely / likely.sum(axis=1, keepdims=True)).sum(axis=0) / n.sum()
        if np.abs(shares - before).max() < 1e-9:
            break
    return np.round(shares, DECIMALS)
