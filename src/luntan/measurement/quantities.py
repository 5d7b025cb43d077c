"""Every stated figure of the sentences, a row each, with its bound, kind, unit and what it counts."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pandas as pd

from luntan._tables import check_table, make_table
from luntan.measurement.figure import Figure
from luntan.measurement.nouns import counted, period, period_words
from luntan.measurement.roles import WORDS
from luntan.measurement.scan import find_figures

CHANGES = {word for pair in WORDS.values() for word in pair}  # a growth of what the figure before names
_LISTED = re.compile(r"[,，、 ]*(?:和|及|与|and )?")
_OF = re.compile(r" (?:out )?of (?:the |all )*")
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
    columns = (sentences[name].tolist() for name in ("doc_id", "sent_id", "lang", "start", "text"))
    for doc_id, sent_id, lang, start, text in zip(*columns, strict=True):
        rows.extend((doc_id, sent_id, *row) for row in _rows(text, lang, start))
    return make_table("quantities", rows)


def _rows(text: str, lang: str, offset: int) -> Iterator[tuple[Any, ...]]:
    figures = find_figures(text, lang)
    dates = [figure for figure in figures if figure.date and not figure.flag][:MANY_DATES]
    nouns = _nouns(text, figures)
    words = period_words(text) if figures else ""
    for figure, noun in zip(figures, nouns, strict=True):
        date, date2 = (day.iso() if day else "" for day in (figure.date, figure.date2))
        of_period = "" if figure.flag in ("identifier", "clock") else period(text, figure, dates, words)
        yield (
            offset + figure.start, offset + figure.end, text[figure.start : figure.end], lang,
            figure.value, figure.value2, date, date2, figure.bound, figure.kind, figure.unit,
            noun, of_period, figure.flag,
        )  # fmt: skip


def _nouns(text: str, figures: list[Figure]) -> list[str]:
    """Return what each figure counts; what a list says once (248家、1744家) holds for all of it."""
    nouns: list[str] = []
    for place, figure in enumerate(figures):
        before = figures[place - 1] if place else None
        after = figures[place + 1] if place + 1 < len(figures) else None
        noun = "" if figure.flag in ("identifier", "clock") else counted(text, figure, before, after)
        if before is not None and figure.kind == "count" and noun in ("", "合计", "total"):
            noun = (
                f"{noun} {_said_before(text, figures[max(0, place - 4) : place], nouns[-4:], figure)}".strip()
            )
        elif before is not None and noun in CHANGES and before.kind in ("count", "money", "other"):
            noun = f"{nouns[-1]}{noun}" if noun > "\u2e80" else f"{nouns[-1]} {noun}".strip()
        elif before is not None and not noun and before.kind == figure.kind == "percent":
            noun = nouns[-1] if _LISTED.fullmatch(text, before.tail, figure.head) else ""
        nouns.append(noun)
    for place, (figure, after) in enumerate(pairwise(figures)):
        if (
            not nouns[place] and figure.is_bare and _OF.fullmatch(text, figure.tail, after.head)
        ):  # 13 of 264 projects
            nouns[place] = nouns[place + 1]
    return nouns


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
