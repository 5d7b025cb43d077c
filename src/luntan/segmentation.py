"""Cut mixed Chinese and English text into typed tokens that join back to the text.

A typed layer takes everything that is not a run of Han characters: Latin words, numbers, dates,
money, punctuation. Only runs of Han go to the engine (rjieba, or jieba where that is missing).
"""

import re
from collections.abc import Iterator

import pandas as pd

from luntan._tables import check_table, make_table
from luntan.han import cut_han

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3005\u3007\U00020000-\U0003ffff"
LATIN = (
    "A-Za-z\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff\u0300-\u036f\u2080-\u2089"
)
WORD = rf"[{LATIN}]+[{LATIN}\d]*"
NUMBER = r"(?:\d{1,3}(?:[,，]\d{3})+(?!\d)(?:[.．]\d+)?|\d+(?:[.．]\d+)?)"
HAN_DIGITS = "一二三四五六七八九十百千〇零两"

# The order counts: the first kind that fits at a place is taken.
KINDS = (
    # web and mail addresses
    (
        "other",
        r"(?:https?://|www\.)[A-Za-z0-9_\-./?=&%#:~+]+[A-Za-z0-9/]|[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+",
    ),
    # 2020-11-09, 9:30, 2014-2016年, 2020年, 二〇二〇年, 11月, 9日
    ("date", r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)|\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?!\d)"),
    ("date", r"\d+\s?[-—–~]\s?\d+[年月日]|\d{4}年|[〇零一二三四五六七八九]{4}年|\d{1,2}月份?|\d{1,2}日"),
    ("money", rf"(?:(?:US|HK)\$|[$€£¥￥]|(?:RMB|CNY|USD)\s?)\s?{NUMBER}(?:[万亿]+|\s?[mb]illion\b)?"),
    ("percent", rf"{NUMBER}[%％‰]|[{HAN_DIGITS}]成(?=[以左多的，。、；]|$)"),
    # U.S., Ph.D.
    ("latin", rf"(?:[{LATIN}]{{1,2}}\.){{2,}}"),
    # GPT-4, PM2.5, R&D, e-commerce, don't, C++
    ("latin", rf"{WORD}(?:\.\d+)?(?:[&'’\-\u2010\u2011·](?:{WORD}|\d+))*(?:\+\+|#)?"),
    # 5G, 28nm, 2nd: whole numbers with letters; 2.3Gbps is a number and its unit
    ("latin", rf"\d+[{LATIN}]+[{LATIN}\d]*(?:-{WORD})*"),
    ("number", rf"第(?:\d+|[{HAN_DIGITS}]+)"),
    # 1,234.56, 1.76万, 5000余, 320多万
    ("number", rf"{NUMBER}(?:[余多]?[千百]?[万亿]{{1,2}}|[千百](?=[余多]))?[余多]?"),
    ("han", rf"[{HAN}]+"),
    ("blank", r"\s+"),
    ("punct", r"[—–]{2,}|…+|\.{3,}|[^\w\s]"),
    ("other", r"\w"),
)
KIND_OF = {f"{kind}_{n}": kind for n, (kind, _) in enumerate(KINDS)}
_TOKEN = re.compile("|".join(f"(?P<{name}>{KINDS[n][1]})" for n, name in enumerate(KIND_OF)))


def segment(text: str) -> list[str]:
    """Cut a text into tokens; joined, they are the text again, blanks included.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    list of str
        Words of both languages, numbers with their magnitude or percent sign, dates by year, month
        and day, punctuation marks and runs of blanks.

    Raises
    ------
    TypeError
        If `text` is not a str.

    Examples
    --------
    >>> segment("专精特新“小巨人”企业R&D投入强度超7%")
    ['专精特新', '“', '小巨人', '”', '企业', 'R&D', '投入', '强度', '超', '7%']
    >>> segment("little giants: 5G+AI")
    ['little', ' ', 'giants', ':', ' ', '5G', '+', 'AI']
    """
    if not isinstance(text, str):
        raise TypeError(f"text is a {type(text).__name__}; pass a str.")
    return [text[start:end] for start, end, _ in _typed_spans(text)]


def tokens(sentences: pd.DataFrame) -> pd.DataFrame:
    """Cut every sentence into tokens with offsets and kinds.

    One row is one token; blanks are left out, since the offsets say where they stood.

    Parameters
    ----------
    sentences : DataFrame
        From `luntan.sentences`.

    Returns
    -------
    DataFrame
        Columns `doc_id sent_id start end text kind`; `kind` is one of `han latin number percent
        date money punct other`.

    Examples
    --------
    >>> from luntan import make_corpus, sentences
    >>> tokens(sentences(make_corpus({"a": "超7% of SMEs"})))[["text", "kind"]].values.tolist()
    [['超', 'han'], ['7%', 'percent'], ['of', 'latin'], ['SMEs', 'latin']]
    """
    check_table(sentences, "sentences", "sentences")
    columns = (sentences[name] for name in ("doc_id", "sent_id", "start", "text"))
    rows = [
        (doc_id, sent_id, offset + start, offset + end, text[start:end], kind)
        for doc_id, sent_id, offset, text in zip(*columns, strict=True)
        for start, end, kind in _typed_spans(text)
        if kind != "blank"
    ]
    return make_table("tokens", rows)


def _typed_spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and kind of every token and every run of blanks."""
    for found in _TOKEN.finditer(text):
        kind = KIND_OF[found.lastgroup or ""]
        if kind == "han":
            at = found.start()
            for word in cut_han(found.group()):
                yield at, at + len(word), kind
                at += len(word)
        else:
            yield found.start(), found.end(), kind
