"""Run the chain over very many documents: `python benchmarks/large.py --documents 100000`.

The texts are made in a temporary folder (see `texts.py`), analysed into Parquet, analysed once more with
nothing changed, and counted by year. What 232,000 took stands in large.md.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from meter import MB, Cost, watched
from pyarrow.parquet import read_metadata
from texts import write_documents

import luntan as lt

COUNTED = ("terms", "themes", "quantities")


def main() -> None:
    """Print progress every 5 %, then a line for each step and each table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--documents", type=int, default=2000)
    options.add_argument("--workers", type=int, default=2)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        run(Path(name), chosen.documents, chosen.workers)


def run(folder: Path, documents: int, workers: int) -> None:
    """Make the texts, and measure step after step."""
    source, out, started = folder / "texts", folder / "out", time.perf_counter()
    size = write_documents(source, documents) / MB
    seconds = time.perf_counter() - started
    say(f"texts: {documents:,} documents, {size:.1f} MB, made in {seconds:.0f} s; {workers} workers")
    analyse = partial(lt.analyse, source, workers=workers, out=out)
    first = watched(analyse, progress(out, documents))
    tell("first run", first)
    say(f"{'':16} {size / first.wall:.3f} MB/s, {size / first.cpu:.3f} MB a CPU second")
    again = watched(analyse)
    tell("nothing changed", again)
    say(f"{'':16} {again.wall / first.wall:.1%} of the time, {again.cpu / first.cpu:.1%} of the CPU time")
    for table in COUNTED:
        tell(f"{table} by year", watched(partial(lt.count_parts, out, table, by="year")))
    for table, (rows, megabytes, files) in tables(out).items():
        say(f"{table:16} {rows:12,} rows {megabytes:9.1f} MB in {files} files")


def progress(out: Path, documents: int) -> Callable[[float, float, float], None]:
    """Return what prints a line whenever another twentieth of the documents is written."""
    seen, started = dict[Path, int](), time.perf_counter()
    steps = [0]

    def report(cpu: float, parent: float, worker: float) -> None:
        for path in set((out / "corpus").glob("part-*.parquet")) - set(seen):
            seen[path] = read_metadata(path).num_rows
        share = sum(seen.values()) / documents
        if share * 20 >= steps[0]:
            steps[0] = int(share * 20) + 1
            wall = time.perf_counter() - started
            say(f"{share:6.1%} {wall:8.0f} s {cpu:8.0f} CPU s, MB: parent {parent:.0f} worker {worker:.0f}")

    return report


def tell(what: str, cost: Cost) -> None:
    """Print what a step took."""
    peaks = f"MB at the peak: parent {cost.parent:.0f}, biggest worker {cost.worker:.0f}"
    say(f"{what:16} {cost.wall:8.1f} s {cost.cpu:8.1f} CPU s, {peaks}")


def tables(out: Path) -> dict[str, tuple[int, float, int]]:
    """Return rows, megabytes and files of each table in the folder."""
    found = {}
    for table in sorted(path for path in out.iterdir() if path.is_dir()):
        paths = sorted(table.glob("*.parquet"))
        rows = sum(read_metadata(path).num_rows for path in paths)
        found[table.name] = rows, sum(path.stat().st_size for path in paths) / MB, len(paths)
    return found


def say(line: str) -> None:
    """Print a line at once, so that a log can be read while the run goes on."""
    print(line, flush=True)


if __name__ == "__main__":
    main()
