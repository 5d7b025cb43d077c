"""Every stated figure of the sentences, a row each, with its bound, kind, unit and what it counts."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pandas as pd

from luntan._tables import check_table, make_table, rows_of
from luntan.folding import fold
from luntan.measurement.figure import Figure
from luntan.measurement.nouns import counted, period
from luntan.measurement.roles import WORDS
from luntan.measurement.scan import find_figures

CHANGES = {word for pair in WORDS.values() for word in pair}  # a growth of what the figure before names
_FULL_WIDTH = re.compile("[０-９Ａ-Ｚａ-ｚ％＋－／＜＞＄]")
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if _FULL_WIDTH.match(chr(code))}
_OF = re.compile(r" (?:(?:out )?of|among) (?:the |all )*")
MANY_DATES = 20  # dates of one sentence that are looked at for the period of its figures


def quantities(sentences: pd.DataFrame) -> pd.DataFrame:
    """Find every stated figure: counts, shares, money, ranks, years, dates, durations and measures.

    One row is one figure of one sentence.

    Parameters
    ----------
    sentences : DataFrame
        From `luntan.sentences`.

    Returns
    -------
    DataFrame
        Columns `doc_id sent_id start end text lang value value2 date date2 bound kind unit counted
        period flag`. `text` is the numeral with its unit. A percentage of 12 is 12. Dates and years
        stand in `date` as ISO text with XX for what is not stated, and their `value` is missing. A
        range has both ends. `flag` is empty, or says why the figure is not to be counted on:
        `corrupt_numeral` (damaged, read with care), `identifier` (a number that only names), `clock`.

    Examples
    --------
    >>> from luntan import make_corpus, sentences
    >>> corpus = make_corpus({"a": "已培育企业5000余家，占近三成。", "b": "Up to 3 million yuan."})
    >>> quantities(sentences(corpus))[["text", "value", "bound", "kind"]].values.tolist()
    [['5000', 5000.0, 'at_least', 'count'], ['三成', 30.0, 'about', 'percent'], \
['3 million yuan', 3000000.0, 'at_most', 'money']]
    """
    check_table(sentences, "sentences", "sentences")
    rows: list[tuple[Any, ...]] = []
    lines = Counter(sentences["doc_id"].tolist())
    for doc_id, sent_id, lang, start, text in rows_of(
        sentences, "doc_id", "sent_id", "lang", "start", "text"
    ):
        folded = fold(text.translate(_HALF_WIDTH) if _FULL_WIDTH.search(text) else text)
        if figures := find_figures(folded, lang):
            of_sentence = _rows(text, folded, lang, start, figures, alone=lines[doc_id] == 1)
            rows += [(doc_id, sent_id, *row) for row in of_sentence]
    return make_table("quantities", rows)


def _rows(
    original: str, text: str, lang: str, offset: int, figures: list[Figure], *, alone: bool
) -> Iterator[tuple[Any, ...]]:
    if not alone and len(figures) == 1 and figures[0].is_bare and _is_all(text, figures[0]):
        figures[0].flag = "identifier"  # a page number, or a cell of a table
    dates = [figure for figure in figures if figure.date and not figure.flag][:MANY_DATES]
    nouns = _nouns(text, figures)
    for figure, noun in zip(figures, nouns, strict=True):
        date, date2 = (day.iso() if day else "" for day in (figure.date, figure.date2))
        of_period = "" if figure.flag in ("identifier", "clock") else period(text, figure, dates)
        yield (
            offset + figure.start, offset + figure.end, original[figure.start : figure.end], lang,
            figure.value, figure.value2, date, date2, figure.bound, figure.kind, figure.unit,
            noun, of_period, figure.flag,
        )  # fmt: skip


def _is_all(text: str, figure: Figure) -> bool:
    return len(text.strip()) == figure.end - figure.start


def _nouns(text: str, figures: list[Figure]) -> list[str]:
    """Return what each figure counts; what a list says once (248家、1744家) holds for all of it."""
    nouns: list[str] = []
    for place, figure in enumerate(figures):
        before = figures[place - 1] if place else None
        after = figures[place + 1] if place + 1 < len(figures) else None
        if figure.flag in ("identifier", "clock"):
            nouns.append("")
            continue
        noun = counted(text, figure, before, after)
        if before is not None and figure.kind == "count" and noun in ("", "合计", "total"):
            noun = (
                f"{noun} {_said_before(text, figures[max(0, place - 4) : place], nouns[-4:], figure)}".strip()
            )
        elif noun in CHANGES or (not noun and figure.kind in ("percent", "money", "other")):
            said = _said_last(figures[:place], nouns, figure, of_change=bool(noun))
            noun = f"{said}{noun}" if noun > "\u2e80" else f"{said} {noun}".strip()
        nouns.append(noun)
    for place, (figure, after) in enumerate(pairwise(figures)):
        # 13 of 264 projects, sixth among 31 provinces
        wanting = figure.unit == "rank" or (figure.is_bare and not nouns[place])
        if wanting and _OF.fullmatch(text, figure.tail, after.head):
            nouns[place] = nouns[place + 1]
    return nouns


def _said_last(figures: list[Figure], nouns: list[str], figure: Figure, *, of_change: bool) -> str:
    """Return what the last figure of this kind counted: fell from 6.1% to 5.7%, a drop of 0.4 points."""
    for other, noun in zip(reversed(figures[-4:]), reversed(nouns[-4:]), strict=True):
        level = of_change and other.kind in ("count", "money", "other")
        if noun and (level or other.kind == figure.kind):
            changes = (word for word in CHANGES if of_change and noun.endswith(word))
            return noun.removesuffix(next(changes, "")).rstrip()
    return ""


def _said_before(text: str, figures: list[Figure], nouns: list[str], figure: Figure) -> str:
    """Return the noun before the ordinal in 企业第一批248家, or that of the last count with this unit."""
    before = figures[-1]
    if before.kind in ("ordinal", "year", "date") and not text[before.tail : figure.head].strip():
        low = figures[-2] if len(figures) > 1 else None
        if noun := counted(text, Figure(before.head, before.head), low, before):
            return noun
    if not figure.value.is_integer():
        return ""
    said = [
        noun
        for other, noun in zip(figures, nouns, strict=True)
        if other.kind == "count" and other.unit == figure.unit
    ]
    return said[-1].removeprefix("合计").removeprefix("total ") if said else ""
