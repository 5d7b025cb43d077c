"""Say where a row comes from, in a form that people can read and the report can link.

A locator is `doc_id:start-end`: the document and the characters in it.
"""

from collections.abc import Sequence

import pandas as pd


def cite(table: pd.DataFrame) -> pd.DataFrame:
    """Add to every row the locator of the characters it came from.

    Parameters
    ----------
    table : DataFrame
        Any table with columns `doc_id start end`.

    Returns
    -------
    DataFrame
        A copy with a last column `evidence`, text such as `roundtable:117-134`.

    Raises
    ------
    ValueError
        If one of the three columns is missing.

    Examples
    --------
    >>> cite(pd.DataFrame({"doc_id": ["论坛"], "start": [0], "end": [4]})).evidence.tolist()
    ['论坛:0-4']
    """
    missing = [column for column in ("doc_id", "start", "end") if column not in table.columns]
    if missing:
        raise ValueError(
            f"table lacks the column(s) {', '.join(missing)}; pass a table with doc_id, start, end."
        )
    spans = zip(table["doc_id"], table["start"], table["end"], strict=True)
    locators = [f"{doc_id}:{start}-{end}" for doc_id, start, end in spans]
    return table.assign(evidence=pd.Series(locators, index=table.index, dtype="str"))


def tally(table: pd.DataFrame, by: str | Sequence[str]) -> pd.DataFrame:
    """Count the rows of each group and keep the locators of all of them.

    One row is one group; the biggest come first, ties in the order of the group's names.

    Parameters
    ----------
    table : DataFrame
        Any table with columns `doc_id start end`.
    by : str or list of str
        The column or columns that make a group.

    Returns
    -------
    DataFrame
        The columns of `by`, then `n` (rows) and `evidence` (their locators, parted by blanks).

    Examples
    --------
    >>> hits = pd.DataFrame({"doc_id": "a", "start": [0, 5], "end": [4, 9], "theme": "talent"})
    >>> tally(hits, "theme").values.tolist()
    [['talent', 2, 'a:0-4 a:5-9']]
    """
    columns = [by] if isinstance(by, str) else list(by)
    missing = [column for column in columns if column not in table.columns]
    if missing:
        raise ValueError(
            f"by = {by!r} names the column(s) {', '.join(missing)}, which the table does not have."
        )
    groups = cite(table).sort_values(["doc_id", "start", "end"], kind="stable").groupby(columns, sort=True)
    counted = groups["evidence"].agg(["size", " ".join]).reset_index()
    counted.columns = pd.Index([*columns, "n", "evidence"])
    return counted.sort_values(["n", *columns], ascending=[False] + [True] * len(columns)).reset_index(
        drop=True
    )
