"""The notebooks keep their norms: short cells, prose around them, captions, no trace of one machine or run.

That they run, and still print what they store, is nbval's part of `make test`.
"""

import ast
import copy
import json
import re
from collections.abc import Callable, Iterator
from statistics import median

import pytest

from conftest import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
ABSOLUTE = re.compile(r"(?<![\w.:/<~-])(?:/(?:home|root|Users|tmp|var|usr|mnt|opt|private|work)/|[A-Z]:\\)\w")


def source(cell: dict) -> str:
    """Return a cell's text, which is stored as one string or as a list of lines."""
    return "".join(cell["source"])


def code_cells(notebook: dict) -> list[dict]:
    """Return the code cells that hold anything."""
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code" and source(cell).strip()]


def outputs(notebook: dict) -> Iterator[tuple[int, dict]]:
    """Yield each output with the number of its code cell."""
    for number, cell in enumerate(code_cells(notebook), 1):
        yield from ((number, output) for output in cell["outputs"])


def problems(notebook: dict) -> list[str]:
    """List everything in which a notebook breaks the norms, in words; none is an empty list."""
    checks = (layout, title, captions, code_style, code_shape, execution, displayed, traces, unprinted)
    return [problem for check in checks for problem in check(notebook)]


def layout(notebook: dict) -> Iterator[str]:
    """Hold the lengths: code cells, prose between them, the whole file."""
    lengths = [sum(bool(line.strip()) for line in source(cell).splitlines()) for cell in code_cells(notebook)]
    prose = sum(cell["cell_type"] == "markdown" for cell in notebook["cells"])
    if lengths and median(lengths) > 4:
        yield f"the median code cell has {median(lengths)} lines; 4 are allowed"
    if max(lengths, default=0) > 15:
        yield f"the longest code cell has {max(lengths)} lines; 15 are allowed"
    if 3 * prose < 2 * len(lengths):
        yield f"{prose} prose cells for {len(lengths)} code cells; 2 for every 3 are needed"
    if len(json.dumps(notebook, ensure_ascii=False, indent=1).encode()) > 300_000:
        yield "the file is larger than 300 KB"


def title(notebook: dict) -> Iterator[str]:
    """The first cell is a Markdown title that asks a question."""
    first = notebook["cells"][0]
    line = source(first).partition("\n")[0].rstrip()
    if first["cell_type"] != "markdown" or not re.match(r"# .*[?？]$", line):
        yield f"the first cell is not a title that asks a question: {line!r}"


def captions(notebook: dict) -> Iterator[str]:
    """Every saved figure is followed by a caption with its n and its source."""
    for cell, after in zip(notebook["cells"], [*notebook["cells"][1:], None], strict=True):
        if cell["cell_type"] == "code" and re.search(r"\bsave_figure\(", source(cell)):
            caption = source(after) if after and after["cell_type"] == "markdown" else ""
            if not (re.search(r"\bn\s*=\s*\d", caption) and re.search(r"source|来源", caption, re.I)):
                yield f"no caption with 'n = …' and a source after: {source(cell)!r}"


def code_style(notebook: dict) -> Iterator[str]:
    """No shell or magic lines, and no trailing semicolon, which nbval trips over."""
    for number, cell in enumerate(code_cells(notebook), 1):
        if re.search(r"^\s*[!%]|\bget_ipython\(", source(cell), re.M):
            yield f"code cell {number} has a shell or magic line"
        if source(cell).rstrip().endswith(";"):
            yield f"code cell {number} ends in a semicolon"


def code_shape(notebook: dict) -> Iterator[str]:
    """No function over 5 lines: longer ones belong in the package."""
    for number, cell in enumerate(code_cells(notebook), 1):
        try:
            nodes = list(ast.walk(ast.parse(source(cell))))
        except SyntaxError:
            yield f"code cell {number} is not plain Python"
            continue
        for node in nodes:
            if (
                isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
                and node.end_lineno - node.lineno >= 5
            ):
                yield f"code cell {number} defines {node.name} in more than 5 lines"


def execution(notebook: dict) -> Iterator[str]:
    """Executed once, from top to bottom, without an error or a warning."""
    counts = [cell["execution_count"] for cell in code_cells(notebook)]
    if counts != list(range(1, len(counts) + 1)):
        yield f"not executed 1…n: {counts}"
    for number, output in outputs(notebook):
        if output["output_type"] == "error" or output.get("name") == "stderr":
            yield f"code cell {number} put out an error or a warning"


def displayed(notebook: dict) -> Iterator[str]:
    """No table over 20 rows; the header does not count."""
    for number, output in outputs(notebook):
        markup = "".join(output.get("data", {}).get("text/html", ""))
        for table in re.split(r"(?=<table\b)", markup):
            rows = len(re.findall(r"<tr\b", re.sub(r"<thead.*?</thead>", "", table, flags=re.S)))
            if rows > 20:
                yield f"code cell {number} displays a table of {rows} rows; 20 are allowed"


def traces(notebook: dict) -> Iterator[str]:
    """Nothing that differs from one machine or one run to the next."""
    metadata = notebook["metadata"]
    if metadata.get("kernelspec", {}).get("name") != "python3":
        yield "the kernelspec is not python3"
    if "version" in metadata.get("language_info", {}):
        yield "the metadata name a Python version"
    if any("execution" in cell["metadata"] for cell in notebook["cells"]):
        yield "the cells carry execution times"
    texts = [source(cell) for cell in notebook["cells"]]
    for _, output in outputs(notebook):
        shown = {"text/plain": output.get("text", "")} | output.get("data", {})
        texts.extend("".join(text) for kind, text in shown.items() if kind.startswith("text/"))
    yield from (f"absolute path: {match}" for text in texts for match in ABSOLUTE.findall(text))


