"""Cut mixed Chinese and English text into typed tokens that join back to the text.

A typed layer takes everything that is not a run of Han characters: Latin words, numbers, dates,
money, punctuation. Only runs of Han go to the engine (rjieba, or jieba where that is missing). A
lexicon of the user's own stands above both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import accumulate
from os import PathLike

from luntan.folding import fold
from luntan.han import HAN_DIGITS, cut_han, is_han
from luntan.lexicons import parse_lexicon

# What only a type checker imports: neither pandas nor typing is needed for the first cut.
TYPE_CHECKING = False
if TYPE_CHECKING:
    import pandas as pd

# The terms of a lexicon by their first character.
Terms = dict[str, tuple[str, ...]]

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3005\u3007\U00020000-\U0003ffff"
MARKS = "，。、；：“”‘’（）《》！？"
LATIN = (
    "A-Za-z\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff\u0300-\u036f\u2080-\u2089"
    "\uff21-\uff3a\uff41-\uff5a"
)
WORD = rf"[{LATIN}]+[{LATIN}\d]*"
NUMBER = r"(?:\d{1,3}(?:[,，]\d{3})+(?!\d)(?:[.．]\d+)?|\d+(?:[.．]\d+)?)"

# The order counts: the first kind that fits at a place is taken. The commonest stand first, for speed.
KINDS = (
    # a run for the engine; it gives each punctuation mark back as a word
    ("han", rf"[{HAN}][{HAN}{MARKS}]*"),
    # A股, 80后
    ("latin", r"[ABH]股(?![东份权本价市民])|[056789]0后(?![续面来期])"),
    # a plain word, followed by nothing that could make it part of a longer one
    ("latin", r"(?!RMB|CNY|USD|www)[A-Za-z]+(?![\w&'’$#@+:/·.\-\u0300-\u036f\u2010\u2011])"),
    ("blank", r"\s+"),
    ("punct", rf"[{MARKS},;()\"]"),
    # web and mail addresses
    (
        "other",
        r"(?:https?://|www\.)[A-Za-z0-9_\-./?=&%#:~+]+[A-Za-z0-9/]|[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+",
    ),
    # 010-88880000, 600519.SH
    ("other", r"(?:0\d{2,3}-\d{7,8}|\d{3,4}-\d{3,4}-\d{4})(?![\d-])|\d{6}\.[A-Z]{2}\b"),
    # 2020-11-09, 9:30
    ("date", r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)|\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?!\d)"),
    # 2014-2016年, 2020年, 11月, 9日, 20时
    ("date", r"\d+\s?[-—–~]\s?\d+[年月日]|\d{4}年|\d{1,2}月份?|\d{1,2}日|\d{1,2}时(?![代期间空])"),
    ("money", rf"(?:(?:US|HK)\$|[$€£¥￥]|(?:RMB|CNY|USD)\s?)\s?{NUMBER}(?:[万亿兆]+|\s?[mb]illion\b)?"),
    ("percent", rf"{NUMBER}[%％‰]"),
    # U.S., Ph.D.
    ("latin", rf"(?:[{LATIN}]{{1,2}}\.){{2,}}"),
    # GPT-4, PM2.5, R&D, e-commerce, don't, C++
    ("latin", rf"{WORD}(?:\.\d+)?(?:[&'’\-\u2010\u2011·](?:{WORD}|\d+[{LATIN}]*))*(?:\+\+|#)?"),
    # 5G, 28nm, 2nd: whole numbers with letters; 2.3Gbps is a number and its unit
    ("latin", rf"\d+[{LATIN}]+[{LATIN}\d]*(?:-{WORD})*"),
    # 1,234.56, 1.76万, 5000余, 320多万
    ("number", rf"±?{NUMBER}(?:[余多]?[千百]?[万亿兆]{{1,2}}|[千百](?=[余多]))?[余多]?"),
    ("punct", r"[—–]{2,}|…+|\.{3,}|[^\w\s]"),
    ("other", r"\w"),
)
# Tokens of Han characters that are a number, a date or a percentage by their form.
HAN_KINDS = (
    ("number", rf"第[\d{HAN_DIGITS}]+|[几数]?[{HAN_DIGITS}]+[多余]?[{HAN_DIGITS}]*"),
    ("date", rf"[{HAN_DIGITS}]{{4}}年|[{HAN_DIGITS}]{{1,3}}[月日]"),
    ("percent", rf"[{HAN_DIGITS}]成[多半]?"),
)
# What stands between texts that are cut together: no token crosses it. And how long they may get.
SEAM, LONG = "\0", 50_000
_PIECES = re.compile("|".join(pattern for _, pattern in KINDS))
_KINDS = re.compile("|".join(f"({pattern})" for _, pattern in HAN_KINDS + KINDS))
_NAMES = ("", *(kind for kind, _ in HAN_KINDS + KINDS))
_HAN = re.compile(rf"[{HAN}]")
# A line of a jieba user dictionary: the word, its weight, its tag.
_JIEBA_ENTRY = re.compile(rf"(?P<word>\S+) \d+ [a-z]{{1,5}}|(?P<han>[{HAN}]+) \d+")


def segment(text: str, *, lexicon: str | PathLike[str] | Iterable[str] | None = None) -> list[str]:
    """Cut a text into tokens; joined, they are the text again, blanks included.

    Parameters
    ----------
    text : str
        Any text, in simplified or traditional characters.
    lexicon : path or iterable of str, optional
        Terms of your own, as in `luntan.tokens`.

    Returns
    -------
    list of str
        Words of both languages, numbers with their magnitude or percent sign, dates by year, month
        and day, punctuation marks and runs of blanks.

    Examples
    --------
    >>> segment("专精特新“小巨人”企业R&D投入强度超7%")
    ['专精特新', '“', '小巨人', '”', '企业', 'R&D', '投入', '强度', '超', '7%']
    >>> segment("Internet Plus与5G", lexicon=["Internet Plus"])
    ['Internet Plus', '与', '5G']
    """
    if not isinstance(text, str):
        raise TypeError(f"text is a {type(text).__name__}; pass a str.")
    return _cut(text, _by_first(_entries(lexicon)))


def tokens(
    sentences: pd.DataFrame, *, lexicon: str | PathLike[str] | Iterable[str] | None = None
) -> pd.DataFrame:
    """Cut every sentence into tokens with offsets and kinds.

    One row is one token; blanks between tokens are left out, since the offsets say where they stood.

    Parameters
    ----------
    sentences : DataFrame
        From `luntan.sentences`.
    lexicon : path or iterable of str, optional
        Terms of your own: a UTF-8 file with one a line, or the terms. Each is one token wherever it
        stands, the longest first, in simplified or traditional characters and in any case; blanks
        and hyphens are allowed. No term cuts inside a Latin word or a number.

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
    import numpy as np
    import pandas as pd

    from luntan._tables import check_table, make_table_of

    check_table(sentences, "sentences", "sentences")
    terms, texts = _by_first(_entries(lexicon)), sentences["text"].tolist()
    cut = [word for joined in join_texts(texts) for word in (*_cut(joined, terms), SEAM)]
    # What is said of a word is said once, however often it occurs.
    codes, words = pd.factorize(np.array(cut, dtype=object))
    kinds = np.array([*map(kind_of, words)], dtype=object)
    sizes = np.array([*map(len, words)], dtype=np.int64)
    ends = sizes[codes].cumsum()
    # Where the seam behind each text ends, and so in which text each word stands.
    lengths = np.array([*map(len, texts)], dtype=np.int64) + 1
    seams = lengths.cumsum()
    row = np.searchsorted(seams, ends)
    kept = (kinds != "blank")[codes] & (ends < seams[row])
    codes, row, ends = codes[kept], row[kept], ends[kept]
    ends += (sentences["start"].to_numpy() + lengths - seams)[row]
    doc_id, sent_id = (sentences[column].array[row] for column in ("doc_id", "sent_id"))
    text, kind = (pd.array(column, dtype="str")[codes] for column in (words, kinds))
    return make_table_of("tokens", [doc_id, sent_id, ends - sizes[codes], ends, text, kind])


