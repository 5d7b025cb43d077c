"""Take the content words out of the tokens, and count them for documents and other groups."""

from functools import cache

import pandas as pd

from luntan._tables import COLUMNS, check_table, make_table
from luntan.lexicons import read_lexicon

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


def count_terms(tokens: pd.DataFrame, *, by: str = "doc_id") -> pd.DataFrame:
    """Count the content words of each document or other group.

    One row is one term in one group, commonest first: the document-feature matrix, without its zeros.

    Parameters
    ----------
    tokens : DataFrame
        From `luntan.tokens`, with any further column to group by.
    by : str
        The column that makes a group.

    Returns
    -------
    DataFrame
        Columns `group term n`; what is a term stands at `content_words`.

    Examples
    --------
    >>> from luntan import make_corpus, sentences, tokens
    >>> count_terms(tokens(sentences(make_corpus({"a": "人才，人才！ Talent"})))).values.tolist()
    [['a', '人才', 2], ['a', 'talent', 1]]
    """
    words = content_words(tokens)
    if by not in tokens.columns:
        raise ValueError(f"by = {by!r} is no column of tokens; it has {', '.join(tokens.columns)}.")
    counted = words.groupby([by, "term"], sort=True, observed=True).size().reset_index(name="n")
    counted.columns = pd.Index(COLUMNS["term_counts"])
    rows = counted.sort_values(["group", "n", "term"], ascending=[True, False, True])
    return make_table("term_counts", rows.itertuples(index=False))


@cache
def _stop_words() -> frozenset[str]:
    return frozenset(read_lexicon("stopwords_en")) | frozenset(read_lexicon("stopwords_zh"))
