"""The table contract: the name and order of every column, and how a table is made.

Every analysis returns a plain pandas DataFrame built here, so that the columns, their order and
their types are the same for a million rows and for none. `start` and `end` count Unicode code
points in the document's unchanged text, end exclusive, and `text` is always that very slice.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pandas as pd

COLUMNS: dict[str, tuple[str, ...]] = {
    "corpus": (
        "doc_id", "title", "publisher", "date", "lang", "kind", "path", "sha256",
        "encoding", "status", "reason", "body_start", "body_end", "text",
    ),
    "sentences": ("doc_id", "par_id", "sent_id", "lang", "start", "end", "text"),
    "outside_body": ("doc_id", "start", "end", "text", "reason"),
    "tokens": ("doc_id", "sent_id", "start", "end", "text", "kind"),
    "statements": (
        "doc_id", "sent_id", "start", "end", "text", "lang", "speaker", "role",
        "organisation", "mode", "cue", "source_start", "source_end", "basis",
    ),
    "unattributed": ("doc_id", "sent_id", "start", "end", "text", "lang"),
    "roster": ("doc_id", "start", "end", "text", "speaker", "name_zh", "role", "organisation", "act"),
    "quantities": (
        "doc_id", "sent_id", "start", "end", "text", "lang", "value", "value2", "date", "date2",
        "bound", "kind", "unit", "counted", "period", "flag",
    ),
    "checks": (
        "doc_id", "sent_id", "start", "end", "text", "check", "verdict", "stated", "computed", "reason",
        "evidence",
    ),
    "conflicts": (
        "indicator", "place", "period", "value", "unit", "bound", "source", "evidence", "reason",
    ),
    "themes": ("doc_id", "sent_id", "start", "end", "text", "lang", "theme"),
    "untouched": ("doc_id", "sent_id", "start", "end", "text", "lang", "reason"),
    "theme_forms": ("theme", "lang", "form", "n"),
    "stances": (
        "doc_id", "sent_id", "start", "end", "text", "lang", "theme", "speaker", "stance", "statement",
    ),
    "edges": (
        "actor", "theme", "label", "label_zh", "weight", "n_hits", "support", "call", "oppose", "sign",
        "evidence",
    ),
    "congruence": ("actor_a", "actor_b", "n_shared", "n_agree", "n_conflict"),
    "term_counts": ("group", "term", "n"),
    "keyness": (
        "term", "n_target", "n_reference", "docs_target", "docs_reference", "log_ratio", "low", "high",
        "g2", "p", "p_adjusted", "caution",
    ),
    "cooccurrences": (
        "a", "b", "n_a", "n_b", "n_both", "docs", "expected", "g2", "p", "p_adjusted", "evidence",
    ),
    "collocations": (
        "first", "second", "n", "n_first", "n_second", "docs", "expected", "g2", "pmi", "log_dice",
        "p", "p_adjusted", "evidence",
    ),
    "topics": ("topic", "share", "term", "loading"),
    "topic_shares": ("group", "topic", "share"),
    "concordance": ("doc_id", "sent_id", "start", "end", "before", "text", "after"),
    "coding_sheet": (
        "unit", "before", "text", "after", "speaker", "role", "organisation", "mode", "basis", "themes",
        "verdict", "coded_speaker", "coded_organisation", "coded_themes", "note", "coder",
    ),
    "explorable": (
        "doc_id", "sent_id", "start", "end", "text", "lang", "speaker", "role",
        "organisation", "mode", "cue", "source_start", "source_end", "basis",
        "before", "after", "themes", "title", "period", "evidence",
    ),
    "codings": ("unit", "doc_id", "start", "end", "coder", "variable", "code"),
    "agreement": (
        "variable", "level", "n_units", "n_coders", "n_values", "alpha", "low", "high", "reason",
    ),
    "disagreements": ("unit", "doc_id", "start", "end", "text", "variable", "codes"),
}  # fmt: skip

WHOLE = {
    "par_id", "sent_id", "start", "end", "body_start", "body_end", "n", "n_target", "n_reference",
    "weight", "n_hits", "support", "call", "oppose", "sign", "n_shared", "n_agree", "n_conflict",
    "n_units", "n_coders", "n_values", "docs_target", "docs_reference", "n_a", "n_b", "n_both", "n_first",
    "n_second", "docs", "topic",
}  # fmt: skip
REAL = {
    "value", "value2", "log_ratio", "low", "high", "g2", "p", "p_adjusted", "expected", "pmi", "log_dice",
    "share", "loading", "alpha",
}  # fmt: skip
OPTIONAL_WHOLE = {"source_start", "source_end"}
# What a spreadsheet would run as a formula (OWASP ASVS 1.2.10), with the apostrophes we put before it.
FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")

# What XML 1.0 cannot hold: control characters, halves of surrogate pairs, two non-characters.
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def dtype_of(column: str) -> str:
    """Name the pandas type of a contract column."""
    if column in WHOLE:
        return "int64"
    if column in REAL:
        return "float64"
    return "Int64" if column in OPTIONAL_WHOLE else "str"


def make_table(name: str, rows: Iterable[Sequence[Any]] = ()) -> pd.DataFrame:
    """Make the contract table `name` from rows given in column order; none give an empty table.

    >>> list(make_table("themes").columns)
    ['doc_id', 'sent_id', 'start', 'end', 'text', 'lang', 'theme']
    """
    rows = list(rows)
    # Column by column: of whole rows pandas would first have to find the types.
    return make_table_of(name, [[row[place] for row in rows] for place in range(len(COLUMNS[name]))])


def make_table_of(name: str, columns: Iterable[Any]) -> pd.DataFrame:
    """Make the contract table `name` from its columns, each a list or an array, in their order.

    >>> make_table_of("term_counts", [["a"], ["人才"], [2]]).values.tolist()
    [['a', '人才', 2]]
    """
    named = zip(COLUMNS[name], columns, strict=True)
    return pd.DataFrame({column: pd.array(cells, dtype_of(column)) for column, cells in named})


def rows_of(table: pd.DataFrame, *columns: str) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of some columns; a list is read many times as fast as a column of text.

    >>> list(rows_of(make_table("term_counts", [("a", "人才", 2)]), "term", "n"))
    [('人才', 2)]
    """
    return zip(*(table[column].tolist() for column in columns), strict=True)


def check_table(table: pd.DataFrame, name: str, argument: str) -> None:
    """Raise a clear error unless `table` is a DataFrame with the columns of the contract table `name`."""
    if not isinstance(table, pd.DataFrame):
        raise TypeError(
            f"{argument} is a {type(table).__name__}; pass the DataFrame of {name} that luntan returned."
        )
    missing = [column for column in COLUMNS[name] if column not in table.columns]
    if missing:
        raise ValueError(f"{argument} lacks the column(s) {', '.join(missing)} of the {name} table.")


def formula_safe(cell: object) -> object:
    """Put an apostrophe before a text that a spreadsheet would run as a formula.

    >>> formula_safe("=1+1"), formula_safe("人才"), formula_safe(-1)
    ("'=1+1", '人才', -1)
    """
    return f"'{cell}" if isinstance(cell, str) and FORMULA.match(cell) else cell


def formula_free(cell: str) -> str:
    """Take the apostrophe away again that `formula_safe` put there.

    >>> formula_free("'=1+1"), formula_free("-")
    ('=1+1', '-')
    """
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell


def xml_safe(text: str) -> str:
    """Put U+FFFD for what no XML file may hold.

    >>> xml_safe("人\\x00才") == "人\ufffd才"
    True
    """
    return NOT_XML.sub("\ufffd", text)
