"""Who said what: statements and people, in Chinese and English.

Sentences become pages of unbroken text (`page`). A grammar for each language reads reporting clauses
(`english`, `chinese`), a register of the document's people says who "Li", "he" or 他 is (`register`),
and `statements` walks through the text, where quotations float and paraphrases run on.
"""

from bisect import bisect_right
from collections.abc import Iterator
from itertools import groupby
from typing import Any

import pandas as pd

from luntan._tables import COLUMNS, check_table, make_table, rows_of
from luntan.attribution.contents import trim_blanks
from luntan.attribution.page import Page, make_pages
from luntan.attribution.statements import Deed, Statement, attribute

__all__ = ["roster", "statements", "unattributed"]


def statements(sentences: pd.DataFrame) -> pd.DataFrame:
    """List who said what: one row is one statement of a person or body other than the text's author.

    Parameters
    ----------
    sentences : DataFrame
        From `sentences`.

    Returns
    -------
    DataFrame
        Columns `doc_id sent_id start end text lang speaker role organisation mode cue source_start
        source_end basis`. `start:end` is what was said, without the reporting clause; `mode` is
        `direct`, `indirect` or `mixed`; `basis` tells how the speaker was found: `named`, `surname`,
        `pronoun`, `continued` (whoever spoke before) or `collective` (a speaker without a name).

    Examples
    --------
    >>> from luntan import make_corpus, sentences
    >>> texts = {"a": "Ann Bell, head of Acme Ltd, said that sales rose.", "b": "省长王芳表示，要稳增长。"}
    >>> statements(sentences(make_corpus(texts)))[["speaker", "role", "text"]].values.tolist()
    [['Ann Bell', 'head', 'sales rose'], ['王芳', '省长', '要稳增长']]
    """
    rows = [row for _, made, _ in _attributed(sentences) for row in _statement_rows(made)]
    return make_table("statements", rows)


def roster(sentences: pd.DataFrame) -> pd.DataFrame:
    """List the people of each document: one row is a person and one act, where the text first states it.

    Parameters
    ----------
    sentences : DataFrame
        From `sentences`.

    Returns
    -------
    DataFrame
        Columns `doc_id start end text speaker name_zh role organisation act`. `name_zh` is filled only
        where the text itself gives the characters; `act` is `said`, or one of `lexicons/acts.txt`:
        `chaired`, `speech`, `keynote`, `commented`, `concluded`, `also_spoke` and others.

    Examples
    --------
    >>> from luntan import make_corpus, sentences
    >>> texts = {"a": "The meeting was chaired by Professor Li Na (李娜).", "b": "会议由省长王芳主持。"}
    >>> roster(sentences(make_corpus(texts)))[["speaker", "name_zh", "act"]].values.tolist()
    [['Li Na', '李娜', 'chaired'], ['王芳', '王芳', 'chaired']]
    """
    rows = [row for _, made, deeds in _attributed(sentences) for row in _person_rows(made, deeds)]
    return make_table("roster", rows)


def statements_and_roster(sentences: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Make both tables in one pass, in half the time."""
    said: list[tuple[Any, ...]] = []
    people: list[tuple[Any, ...]] = []
    for _, made, deeds in _attributed(sentences):
        said += _statement_rows(made)
        people += _person_rows(made, deeds)
    return make_table("statements", said), make_table("roster", people)


def unattributed(sentences: pd.DataFrame) -> pd.DataFrame:
    """List the quotations that nobody is made to say: one row is quoted speech no statement holds.

    Parameters
    ----------
    sentences : DataFrame
        From `sentences`.

    Returns
    -------
    DataFrame
        Columns `doc_id sent_id start end text lang`. `text` is what stands between the marks; terms and
        titles in quotation marks are no speech. What nobody quotes cannot be counted here.

    Examples
    --------
    >>> from luntan import make_corpus, sentences
    >>> texts = {"a": 'A banner. "We will not leave this valley."', "b": "“水位还会上涨，请大家离开。”"}
    >>> unattributed(sentences(make_corpus(texts)))["text"].tolist()
    ['We will not leave this valley.', '水位还会上涨，请大家离开。']
    """
    rows: list[tuple[Any, ...]] = []
    for pages, made, _ in _attributed(sentences):
        held = sorted(
            (by + said.start, by + said.end) for by, said in ((m.page.offset, m.said) for m in made)
        )
        for page in pages:
            rows += _unheld(page, held)
    return make_table("unattributed", rows)


def _unheld(page: Page, held: list[tuple[int, int]]) -> Iterator[tuple[Any, ...]]:
    """Yield the spoken quotations of a page that overlap none of the spans, which are sorted."""
    for quote in page.quotes:
        start, end = trim_blanks(page.text, quote.left, quote.right)
        before = bisect_right(held, (end + page.offset,)) - 1
        if quote.speech and start < end and (before < 0 or held[before][1] <= start + page.offset):
            sentence = page.sentences[bisect_right(page.starts, start) - 1]
            place = (start + page.offset, end + page.offset, page.text[start:end], sentence.lang)
            yield (page.doc_id, sentence.sent_id, *place)


def _attributed(sentences: pd.DataFrame) -> Iterator[tuple[list[Page], list[Statement], list[Deed]]]:
    """Yield the pages of each document, in the order of the table, with what is said and done on them."""
    check_table(sentences, "sentences", "sentences")
    rows = list(rows_of(sentences, *COLUMNS["sentences"]))
    places = {doc_id: place for place, doc_id in enumerate(dict.fromkeys(row[0] for row in rows))}
    rows.sort(key=lambda row: (places[row[0]], row[4]))
    for _, pages in groupby(make_pages(rows), key=lambda page: page.doc_id):
        mine = list(pages)
        yield mine, *attribute(mine)


def _statement_rows(made: list[Statement]) -> list[tuple[Any, ...]]:
    return sorted(map(_statement_row, made), key=lambda row: (row[2], row[3]))


def _person_rows(made: list[Statement], deeds: list[Deed]) -> Iterator[tuple[Any, ...]]:
    said = [
        Deed(found.page, found.source, found.actor, "said", found.lang)
        for found in made
        if found.source is not None and found.actor.person
    ]
    first: dict[tuple[str, str], Deed] = {}
    for deed in sorted(deeds + said, key=lambda deed: (deed.source.start, deed.source.end, deed.act)):
        first.setdefault((deed.actor.name, deed.act), deed)
    return map(_person_row, first.values())


def _statement_row(found: Statement) -> tuple[Any, ...]:
    page, said, by, lang, actor = found.page, found.said, found.page.offset, found.lang, found.actor
    sentence = page.sentences[bisect_right(page.starts, said.start) - 1]
    source = (found.source.start, found.source.end) if found.source else (None, None)
    return (
        page.doc_id, sentence.sent_id, said.start + by, said.end + by, page.text[said.start : said.end], lang,
        actor.name, *actor.stated(lang), said.mode, found.cue, *source, found.basis,
    )  # fmt: skip


def _person_row(deed: Deed) -> tuple[Any, ...]:
    start, end, by, actor = deed.source.start, deed.source.end, deed.page.offset, deed.actor
    return (
        deed.page.doc_id, start, end, deed.page.text[start - by : end - by], actor.name, actor.name_zh,
        *actor.stated(deed.lang), deed.act,
    )  # fmt: skip
