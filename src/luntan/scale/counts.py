"""Count what stands in a folder of parts, a part at a time."""

import os
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from luntan._tables import COLUMNS
from luntan.scale.folder import TABLES

# What is counted in each table, and the column of its documents.
ITEMS = {
    "terms": "term", "themes": "theme", "quantities": "kind", "statements": "speaker", "roster": "act",
    "checks": "verdict", "tokens": "kind", "sentences": "lang", "corpus": "status",
}  # fmt: skip


class Stored(NamedTuple):
    """What `analyse` wrote: the folder, and small tables of what is in it."""

    folder: Path
    documents: pd.DataFrame
    rows: pd.DataFrame
    themes: pd.DataFrame
    quantities: pd.DataFrame


def count_parts(folder: str | os.PathLike[str], table: str, *, by: str = "doc_id") -> pd.DataFrame:
    """Count what `analyse` wrote, a part at a time: one row is one item of a group, commonest first.

    Parameters
    ----------
    folder : path
        What was `out` in `analyse`.
    table : str
        `terms`, `themes`, `quantities` (by kind), `statements` (by speaker), `roster` (by act), `checks`
        (by verdict), `tokens` (by kind), `sentences` (by language) or `corpus` (by status).
    by : str
        A column of the corpus, or `year`, the first part of its date.

    Returns
    -------
    DataFrame
        Columns `group`, the item (`term`, `theme`, `kind` …), `n`; the counts of `terms` go into `keyness`.

    Examples
    --------
    >>> from luntan import analyse; from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as out:
    ...     folder = analyse({"a": "人才，人才！", "b": "Talent."}, out=out).folder
    ...     count_parts(folder, "terms", by="lang").values.tolist()
    [['en', 'talent', 1], ['zh', '人才', 2]]
    """
    folder = Path(folder)
    if table not in ITEMS:
        raise ValueError(f"table = {table!r} cannot be counted; name one of {', '.join(ITEMS)}.")
    if by not in (*COLUMNS["corpus"], "year"):
        raise ValueError(f"by = {by!r} is no column of the corpus, nor year.")
    if not (folder / "manifest.json").exists():
        raise FileNotFoundError(
            f"folder = {str(folder)!r} holds no finished run; call analyse with it as out."
        )
    item, document = ITEMS[table], "group" if table == "terms" else "doc_id"
    counts: Counter[tuple[str, str]] = Counter()
    for path in sorted((folder / table).glob("part-*.parquet")):
        groups = _groups(folder / "corpus" / path.name, by)
        part = pd.read_parquet(path, columns=[document, item, *["n"] * (table == "terms")])
        part["group"] = part[document].map(groups)
        grouped = part.groupby(["group", item])
        counted = grouped["n"].sum() if table == "terms" else grouped.size()
        counts.update(dict(zip(counted.index, counted.tolist(), strict=True)))
    rows = sorted(((*key, n) for key, n in counts.items()), key=lambda row: (row[0], -row[2], row[1]))
    whole = pd.DataFrame(rows, columns=["group", item, "n"])
    return whole.astype({"group": "str", item: "str", "n": "int64"})


def _groups(path: Path, by: str) -> pd.Series:
    """Return the group of each document of a part."""
    column = "date" if by == "year" else by
    corpus = pd.read_parquet(path, columns=list(dict.fromkeys(["doc_id", column])))
    groups = corpus.set_index("doc_id", drop=False)[column]
    return groups.str[:4] if by == "year" else groups


def stored(folder: Path) -> Stored:
    """Return what a finished folder holds."""
    from pyarrow.parquet import read_metadata

    rows = [
        (table, sum(read_metadata(path).num_rows for path in (folder / table).glob("part-*.parquet")))
        for table in TABLES
    ]
    documents = count_parts(folder, "corpus", by="status")[["status", "n"]]
    return Stored(
        folder,
        documents,
        pd.DataFrame(rows, columns=["table", "n"]).astype({"table": "str", "n": "int64"}),
        count_parts(folder, "themes", by="year"),
        count_parts(folder, "quantities", by="year"),
    )
