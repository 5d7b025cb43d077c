"""Measure speed as ratios within one run: `make bench`, some minutes.

Seconds on shared machines mean little; each line compares things that were run in turn, by CPU time of
all processes where nothing else is said, and takes the median of the rounds. Every round has texts that
none before it had; how they are made stands in `texts.py`. The table is printed and written to results.md.
"""

import os
import platform
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from engines import SIZES, engines
from meter import Line
from peers import CORE, chain, counting, megabytes, reading
from starting import starting
from texts import documents

RESULTS = Path(__file__).with_name("results.md")
REPEATS = 5
# Documents of a round.
EACH = 500
# Runs of a whole engine take long.
ROUNDS = 2
LIBRARIES = (
    "luntan",
    "pandas",
    "numpy",
    "pyarrow",
    "rjieba",
    "jieba",
    "scikit-learn",
    "dask",
    "textacy",
    "spacy",
    "quantulum3",
)


def main() -> None:
    """Print the tables one after the other, and write them all."""
    written = []
    for paragraph in report():
        print(paragraph, "\n", sep="", flush=True)
        written.append(paragraph)
    RESULTS.write_text("\n\n".join(written) + "\n", encoding="utf-8")


def report() -> Iterator[str]:
    """Yield the paragraphs of the results, each as soon as it is measured."""
    load = os.getloadavg()[0]
    batches = [dict(documents(EACH, first=EACH * turn)) for turn in range(REPEATS + 1)]
    size = sum(map(megabytes, batches)) / len(batches)
    yield "# Speed"
    yield (
        "Written by `make bench`; `bench.py` says how. `a / b` names what the two columns hold. Bars in the "
        "last column are what the project means to reach, on a machine that does nothing else."
    )
    yield "## Counting terms and cutting words"
    yield f"{REPEATS} rounds of {EACH} documents, {size:.2f} MB each; medians of CPU time."
    yield table(counting(batches) + reading(batches), ("luntan", "the other"))
    yield "## The chain, stage by stage"
    yield (
        f"The same texts; the large tables are those of {', '.join(CORE)}. The ratio is that to the floor: "
        "to cut the texts with rjieba and count the tokens."
    )
    yield table(chain(batches), ("CPU time", "of it"))
    yield "## Processes and Dask"
    yield (
        f"Medians of {ROUNDS} rounds of {SIZES[-1]:,} documents, {size * SIZES[-1] / EACH:.1f} MB, files "
        f"to Parquet, with the start of the processes; memory at {SIZES[1]:,} and at {SIZES[-1]:,} documents."
    )
    yield table(engines(ROUNDS), ("first", "second"))
    yield "## Import and first call"
    yield f"{REPEATS} fresh interpreters each, less what one takes that does nothing."
    yield table(starting(REPEATS), ("luntan", "the other"))
    yield "## Where"
    found = ", ".join(f"{name} {version_of(name)}" for name in LIBRARIES)
    yield f"Python {platform.python_version()}; {found}."
    yield (
        f"{os.cpu_count()} cores; load (running processes, mean of a minute) {load:.1f} at the start, "
        f"{os.getloadavg()[0]:.1f} at the end."
    )


def table(lines: list[Line], columns: tuple[str, str]) -> str:
    """Return lines as a table in Markdown that is also easy to read as it is."""
    rows = [Line("", *columns, "ratio", "bar"), *lines]
    widths = [max(len(row[place]) for row in rows) for place in range(len(Line._fields))]
    ruled = [rows[0], Line(*("-" * width for width in widths)), *rows[1:]]
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in ruled
    )


def version_of(name: str) -> str:
    """Return the version of a library, or that there is none."""
    try:
        return version(name)
    except PackageNotFoundError:
        return "(not installed)"


if __name__ == "__main__":
    main()
