"""Count the content words of documents and other groups."""

from functools import cache

import pandas as pd

from luntan._tables import check_table, make_table
from luntan.lexicons import read_lexicon

CONTENT_KINDS = ("han", "latin")


def count_terms(tokens: pd.DataFrame, *, by: str = "doc_id") -> pd.DataFrame:
    """Count the content words of each document or other group.

    One row is one term in one group, commonest first. Latin words are folded to lower case; stop
    words, single Han characters and tokens that are no words are left out.

    Parameters
    ----------
    tokens : DataFrame
        From `luntan.tokens`, with any further column to group by.
    by : str
        The column that makes a group.

    Returns
    -------
    DataFrame
        Columns `group term n`.

    Examples
    --------
    >>> from luntan import make_corpus, sentences, tokens
    >>> count_terms(tokens(sentences(make_corpus({"a": "人才，人才！ Talent"})))).values.tolist()
    [['a', '人才', 2], ['a', 'talent', 1]]
    """
    check_table(tokens, "tokens", "tokens")
    if by not in tokens.columns:
        raise ValueError(f"by = {by!r} is no column of tokens; it has {', '.join(tokens.columns)}.")
    words = tokens.loc[tokens["kind"].isin(CONTENT_KINDS), [by, "text", "kind"]]
    terms = words.assign(term=words["text"].str.lower())
    kept = ~terms["term"].isin(_stop_words()) & ((terms["kind"] == "latin") | (terms["term"].str.len() > 1))
    counted = terms[kept].groupby([by, "term"], sort=True).size().reset_index(name="n")
    counted.columns = pd.Index(["group", "term", "n"])
    rows = counted.sort_values(["group", "n", "term"], ascending=[True, False, True])
    return make_table("term_counts", rows.itertuples(index=False))


@cache
def _stop_words() -> frozenset[str]:
    return frozenset(read_lexicon("stopwords_en")) | frozenset(read_lexicon("stopwords_zh"))
