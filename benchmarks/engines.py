"""One process, two, and a Dask cluster: `python benchmarks/engines.py FOLDER OUT ENGINE` runs one of them."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from meter import Cost, Line, watched
from texts import write_documents

import luntan as lt

ENGINES = ("one", "two", "dask")
# Documents: one, to see what starting takes; then two sizes, to see what grows with the size.
SIZES = (1, 400, 2000)


def analyse(folder: str, out: str, engine: str) -> None:
    """Run the chain over a folder into another one, on one of the engines."""
    if engine != "dask":
        lt.analyse(folder, workers=ENGINES.index(engine) + 1, out=out)
        return
    from distributed import Client, LocalCluster

    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0") as cluster,
        Client(cluster) as client,
    ):
        lt.analyse(folder, client=client, out=out)


def engines(rounds: int) -> list[Line]:
    """Compare engines by medians over rounds, each run in a process of its own, and look at their memory."""
    costs: dict[tuple[str, int], list[Cost]] = {}
    with tempfile.TemporaryDirectory() as name:
        for size in SIZES:
            write_documents(Path(name) / f"{size}", size)
        for turn in range(rounds):
            for engine in ENGINES:
                for size in SIZES:
                    out = f"{name}/{engine}-{size}-{turn}"
                    costs.setdefault((engine, size), []).append(run(f"{name}/{size}", out, engine))
            again = run(f"{name}/{SIZES[-1]}", f"{name}/two-{SIZES[-1]}-{turn}", "two")
            costs.setdefault(("again", SIZES[-1]), []).append(again)
    took = {key: Cost(*map(median, zip(*found, strict=True))) for key, found in costs.items()}
    return compared(took)


def run(folder: str, out: str, engine: str) -> Cost:
    """Run an engine in a fresh interpreter, and return what it took, without the import."""
    command = [sys.executable, __file__, folder, out, engine]
    return Cost(*json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))


def compared(took: dict[tuple[str, int], Cost]) -> list[Line]:
    """Return the lines on time, then those on memory."""
    start, small, large = SIZES
    one, two, dask, again = (took[engine, large] for engine in (*ENGINES, "again"))
    # What each needs before its first document, taken off.
    ready = {engine: took[engine, large].wall - took[engine, start].wall for engine in ENGINES}
    lines = [
        Line(
            "one process / two, wall time",
            f"{one.wall:.1f} s",
            f"{two.wall:.1f} s",
            f"{one.wall / two.wall:.2f}",
        ),
        Line(
            "  after their start",
            f"{ready['one']:.1f} s",
            f"{ready['two']:.1f} s",
            f"{ready['one'] / ready['two']:.2f}",
            "≥ 1.6",
        ),
        Line(
            "two processes / one, CPU time",
            f"{two.cpu:.1f} s",
            f"{one.cpu:.1f} s",
            f"{two.cpu / one.cpu:.2f}",
        ),
        Line(
            "Dask / two processes, CPU time",
            f"{dask.cpu:.1f} s",
            f"{two.cpu:.1f} s",
            f"{dask.cpu / two.cpu:.2f}",
            "≤ 1.4",
        ),
        Line(
            "Dask / two processes, wall time",
            f"{dask.wall:.1f} s",
            f"{two.wall:.1f} s",
            f"{dask.wall / two.wall:.2f}",
        ),
        Line(
            "nothing changed / first run, CPU time",
            f"{again.cpu:.2f} s",
            f"{two.cpu:.1f} s",
            f"{again.cpu / two.cpu:.1%}",
            "≤ 5 % (large.md)",
        ),
    ]
    for engine in ENGINES:
        less, more = took[engine, small], took[engine, large]
        grown = max(more.parent - less.parent, more.worker - less.worker)
        lines.append(
            Line(
                f"peak MB of {engine}: parent, biggest worker",
                f"{less.parent:.0f}, {less.worker:.0f}",
                f"{more.parent:.0f}, {more.worker:.0f}",
                f"{grown:+.0f} MB",
                "≤ 100 MB",
            )
        )
    return lines


if __name__ == "__main__":
    print(json.dumps(watched(lambda: analyse(*sys.argv[1:]))))
