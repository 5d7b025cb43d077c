"""Take the content words out of the tokens, and count them for documents and other groups."""

from collections import Counter
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

import pandas as pd

from luntan._tables import check_table, make_table, rows_of
from luntan.lexicons import read_lexicon
from luntan.segmentation import kind_of, segment

CONTENT_KINDS = ("han", "latin")


def content_words(tokens: pd.DataFrame) -> pd.DataFrame:
    """Keep the tokens that carry content, each with the term it is counted as.

    One row is one token. Stop words, single Han characters and tokens that are no words are left out.

    Parameters
    ----------
    tokens : DataFrame
        From `luntan.tokens`.

    Returns
    -------
    DataFrame
        The rows and columns of `tokens` with a last column `term`: the token in lower case.

    Examples
    --------
    >>> from luntan import make_corpus, sentences, tokens
    >>> content_words(tokens(sentences(make_corpus({"a": "人才，人才！ The Talent"})))).term.tolist()
    ['人才', '人才', 'talent']
    """
    check_table(tokens, "tokens", "tokens")
    words = tokens[tokens["kind"].isin(CONTENT_KINDS)]
    terms = words["text"].str.lower()
    kept = ~terms.isin(_stop_words()) & ((words["kind"] == "latin") | (terms.str.len() > 1))
    return words[kept].assign(term=terms[kept])


def count_terms(table: pd.DataFrame, *, by: str = "doc_id") -> pd.DataFrame:
    """Count the content words of each document or other group.

    One row is one term in one group, commonest first: the document-feature matrix, without its zeros.

    Parameters
    ----------
    table : DataFrame
        From `luntan.sentences` or `luntan.tokens`, with any further column to group by. Both give the same
        counts; sentences are much faster, since no row is made for a token.
    by : str
        The column that makes a group.

    Returns
    -------
    DataFrame
        Columns `group term n`; what is a term stands at `content_words`.

    Examples
    --------
    >>> from luntan import make_corpus, sentences, tokens
    >>> count_terms(sentences(make_corpus({"a": "人才，人才！ Talent"}))).values.tolist()
    [['a', '人才', 2], ['a', 'talent', 1]]
    """
    if by not in table.columns:
        raise ValueError(f"by = {by!r} is no column of the table; it has {', '.join(table.columns)}.")
    if "kind" in table.columns:
        check_table(table, "tokens", "table")
        words = content_words(table)
        return _sorted_counts(words.groupby([by, "term"], sort=False, observed=True).size().items())
    check_table(table, "sentences", "table")
    found: dict[Any, Counter[str]] = {}
    for group, text in rows_of(table, by, "text"):
        found.setdefault(group, Counter()).update(segment(text))
    return _sorted_counts(
        ((group, term), n)
        for group, tokens in found.items()
        if not pd.isna(group)
        for term, n in _content(tokens).items()
    )


def _content(tokens: Counter[str]) -> Counter[str]:
    """Count the terms among counted tokens."""
    terms: Counter[str] = Counter()
    for token, n in tokens.items():
        if term := _term(token):
            terms[term] += n
    return terms


@lru_cache(1 << 17)
def _term(token: str) -> str:
    """Return what a token is counted as, by the rules of `content_words`; empty if it carries no content."""
    kind, term = kind_of(token), token.lower()
    counts = kind == "latin" or (kind == "han" and len(term) > 1)
    return term if counts and term not in _stop_words() else ""


def _sorted_counts(counts: Iterable[tuple[Any, int]]) -> pd.DataFrame:
    rows = [(group, term, n) for (group, term), n in counts]
    return make_table("term_counts", sorted(rows, key=lambda row: (row[0], -row[2], row[1])))


@cache
def _stop_words() -> frozenset[str]:
    return frozenset(read_lexicon("stopwords_en")) | frozenset(read_lexicon("stopwords_zh"))