def unprinted(notebook: dict) -> Iterator[str]:
    """Every number in the prose is in a cell or its output; years, quotations and single digits are free."""
    texts = [source(cell) for cell in code_cells(notebook)]
    for _, output in outputs(notebook):
        shown = {"text/plain": output.get("text", "")} | output.get("data", {})
        texts.extend("".join(text) for kind, text in shown.items() if kind.startswith("text/"))
    known = {number for text in texts for number in numbers(text)}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            said = re.sub(
                r"“[^”]*”|https?://\S+|CC BY [\d.]+|\(0\d\)|notebook 0\d|`[^`]*`", " ", source(cell)
            )
            free = (number for number in numbers(said) if re.fullmatch(r"\d|(?:19|20)\d\d", number))
            yield from (f"no cell prints {number}" for number in sorted({*numbers(said)} - known - {*free}))


def numbers(text: str) -> Iterator[str]:
    """Yield the numbers of a text without thousands marks and without zeros that end a decimal."""
    for found in re.findall(r"(?<![A-Za-z0-9_.])\d[\d,]*(?:\.\d+)?", text):
        number = found.replace(",", "")
        yield number.rstrip("0").rstrip(".") if "." in number else number


def test_there_are_at_least_six_notebooks():
    assert len(NOTEBOOKS) >= 6, f"notebooks/ holds {len(NOTEBOOKS)}"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_notebook_keeps_the_norms(path):
    assert problems(json.loads(path.read_text(encoding="utf-8"))) == []


def code(text: str, count: int | None = 1, *results: dict) -> dict:
    """Make a code cell."""
    return {
        "cell_type": "code",
        "source": text,
        "execution_count": count,
        "metadata": {},
        "outputs": [*results],
    }


def prose(text: str) -> dict:
    """Make a Markdown cell."""
    return {"cell_type": "markdown", "source": text, "metadata": {}}


def html(text: str) -> dict:
    """Make a displayed HTML output."""
    return {"output_type": "display_data", "data": {"text/html": [text]}, "metadata": {}}


GOOD = {
    "metadata": {"kernelspec": {"name": "python3"}, "language_info": {"name": "python"}},
    "cells": [
        prose("# What do we have, and from whom?\n\nText, with a link to https://example.org/home/x."),
        code("table = 7 % 2\ntable", 1, html("<table><thead><tr></tr></thead>" + "<tr></tr>" * 20)),
        prose("Why."),
        code('lt.save_figure(figure, "speakers")\nassert len(table) == 20', 2),
        prose("Figure 1. Speakers by sector; n = 20; source: the five digests, 2026."),
    ],
}  # fmt: skip
SEEDED: dict[str, Callable[[dict], object]] = {
    "median": lambda nb: nb["cells"].__setitem__(slice(1, 4), [code("a = 1\n" * 5)]),
    "longest": lambda nb: nb["cells"].insert(1, code("a = 1\n" * 16)),
    "prose cells": lambda nb: nb["cells"].extend(code("1") for _ in range(9)),
    "300 KB": lambda nb: nb["cells"].append(prose("字" * 100_001)),
    "asks a question": lambda nb: nb["cells"].__setitem__(0, prose("# Our data\n\nWhat is it?")),
    "no caption": lambda nb: nb["cells"].pop(),
    "a source": lambda nb: nb["cells"].__setitem__(4, prose("Figure 1, n = 20.")),
    "semicolon": lambda nb: nb["cells"][3].update(source="figure;\n"),
    "magic": lambda nb: nb["cells"][3].update(source="%matplotlib inline"),
    "shell": lambda nb: nb["cells"][3].update(source="!pip list"),
    "plain Python": lambda nb: nb["cells"][3].update(source="print 1"),
    "more than 5": lambda nb: nb["cells"][3].update(source="def f():\n" + "    a = 1\n" * 5),
    "1…n": lambda nb: nb["cells"][3].update(execution_count=3),
    "an error": lambda nb: nb["cells"][1]["outputs"].append({"output_type": "error", "ename": "KeyError"}),
    "a warning": lambda nb: nb["cells"][1]["outputs"].append(
        {"output_type": "stream", "name": "stderr", "text": "x"}
    ),
    "21 rows": lambda nb: nb["cells"][1]["outputs"].append(html("<table>" + "<tr>" * 21)),
    "kernelspec": lambda nb: nb["metadata"]["kernelspec"].update(name="luntan"),
    "Python version": lambda nb: nb["metadata"]["language_info"].update(version="3.11.7"),
    "execution times": lambda nb: nb["cells"][1]["metadata"].update(execution={"iopub.status.busy": "x"}),
    "absolute path": lambda nb: nb["cells"][3].update(source='open("/home/me/a.csv")'),
    "no cell prints 0.89": lambda nb: nb["cells"][2].update(source="On 20 of 3 days in 2019: 0.890."),
    "no cell prints 1742": lambda nb: nb["cells"][2].update(source="In all 1,742 firms."),
    "path: C:": lambda nb: nb["cells"][1]["outputs"].append(html(r"C:\Users\me")),
}


def test_problems_finds_none_in_a_good_notebook():
    assert problems(GOOD) == []


@pytest.mark.parametrize("name", SEEDED)
def test_problems_catches_a_seeded_violation(name):
    notebook = copy.deepcopy(GOOD)
    SEEDED[name](notebook)
    assert any(name in problem for problem in problems(notebook)), problems(notebook)