def join_texts(texts: Iterable[str]) -> Iterator[str]:
    """Join texts, many at a time, since one long text is cut much faster than many short ones.

    >>> [len(joined) for joined in join_texts(["中文", "English"])]
    [10]
    """
    held, size = list[str](), 0
    for text in texts:
        held.append(text)
        size += len(text)
        if size > LONG:
            yield SEAM.join(held)
            held, size = [], 0
    if held:
        yield SEAM.join(held)


@lru_cache(maxsize=100_000)
def kind_of(token: str) -> str:
    """Name the kind of a token by its form; a term of a lexicon is `han` if it has a Han character.

    >>> [kind_of(token) for token in ("企业", "R&D", "7%", "第二", "pre-A轮")]
    ['han', 'latin', 'percent', 'number', 'han']
    """
    if found := _KINDS.fullmatch(token):
        return _NAMES[found.lastindex or 0]
    return "han" if _HAN.search(token) else "latin"


def _cut(text: str, terms: Terms) -> list[str]:
    """Cut a text; what is written in traditional characters is looked up in simplified ones."""
    folded = fold(text)
    words = _cut_around(folded, terms) if terms else cut_han(_PIECES.findall(folded))
    if folded is text:
        return words
    ends = list(accumulate(map(len, words)))
    return [text[start:end] for start, end in zip([0, *ends], ends, strict=False)]


