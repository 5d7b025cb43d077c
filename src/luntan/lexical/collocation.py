"""Find pairs of words that follow each other more often than by chance."""

import numpy as np
import pandas as pd

from luntan._tables import COLUMNS, check_table, make_table
from luntan.lexical.significance import Numbers, adjust, exact_p, expected_count, log_likelihood
from luntan.lexical.terms import content_words


def collocations(tokens: pd.DataFrame, *, window: int = 1, at_least: int = 3) -> pd.DataFrame:
    """Find pairs of content words that follow each other more often than by chance.

    One row is one ordered pair, the surest first. None reaches over punctuation or out of its sentence;
    stop words, numbers and single Han characters hold a place and are in no pair.

    Parameters
    ----------
    tokens : DataFrame
        From `luntan.tokens`.
    window, at_least : int
        How many tokens on the second word may stand (1: next to the first); how often a pair must occur.

    Returns
    -------
    DataFrame
        Columns `first second n n_first n_second` (pairs; those with this first, this second word), `docs`,
        `expected`, `g2` (Dunning 1993), `pmi` (binary; Church & Hanks 1990), `log_dice` (at most 14, Rychlý
        2008), `p` (Fisher's exact), `p_adjusted` (Benjamini & Hochberg 1995), `evidence`.

    Examples
    --------
    >>> from luntan import make_corpus, sentences, tokens
    >>> toks = tokens(sentences(make_corpus({"a": "风险投资企业。Venture capital; venture capital."})))
    >>> collocations(toks, at_least=2)[["first", "second", "n", "evidence"]].values.tolist()
    [['venture', 'capital', 2, 'a:7-22 a:24-39']]
    """
    check_table(tokens, "tokens", "tokens")
    for name, value in (("window", window), ("at_least", at_least)):
        if value < 1:
            raise ValueError(f"{name} = {value} is below 1; pass a whole number from 1.")
    ordered = tokens.sort_values(["doc_id", "sent_id", "start"], kind="stable", ignore_index=True)
    words = content_words(ordered)["term"]
    terms = np.array(sorted(words.unique()), dtype=object)
    left, right = _neighbours(ordered, words.index.to_numpy(), window)
    code_of = pd.Series(pd.Categorical(words, categories=terms).codes.astype("int64"), index=words.index)
    first, second = code_of[left].to_numpy(), code_of[right].to_numpy()
    codes, pair_of, n = np.unique(first * len(terms) + second, return_inverse=True, return_counts=True)
    pairs = np.divmod(codes, max(len(terms), 1))
    n_first, n_second = (np.bincount(side, minlength=len(terms)) for side in (first, second))
    table = pd.DataFrame({"first": terms[pairs[0]], "second": terms[pairs[1]], "n": n})
    table["n_first"], table["n_second"] = n_first[pairs[0]], n_second[pairs[1]]
    table["expected"] = expected_count(n_first[pairs[0]], n_second[pairs[1]], max(len(left), 1))
    table = table[(table["n"] >= at_least) & (table["n"] > table["expected"])]
    places = np.split(np.argsort(pair_of, kind="stable"), np.cumsum(n)[:-1])
    kept = [places[pair] for pair in table.index]
    table["docs"], table["evidence"] = _places(ordered, [(left[at], right[at]) for at in kept])
    # Whether a pair is listed depends on the data, so all pairs that could have been are counted as tests.
    scored = _score(table, len(left), int((n_first >= at_least).sum() * (n_second >= at_least).sum()))
    rows = scored.sort_values(["g2", "first", "second"], ascending=[False, True, True])
    return make_table("collocations", rows[list(COLUMNS["collocations"])].itertuples(index=False))


def _neighbours(tokens: pd.DataFrame, words: Numbers, window: int) -> tuple[Numbers, Numbers]:
    """Return the row numbers of the first and second words of all pairs, in the order of the text."""
    is_word = np.zeros(len(tokens), dtype=bool)
    is_word[words] = True
    # A stretch ends with its sentence and at every punctuation mark.
    sentence = tokens.groupby(["doc_id", "sent_id"], sort=False).ngroup().to_numpy()
    ends = (tokens["kind"] == "punct").to_numpy() | (np.diff(sentence, prepend=-1) != 0)
    stretch = np.cumsum(ends)
    found = [np.empty((2, 0), dtype="int64")]
    for step in range(1, min(window, max(len(tokens) - 1, 0)) + 1):
        together = is_word[:-step] & is_word[step:] & (stretch[:-step] == stretch[step:])
        first = np.flatnonzero(together)
        found.append(np.array([first, first + step]))
    left, right = np.concatenate(found, axis=1)
    order = np.lexsort((right, left))
    return left[order], right[order]


def _places(tokens: pd.DataFrame, pairs: list[tuple[Numbers, Numbers]]) -> tuple[list[int], list[str]]:
    """Return for each pair the number of its documents and its locators, both words and what is between."""
    doc_ids, starts, ends = (tokens[name].to_numpy() for name in ("doc_id", "start", "end"))
    docs = [len(set(doc_ids[left])) for left, _ in pairs]
    spans = (zip(doc_ids[left], starts[left], ends[right], strict=True) for left, right in pairs)
    return docs, [" ".join(f"{doc_id}:{start}-{end}" for doc_id, start, end in places) for places in spans]


def _score(table: pd.DataFrame, total: int, tests: int) -> pd.DataFrame:
    n, row, column = (table[name].to_numpy() for name in ("n", "n_first", "n_second"))
    p = exact_p(n, row, column, total)
    return table.assign(
        g2=log_likelihood(n, row, column, total),
        pmi=np.log2(n / table["expected"]),
        log_dice=14 + np.log2(2 * n / (row + column)),
        p=p,
        p_adjusted=adjust(p, tests),
    )
