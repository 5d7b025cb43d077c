"""Take the content words out of the tokens, and count them for documents and other groups."""

from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from luntan._tables import check_table, make_table_of, rows_of
from luntan.lexicons import read_lexicon
from luntan.segmentation import join_texts, kind_of, segment

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
        A corpus, or from `luntan.sentences` or `luntan.tokens`, with any further column to group by. All
        give the same counts; a corpus is the fastest, since no row is made for a sentence or a token.
    by : str
        The column that makes a group.

    Returns
    -------
    DataFrame
        Columns `group term n`; what is a term stands at `content_words`.

    Examples
    --------
    >>> from luntan import make_corpus
    >>> count_terms(make_corpus({"a": "人才，人才！ Talent"})).values.tolist()
    [['a', '人才', 2], ['a', 'talent', 1]]
    """
    if by not in table.columns:
        raise ValueError(f"by = {by!r} is no column of the table; it has {', '.join(table.columns)}.")
    return _as_terms(list(_tokens_by_group(table, by)))


def _tokens_by_group(table: pd.DataFrame, by: str) -> Iterator[tuple[Any, Counter[str]]]:
    """Count the tokens of each group, in sorted order."""
    if "status" in table.columns:
        check_table(table, "corpus", "table")
        table = table[table["status"].isin(["ok", "warn"])]
        bodies = rows_of(table, "text", "body_start", "body_end")
        return _cut_by_group(table[by], [text[start:end] for text, start, end in bodies])
    if "kind" not in table.columns:
        check_table(table, "sentences", "table")
        return _cut_by_group(table[by], table["text"].tolist())
    check_table(table, "tokens", "table")
    table = table[table["kind"].isin(CONTENT_KINDS)]
    return ((group, Counter(tokens)) for group, tokens in _by_group(table[by], table["text"].tolist()))


def _cut_by_group(groups: pd.Series, texts: list[str]) -> Iterator[tuple[Any, Counter[str]]]:
    for group, held in _by_group(groups, texts):
        counter = Counter[str]()
        for joined in join_texts(held):
            counter.update(segment(joined))
        yield group, counter


def _by_group(groups: pd.Series, texts: list[str]) -> Iterator[tuple[Any, list[str]]]:
    """Yield the texts of each group, in sorted order; those without a group are left out."""
    codes, names = pd.factorize(groups, sort=True)
    order = np.argsort(codes, kind="stable")
    borders = np.searchsorted(codes[order], range(len(names) + 1))
    sorted_texts = [texts[place] for place in order.tolist()]
    for name, (start, end) in zip(names, pairwise(borders), strict=True):
        yield name, sorted_texts[start:end]


def _as_terms(counted: list[tuple[Any, Counter[str]]]) -> pd.DataFrame:
    """Make one table of the tokens counted in each group; several tokens may be one term."""
    found = [token for _, counter in counted for token in counter]
    counts = [n for _, counter in counted for n in counter.values()]
    group = np.repeat(np.arange(len(counted)), [len(counter) for _, counter in counted])
    # What is said of a token is said once for all groups.
    codes, tokens = pd.factorize(np.array(found, dtype=object))
    terms, term = np.unique(np.array([*map(_term, tokens), ""], dtype=object), return_inverse=True)
    pairs, place = np.unique(group * len(terms) + term[codes], return_inverse=True)
    n = np.bincount(place, counts, len(pairs)).astype(np.int64)
    group, term = np.divmod(pairs, len(terms))
    order = np.lexsort((term, -n, group))
    # The empty term comes first: what carries no content.
    order = order[term[order] > 0]
    groups = pd.array([group for group, _ in counted], dtype="str")[group[order]]
    return make_table_of("term_counts", [groups, pd.array(terms, dtype="str")[term[order]], n[order]])


@lru_cache(1 << 17)
def _term(token: str) -> str:
    """Return what a token is counted as, by the rules of `content_words`; empty if it carries no content."""
    kind, term = kind_of(token), token.lower()
    counts = kind == "latin" or (kind == "han" and len(term) > 1)
    return term if counts and term not in _stop_words() else ""


@cache
def _stop_words() -> frozenset[str]:
    return frozenset(read_lexicon("stopwords_en")) | frozenset(read_lexicon("stopwords_zh"))