def _cut_around(text: str, terms: Terms) -> list[str]:
    """Cut what stands between the terms that are found in a folded text."""
    words, done = list[str](), 0
    for start, end in _found(text, terms):
        words += [*cut_han(_PIECES.findall(text[done:start])), text[start:end]]
        done = end
    return words + cut_han(_PIECES.findall(text[done:]))


def _found(text: str, terms: Terms) -> Iterator[tuple[int, int]]:
    """Yield start and end of every term; it may begin and end within a run of Han, not within a word."""
    borders = set[int]()
    for piece in _PIECES.finditer(text):
        borders.update((piece.start(), piece.end()))
        if is_han(piece.group()):
            borders.update(range(*piece.span()))
    at = 0
    while at < len(text):
        end = 0
        if at in borders and (here := terms.get(text[at].lower())):
            found = _pattern(here).match(text, at)
            while found and found.end() not in borders:
                found = _pattern(here).match(text, at, found.end() - 1)
            end = found.end() if found else 0
        if end:
            yield at, end
        at = max(end, at + 1)


def _entries(lexicon: str | PathLike[str] | Iterable[str] | None) -> tuple[str, ...]:
    """Return the terms of a lexicon, of a file or given, without the weights and tags of jieba's."""
    if lexicon is None:
        return ()
    if isinstance(lexicon, str | PathLike):
        try:
            with open(lexicon, encoding="utf-8-sig") as file:  # noqa: PTH123
                lexicon = parse_lexicon(file.read())
        except FileNotFoundError as error:
            raise FileNotFoundError(
                f"lexicon {str(lexicon)!r} is no file; pass a path, or the terms as a list."
            ) from error
        except UnicodeDecodeError as error:
            raise ValueError(f"lexicon {str(lexicon)!r} is not UTF-8; save it as UTF-8.") from error
    given = tuple(lexicon)
    if wrong := [term for term in given if not isinstance(term, str)]:
        raise TypeError(f"lexicon holds {wrong[0]!r}, a {type(wrong[0]).__name__}; every term is a str.")
    terms = (term.split("\t", 1)[0].strip() for term in given)
    found = ((_JIEBA_ENTRY.fullmatch(term), term) for term in terms)
    return tuple(sorted({entry["word"] or entry["han"] if entry else term for entry, term in found} - {""}))


@lru_cache(maxsize=8)
def _by_first(entries: tuple[str, ...]) -> Terms:
    """Return the terms by their first character, simplified and in lower case."""
    terms: dict[str, tuple[str, ...]] = {}
    for entry in entries:
        terms[fold(entry)[0].lower()] = (*terms.get(fold(entry)[0].lower(), ()), entry)
    return terms


@lru_cache(maxsize=100_000)
def _pattern(entries: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern of terms, the longest first, in any case and with any blanks."""
    longest_first = sorted(map(fold, entries), key=lambda entry: (-len(entry), entry))
    return re.compile(
        "|".join(r"\s+".join(map(re.escape, term.split())) for term in longest_first), re.IGNORECASE
    )
