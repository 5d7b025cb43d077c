"""Run the whole chain over any number of documents, part by part, on one core, several, or a cluster.

Nothing crosses documents but their names and repeats, so a first pass over the files keeps of each only
its path and a mark of its text (`plan`). The documents then go through the chain in parts (`chain`),
wherever the engine puts them (`engines`); a part's tables are sent back, or written as Parquet (`folder`).
A table on disk is read part by part, with pandas, Dask, DuckDB or any other reader:

    for path in sorted(Path("out/sentences").glob("*.parquet")):
        lines = lt.kwic(pd.read_parquet(path), "小巨人|little giants?")
"""

import os
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, overload

import pandas as pd

from luntan.loaders.files import Source
from luntan.scale.chain import Analysis, join, work, write
from luntan.scale.counts import Stored, count_parts, stored
from luntan.scale.engines import Engine, watch
from luntan.scale.folder import keep_parts, open_folder, write_manifest
from luntan.scale.plan import plan_parts

if TYPE_CHECKING:
    from distributed import Client

__all__ = ["Analysis", "Stored", "analyse", "count_parts"]

Sources = Source | Iterable[Source] | Mapping[str, str] | pd.DataFrame
Folder = str | os.PathLike[str]


@overload
def analyse(
    source: Sources,
    *,
    workers: int = 1,
    client: "Client | None" = None,
    out: None = None,
    lexicon: Folder | None = None,
) -> Analysis: ...
@overload
def analyse(
    source: Sources,
    *,
    workers: int = 1,
    client: "Client | None" = None,
    out: Folder,
    lexicon: Folder | None = None,
) -> Stored: ...
def analyse(
    source: Sources,
    *,
    workers: int = 1,
    client: "Client | None" = None,
    out: Folder | None = None,
    lexicon: Folder | None = None,
) -> Analysis | Stored:
    """Make all tables of a source: the same to the byte on one core, on several, and on a cluster.

    Parameters
    ----------
    source : path, list of paths, mapping or DataFrame
        Files as for `read_corpus`, or texts as for `make_corpus`.
    workers : int
        How many processes; above 1, a script needs `if __name__ == "__main__":` before it.
    client : dask.distributed.Client, optional
        A cluster instead of `workers`; its machines must see files, `out` and `lexicon` at the same place.
    out, lexicon : path, optional
        A folder for Parquet, `<table>/part-*.parquet`: a run that broke off goes on there, and what is not
        of this input and version is removed. Themes of your own, as in `luntan.themes`.

    Returns
    -------
    Analysis or Stored
        A NamedTuple: the tables `corpus outside_body sentences tokens terms statements roster quantities
        checks themes`; or, with `out`, `folder` and counts: `documents` (columns `status n`), `rows`
        (`table n`), and by year `themes` (`group theme n`) and `quantities` (`group kind n`).

    Examples
    --------
    >>> analyse({"a": "企业需要人才。", "b": "Firms need talent."}).themes[["doc_id", "text"]].values.tolist()
    [['a', '人才'], ['b', 'talent']]
    """
    engine = Engine(workers, client).checked()
    folder = None if out is None else open_folder(Path(out), source)
    plan = plan_parts(source, engine, folder, None if lexicon is None else _usable(lexicon))
    if folder is None:
        results = watch(engine.run(work, plan.parts()), "analysing", plan.size, client)
        tables = {part.name: done.result for part, done in results}
        return join([tables[name] for name in plan.names])
    kept = keep_parts(folder, plan.names)
    written = engine.run(partial(write, folder=folder), plan.parts(without=kept))
    for _ in watch(written, "analysing", plan.size, client, done=plan.size_of(kept)):
        pass
    write_manifest(folder, plan.manifest())
    return stored(folder)


def _usable(lexicon: Folder) -> str:
    """Return where a theme lexicon lies for any process, or raise if it cannot be used."""
    from luntan.lexical import theme_lexicon

    theme_lexicon(lexicon)
    return str(Path(lexicon).absolute())
