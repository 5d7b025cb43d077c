"""Keep the tables of parts in a folder, as Parquet; whatever is interrupted, no file is ever half written."""

import json
import os
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

import pandas as pd

# What stands in the folder `terms` is the table term_counts; the others bear the name of their table.
TABLES = (
    "corpus", "outside_body", "sentences", "tokens", "terms", "statements", "roster", "quantities", "checks",
    "themes",
)  # fmt: skip


def open_folder(folder: Path, source: Any) -> Path:
    """Make the folder, or raise if it cannot be used."""
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError as error:
        raise ImportError(
            f"out = {str(folder)!r} needs pyarrow; install it with: pip install 'luntan[cluster]'."
        ) from error
    folder = folder.absolute()
    for root in map(Path, _paths(source)):
        if root.resolve() in (folder.resolve(), *folder.resolve().parents):
            raise ValueError(f"out = {str(folder)!r} lies in the source; name a folder outside of it.")
    for table in ("reading", *TABLES):
        (folder / table).mkdir(parents=True, exist_ok=True)
    return folder


def _paths(source: Any) -> Iterable[str | os.PathLike[str]]:
    if isinstance(source, str | os.PathLike):
        return [source]
    return [] if isinstance(source, Mapping | pd.DataFrame) else source


def keep_parts(folder: Path, names: list[str]) -> set[str]:
    """Return the parts that are there already, and remove all others and what was left half done.

    A name is a number and a hash of what went into the part. Where documents came or went before it, a
    part has another number than it had.
    """
    wanted = {_key(name): name for name in names}
    there = [{_key(path.stem): path for path in (folder / table).glob("part-*.parquet")} for table in TABLES]
    kept = wanted.keys() & set.intersection(*map(set, there))
    for key in sorted(kept):
        for paths in there:
            paths[key].replace(paths[key].with_stem(wanted[key]))
    for table in TABLES:
        tidy(folder / table, {f"{wanted[key]}.parquet" for key in kept})
    if len(kept) < len(names):
        (folder / "manifest.json").unlink(missing_ok=True)
    return {wanted[key] for key in kept}


def _key(name: str) -> str:
    return name.rpartition("-")[-1]


def tidy(folder: Path, names: Collection[str]) -> None:
    """Remove the files that are not wanted any more, or never were finished."""
    for path in folder.iterdir():
        if path.name not in names:
            path.unlink()


def write_part(folder: Path, name: str, tables: Mapping[str, pd.DataFrame]) -> None:
    """Write the tables of a part; it is done when all are there."""
    for table in TABLES:
        write_table(tables[table], folder / table / f"{name}.parquet")


def write_table(table: pd.DataFrame, path: Path) -> None:
    """Write a table as Parquet, always with the same bytes; texts by a dictionary, offsets by their steps."""
    from pyarrow import Table, parquet

    whole = [name for name, kind in table.dtypes.items() if str(kind).lower() == "int64"]
    data = Table.from_pandas(table, preserve_index=False)
    unfinished = path.with_name(f".{uuid4().hex}")
    with unfinished.open("wb") as stream:
        parquet.write_table(
            data,
            stream,
            compression="zstd",
            use_dictionary=[name for name in table if name not in whole],
            column_encoding=dict.fromkeys(whole, "DELTA_BINARY_PACKED"),
        )
        stream.flush()
        os.fsync(stream.fileno())
    unfinished.replace(path)


def read_table(path: Path, columns: list[str] | None = None) -> pd.DataFrame | None:
    """Return a table, or nothing if it is not there."""
    return pd.read_parquet(path, columns=columns) if path.exists() else None


def write_manifest(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Write what the folder holds and how it was made: it is the last file, so all is there if it is."""
    text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    unfinished = folder / ".manifest"
    unfinished.write_text(text, encoding="utf-8")
    unfinished.replace(folder / "manifest.json")
