"""Make the sheet that coders fill in."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from luntan._tables import check_table, make_table
from luntan.coding.words import SUGGESTED, join_names, join_themes
from luntan.evidence import cite

Span = tuple[int, int, str]

SAID = ("evidence", "doc_id", "start", "end", "text", "speaker", "role", "organisation", "mode", "basis")


def coding_sheet(
    statements: pd.DataFrame,
    sentences: pd.DataFrame,
    *,
    hits: pd.DataFrame,
    blind: bool = False,
    context: int = 1,
) -> pd.DataFrame:
    """Make the sheet that coders fill in: each statement with its context and the machine's suggestion.

    One row is one statement; several who say it together are joined by `; `. ValueError without its sentence.

    Parameters
    ----------
    statements, sentences, hits : DataFrame
        From `statements`, `sentences` and `themes`; statements with a column `stance` have it coded too.
    blind : bool
        Leave the machine's suggestions out, as the agreement between people asks for.
    context : int
        How many neighbouring sentences to show on either side.

    Returns
    -------
    DataFrame
        `unit` (the locator) `before text after`; suggested `speaker role organisation mode basis themes`;
        to be filled in `verdict coded_speaker coded_organisation coded_themes note coder`.

    Examples
    --------
    >>> from luntan import make_corpus, sentences, statements, themes
    >>> sents = sentences(make_corpus({"a": "湖畔研究院院长李华表示，企业需要人才。"}))
    >>> coding_sheet(statements(sents), sents, hits=themes(sents)).iloc[0][["unit", "themes"]].tolist()
    ['a:12-18', 'talent']
    """
    for name, table in {"statements": statements, "sentences": sentences, "themes": hits}.items():
        check_table(table, name, "hits" if name == "themes" else name)
    neighbours, found = _by_document(sentences, "text"), _by_document(hits, "theme")
    rows = []
    for unit, doc_id, start, end, text, *suggested in _values(_by_unit(statements), SAID):
        before, after = _around(unit, start, end, neighbours.get(doc_id, []), context)
        inside = {theme for first, last, theme in found.get(doc_id, []) if start <= first and last <= end}
        rows.append((unit, before, text, after, *suggested, join_themes(inside), *[""] * 6))
    sheet = make_table("coding_sheet", rows)
    if "stance" in statements:
        stance = _by_unit(statements)["stance"].astype("str").to_numpy()
        sheet.insert(list(sheet).index("verdict"), "stance", stance)
        sheet.insert(list(sheet).index("note"), "coded_stance", pd.Series("", index=sheet.index, dtype="str"))
    return sheet.drop(columns=[name for name in SUGGESTED if blind and name in sheet])


def _by_unit(statements: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each span: what several people say together is coded once, their names joined."""
    said = cite(statements)
    named = [name for name in SUGGESTED if name in said]
    joined = said.groupby("evidence", sort=False)[named].agg(join_names).reset_index()
    return said.drop(columns=named).drop_duplicates("evidence").merge(joined, on="evidence")


def _values(table: pd.DataFrame, columns: Iterable[str]) -> Iterator[tuple[Any, ...]]:
    return zip(*(table[name] for name in columns), strict=True)


def _by_document(table: pd.DataFrame, column: str) -> dict[str, list[Span]]:
    """Return start, end and `column` of each document's rows, in order."""
    spans: dict[str, list[Span]] = {}
    for doc_id, start, end, value in _values(table, ("doc_id", "start", "end", column)):
        spans.setdefault(doc_id, []).append((start, end, value))
    return {doc_id: sorted(group) for doc_id, group in spans.items()}


def _around(unit: str, start: int, end: int, neighbours: list[Span], context: int) -> tuple[str, str]:
    """Return what stands before and after a statement, in its own sentences and in their neighbours."""
    starts = [first for first, _, _ in neighbours]
    first, last = bisect_right(starts, start) - 1, bisect_right(starts, end - 1) - 1
    if first < 0 or neighbours[first][1] <= start:
        raise ValueError(
            f"statements has {unit}, which is in none of the sentences; pass those that it was made of."
        )
    before = [text for _, _, text in neighbours[max(0, first - context) : first]]
    after = [text for _, _, text in neighbours[last + 1 : last + 1 + context]]
    opening = neighbours[first][2][: start - neighbours[first][0]]
    closing = neighbours[last][2][end - neighbours[last][0] :]
    return "".join([*before, opening]).strip(), "".join([closing, *after]).strip()
