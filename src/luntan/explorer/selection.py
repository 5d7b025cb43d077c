"""Choose among statements: by who speaks, on what, in which language and when; and write the choice."""

import os
from pathlib import Path

import pandas as pd

from luntan._tables import COLUMNS, check_table, make_table
from luntan.coding.sheet import coding_sheet
from luntan.coding.words import joined_names, squeezed
from luntan.coding.writing import write_sheet
from luntan.evidence import cite

UNKNOWN = "unknown"


def explorable(
    statements: pd.DataFrame, hits: pd.DataFrame, *, sentences: pd.DataFrame, corpus: pd.DataFrame
) -> pd.DataFrame:
    """Put all that is known of each statement side by side: context, themes, document and year.

    One row is one statement. ValueError for one whose document or sentence is not in the other tables.

    Parameters
    ----------
    statements, hits, sentences, corpus : DataFrame
        From `statements`, `themes`, `sentences` and `read_corpus`.

    Returns
    -------
    DataFrame
        The columns of statements, then `before after` (the rest of its sentences, and one more on either
        side), `themes` (keys, parted by `; `), `title` and `period` of its document (the year, or
        `unknown`), and `evidence`, its locator.

    Examples
    --------
    >>> from luntan import make_corpus, sentences, statements, themes
    >>> corpus = make_corpus({"a": "Ann Bell said that talent left.", "b": "王芳表示，要引进人才。"})
    >>> sents = sentences(corpus)
    >>> table = explorable(statements(sents), themes(sents), sentences=sents, corpus=corpus)
    >>> table[["before", "text", "themes", "period"]].values.tolist()[1]
    ['王芳表示，', '要引进人才', 'talent', 'unknown']
    """
    check_table(corpus, "corpus", "corpus")
    sheet = coding_sheet(statements, sentences, hits=hits)
    if strange := sorted(set(statements["doc_id"]) - set(corpus["doc_id"])):
        raise ValueError(
            f"corpus lacks the document {strange[0]!r}; pass the corpus that statements were made of."
        )
    around = sheet.set_index("unit")[["before", "after", "themes"]]
    documents = corpus.set_index("doc_id")[["title", "date"]]
    joined = cite(statements).join(around, on="evidence").join(documents, on="doc_id")
    years = joined["date"].astype("str").str[:4]
    joined["period"] = years.where(years.str.fullmatch("[0-9]{4}"), UNKNOWN)
    return make_table("explorable", joined[list(COLUMNS["explorable"])].itertuples(index=False))


def choose(
    table: pd.DataFrame,
    *,
    speaker: str | None = None,
    organisation: str | None = None,
    theme: str | None = None,
    lang: str | None = None,
) -> pd.DataFrame:
    """Keep the statements of a speaker, an organisation, a theme, a language: of all that are given.

    One row is one statement, in the order of `table`; where none fits, the table is empty.

    Parameters
    ----------
    table : DataFrame
        From `explorable`.
    speaker, organisation, theme, lang : str, optional
        The name, the theme's key, the language; where a cell holds several, one of them is enough. The
        empty text keeps the statements in which it is not stated.

    Examples
    --------
    >>> rows = pd.DataFrame({"speaker": ["王芳", "Ann Bell"], "organisation": ["湖畔研究院; 湖畔大学", ""],
    ...                      "themes": ["finance; talent", "talent"], "lang": ["zh", "en"]})
    >>> choose(rows, theme="talent", organisation="湖畔大学").speaker.tolist()
    ['王芳']
    >>> choose(rows, organisation="").speaker.tolist()
    ['Ann Bell']
    """
    wanted = {"speaker": speaker, "organisation": organisation, "themes": theme, "lang": lang}
    if missing := [column for column in wanted if column not in table.columns]:
        raise ValueError(f"table lacks the column(s) {', '.join(missing)}; pass the table of explorable.")
    for column, value in wanted.items():
        if value is not None:
            table = table[[squeezed(value) in parts(cell) for cell in table[column]]]
    return table.reset_index(drop=True)


def parts(cell: str) -> list[str]:
    """Return what a cell holds: several parted by `;`, or one empty text.

    >>> parts("湖畔研究院; 湖畔大学"), parts("")
    (['湖畔研究院', '湖畔大学'], [''])
    """
    return joined_names(cell) or [""]


def in_period(table: pd.DataFrame, years: tuple[int, int], *, undated: bool = True) -> pd.DataFrame:
    """Keep the statements of documents from the first to the last of two years.

    One row is one statement, in the order of `table`.

    Parameters
    ----------
    table : DataFrame
        From `explorable`.
    years : two int
        The first and the last year; ValueError if the first is the later one.
    undated : bool
        Keep the statements of documents whose year is unknown, too.

    Examples
    --------
    >>> rows = pd.DataFrame({"speaker": ["王芳", "Ann Bell", "李华"], "period": ["2019", "2021", "unknown"]})
    >>> in_period(rows, (2020, 2021)).speaker.tolist()
    ['Ann Bell', '李华']
    """
    first, last = years
    if first > last:
        raise ValueError(f"years = {years!r} begins after it ends; pass the first year, then the last.")
    if "period" not in table.columns:
        raise ValueError("table lacks the column(s) period; pass the table of explorable.")
    kept = [undated if year == UNKNOWN else first <= int(year) <= last for year in table["period"]]
    return table[kept].reset_index(drop=True)


def write_selection(table: pd.DataFrame, path: str | os.PathLike[str]) -> Path:
    """Write statements as .csv or .xlsx, all cells as text; the same table always gives the same bytes.

    The CSV opens in Excel without mojibake. A text that would run as a formula gets an apostrophe
    before it. A file of that name is replaced.

    Parameters
    ----------
    table : DataFrame
        From `explorable`, `choose` or `in_period`.
    path : path
        The file to write; its ending, .csv or .xlsx, tells the format.

    Returns
    -------
    Path
        Of the file. ValueError for another ending, or for what an XLSX cannot hold.

    Examples
    --------
    >>> write_selection(pd.DataFrame(), "人才.doc")
    Traceback (most recent call last):
    ValueError: path = '人才.doc' ends in '.doc'; a selection is written as .csv or .xlsx.
    """
    return write_sheet(table.map(lambda cell: "" if pd.isna(cell) else str(cell)), path, title="selection")
