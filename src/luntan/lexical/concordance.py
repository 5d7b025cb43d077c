"""List the occurrences of a term with what stands around them."""

import re

import pandas as pd

from luntan._tables import check_table, make_table


def kwic(sentences: pd.DataFrame, pattern: str, *, width: int = 30) -> pd.DataFrame:
    """List every occurrence of a word or phrase with what stands around it.

    One row is one occurrence, in the order of the text.

    Parameters
    ----------
    sentences : DataFrame
        From `luntan.sentences`.
    pattern : str
        A regular expression, letter case ignored; ValueError if it is none or matches nothing at all.
    width : int
        How many characters of the same sentence to show on either side.

    Returns
    -------
    DataFrame
        Columns `doc_id sent_id start end before text after`.

    Examples
    --------
    >>> from luntan import make_corpus, sentences
    >>> kwic(sentences(make_corpus({"a": "培育“小巨人”企业。"})), "小巨人|little giants?").values.tolist()
    [['a', 0, 3, 6, '培育“', '小巨人', '”企业。']]
    """
    check_table(sentences, "sentences", "sentences")
    try:
        wanted = re.compile(pattern, re.IGNORECASE)
    except re.error as error:
        raise ValueError(f"pattern = {pattern!r} is no regular expression: {error}.") from error
    if wanted.match(""):
        raise ValueError(f"pattern = {pattern!r} matches nothing at all; name at least one character.")
    rows = []
    columns = (sentences[name] for name in ("doc_id", "sent_id", "start", "text"))
    for doc_id, sent_id, start, text in zip(*columns, strict=True):
        for hit in wanted.finditer(text):
            before = text[max(0, hit.start() - width) : hit.start()]
            after = text[hit.end() : hit.end() + width].rstrip()
            rows.append((doc_id, sent_id, start + hit.start(), start + hit.end(), before, hit.group(), after))
    return make_table("concordance", rows)
