"""Faults seeded into copies of notebooks, figures and data are caught by the checks of `make test`.

Which check is there for which kind of fault:

| check                            | sees                                                                |
|----------------------------------|---------------------------------------------------------------------|
| nbval's comparison (`outputs`)   | a stored number, row, label or speaker that a run does not print    |
| norms (`norms`)                  | a number of the prose that no cell prints                           |
| `notebook_faults` (`pictures`)   | a picture or an alt text in a notebook that is not the figure's     |
| `manifest_faults` (`manifest`)   | a file that its manifest does not name, lost or changed             |
| `changes` (`figures`)            | a figure or its data that a run does not make, manifest and all     |
| tests of the digests (`digests`) | a name or figure in one half only, or one that was read by hand     |
| checksums (`checksums`)          | any change of data; the only check of rows that no notebook shows   |
| a fresh run (`run`)              | faults of data or style that reach an output, or stop a cell        |
"""

import ast
import base64
import copy
import csv
import hashlib
import json
import os
import random
import re
import shutil
from collections.abc import Callable
from contextlib import chdir
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

import nbformat
import pytest
from IPython.core.formatters import DisplayFormatter
from nbval.plugin import IPyNbCell, nocolors
from PIL import Image

import test_data
from conftest import ROOT, copy_of_project
from figures import changes, manifest_faults, notebook_faults, read_manifest
from luntan.charts.style import OF_LANGUAGE, PALETTE, style
from test_notebooks import problems

SKIPPED = ("metadata", "output_type", "name", "execution_count", "image/png")  # as nbval does
DIGESTS = [value for name, value in vars(test_data).items() if "halves" in name or "chinese_half" in name]
PARKS, ROUNDTABLE = "data/reports/science-parks-2017.md", "data/reports/innovation-roundtable-11.md"
GIANTS = "data/little-giants.csv"
Fault = Callable[[Path], object]


# ---- faults ---------------------------------------------------------------------------------------------


def replaced(file: str, old: str, new: str, folder: Path, *, count: int = 1) -> None:
    """Replace text in a file."""
    path = folder / file
    path.write_text(path.read_text("utf-8").replace(old, new, count), encoding="utf-8")


def in_output(number: int, old: str, new: str, folder: Path) -> None:
    """Replace a pattern once in every form of the stored outputs of a notebook, where it first occurs."""
    path = sorted((folder / "notebooks").glob("*.ipynb"))[number - 1]
    notebook = json.loads(path.read_text("utf-8"))
    for cell in notebook["cells"]:
        shown = [o["data"] for o in cell.get("outputs", []) if "data" in o]
        found = [(data, kind) for data in shown for kind in data if kind.startswith("text/")]
        if any(re.search(old, "".join(data[kind])) for data, kind in found):
            for data, kind in found:
                data[kind] = re.sub(old, new, "".join(data[kind]), count=1)
            break
    path.write_text(json.dumps(notebook), encoding="utf-8")


def in_picture(number: int, change: Callable[[bytes], bytes], folder: Path) -> None:
    """Change the first picture that a notebook stores."""
    path = sorted((folder / "notebooks").glob("*.ipynb"))[number - 1]
    notebook = json.loads(path.read_text("utf-8"))
    shown = [o["data"] for cell in notebook["cells"] for o in cell.get("outputs", []) if "data" in o]
    data = next(data for data in shown if "image/png" in data)
    data["image/png"] = base64.b64encode(change(base64.b64decode("".join(data["image/png"])))).decode()
    path.write_text(json.dumps(notebook), encoding="utf-8")


def row_changed(file: str, number: int, change: Callable[[list[str]], list[str]], folder: Path) -> None:
    """Change a row of a CSV file; an empty row is dropped."""
    with (folder / file).open(encoding="utf-8", newline="") as opened:
        rows = list(csv.reader(opened))
    rows[number] = change(rows[number])
    with (folder / file).open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened, lineterminator="\n").writerows(row for row in rows if row)


def cell_changed(column: int, change: Callable[[str], str], row: list[str]) -> list[str]:
    """Change one cell of a row."""
    return [*row[:column], change(row[column]), *row[column + 1 :]]


def one_more(number: str) -> str:
    """Change a number."""
    return str(float(number) + 1) if "." in number else str(int(number) + 1)


def recoloured(name: str, order: tuple[int, int, int], folder: Path) -> None:
    """Swap the bands of colour of a picture."""
    path = folder / "figures" / f"{name}.png"
    bands = Image.open(path).convert("RGB").split()
    Image.merge("RGB", [bands[band] for band in order]).save(path)


def painted(name: str, box: tuple[int, int, int, int], colour: str, folder: Path) -> None:
    """Paint over a part of a picture."""
    path = folder / "figures" / f"{name}.png"
    picture = Image.open(path).convert("RGB")
    picture.paste(colour, box)
    picture.save(path)


def copied(old: str, new: str, folder: Path) -> None:
    """Put one figure's file in the place of another's."""
    shutil.copy(folder / "figures" / old, folder / "figures" / new)


def hidden(fault: Fault, folder: Path) -> None:
    """Make a fault in figures/ and bring the manifest up to date, as somebody would who hides it."""
    fault(folder)
    path = folder / "figures" / "manifest.csv"
    text = path.read_text("utf-8")
    for name, row in read_manifest(folder / "figures").items():
        for kind, column in (("png", "png"), ("svg", "svg"), ("csv", "data")):
            data = (folder / "figures" / f"{name}.{kind}").read_bytes()
            text = text.replace(row[f"{column}_sha256"], hashlib.sha256(data).hexdigest())
    path.write_text(text, encoding="utf-8")


def redrawn(number: int, settings: dict, new: dict, folder: Path) -> None:
    """Run a notebook with other settings of the house style and keep the figures it makes."""
    path = sorted((folder / "notebooks").glob("*.ipynb"))[number - 1]
    places = {"LUNTAN_FIGURES": str(folder / "figures")}
    with patch.dict(settings, new), patch.dict(os.environ, places), chdir(path.parent):
        run(json.loads(path.read_text("utf-8")))


def faults() -> dict[str, tuple[Fault, tuple[int, ...]]]:
    """Return each fault with the notebooks that show what it touches; they are run again.

    Rows of the data are drawn by lot, not chosen.
    """
    lot = random.Random(2026)
    rows = lot.sample(range(1, 296), 10)
    dropped, relabelled = (lambda _: []), (lambda bound: "about" if bound == "exact" else "exact")
    svg = partial(replaced, "figures/acts.svg")
    stored: dict[str, Fault] = {
        "output: number changed": partial(in_output, 1, r"<td>104</td>", "<td>106</td>"),
        "output: number in text changed": partial(in_output, 6, r"0\.972", "0.979"),
        "output: count in a dict changed": partial(in_output, 7, r"13", "14"),
        "output: row dropped": partial(in_output, 1, r"(?s)<tr>\s*<th>2</th>.*?</tr>", ""),
        "output: row of text dropped": partial(in_output, 2, r"date +3\n", ""),
        "output: label swapped": partial(in_output, 1, r"<td>mixed</td>", "<td>zh</td>"),
        "output: sentence re-attributed": partial(in_output, 3, r"Li Xinnan", "Xu Minghua"),
        "output: locator moved": partial(in_output, 5, r"843-847", "844-847"),
        "prose: number changed": partial(replaced, "notebooks/01-corpus.ipynb", "2,597", "2,579"),
        "prose: n of a caption changed": partial(
            replaced, "notebooks/06-findings.ipynb", "n = 140", "n = 141"
        ),
        "notebook: picture replaced": partial(
            in_picture, 3, lambda _: (ROOT / "figures/basis.png").read_bytes()
        ),
        "notebook: picture broken off": partial(in_picture, 5, lambda data: data[:-40]),
        "notebook: alt text changed": partial(in_output, 4, r"(figure [\w-]+:) \w+", r"\1 Three"),
    }
    drawn: dict[str, Fault] = {
        "number changed": partial(row_changed, "figures/acts.csv", 2, partial(cell_changed, 2, one_more)),
        "row dropped": partial(row_changed, "figures/theme-profile.csv", 3, dropped),
        "label swapped": partial(
            row_changed, "figures/basis.csv", 1, partial(cell_changed, 1, lambda _: "en")
        ),
        "sentence re-attributed": partial(
            replaced, "figures/speech-by-sector.csv", "innovation-roundtable-11:1585-1715 ", ""
        ),
        "picture replaced": partial(copied, "basis.png", "acts.png"),
        "drawing replaced": partial(copied, "basis.svg", "acts.svg"),
        "colours swapped": partial(recoloured, "acts", (2, 1, 0)),
        "colours of a cloud swapped": partial(recoloured, "wordcloud-zh", (1, 0, 2)),
        "colours of a drawing swapped": partial(svg, "#0072b2", "#d55e00", count=-1),
        "label painted over": partial(painted, "theme-profile", (0, 100, 120, 115), "white"),
        "bar made longer": partial(painted, "your-speakers", (400, 60, 500, 70), "#0072b2"),
    }
    faces, languages = style()["font.family"], {"en": PALETTE[1], "zh": PALETTE[0]}
    plain: dict[str, Fault] = {
        "style: Latin face lost": partial(redrawn, 5, style(), {"font.family": faces[1:]}),
        "style: larger type": partial(redrawn, 5, style(), {"font.size": 10.5}),
        "style: colours of languages swapped": partial(redrawn, 3, OF_LANGUAGE, languages),
        "figure: file lost": lambda folder: (folder / "figures/acts.svg").unlink(),
        "figure: data lost": lambda folder: (folder / "figures/basis.csv").unlink(),
        "manifest: row dropped": partial(row_changed, "figures/manifest.csv", 4, dropped),
        "manifest: alt text changed": partial(replaced, "figures/manifest.csv", "Stacked", "Grouped"),
        "manifest: number of rows changed": partial(
            row_changed, "figures/manifest.csv", 2, partial(cell_changed, 5, one_more)
        ),
    }
    value, bound = partial(cell_changed, 3, one_more), partial(cell_changed, 5, relabelled)
    data: dict[str, tuple[Fault, tuple[int, ...]]] = {
        **{
            f"data: number changed in row {n}": (partial(row_changed, GIANTS, n, value), (5, 6))
            for n in rows[:5]
        },
        **{
            f"data: label changed in row {n}": (partial(row_changed, GIANTS, n, bound), (5, 6))
            for n in rows[5:8]
        },
        **{f"data: row {n} dropped": (partial(row_changed, GIANTS, n, dropped), (5, 6)) for n in rows[8:]},
        "digest: number changed in one half": (partial(replaced, PARKS, "260", "280"), ()),
        "digest: number changed in both halves": (partial(replaced, PARKS, "106", "108", count=2), (5,)),
        "digest: speaker changed in one half": (
            partial(replaced, PARKS, "said Zhao Hong (赵弘)", "said Shu Chang"),
            (3,),
        ),
        "digest: sentence re-attributed": (partial(replaced, PARKS, "赵弘说", "舒畅说"), (3,)),
        "digest: sentence dropped": (
            partial(replaced, PARKS, "赵弘说，中关村借助“试点政策”吸引高端企业。", ""),
            (1,),
        ),
        "digest: names swapped": (partial(replaced, ROUNDTABLE, "Lu Wei", "Fang Xin", count=-1), (3,)),
    }
    still = {f"figure: {name}": fault for name, fault in drawn.items()}
    sly = {f"figure and manifest: {name}": partial(hidden, fault) for name, fault in drawn.items()}
    return {name: (fault, ()) for name, fault in {**stored, **still, **sly, **plain}.items()} | data


# ---- checks ---------------------------------------------------------------------------------------------


def snapshot(folder: Path) -> dict[str, bytes]:
    """Return the bytes of all files of a folder by path."""
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def outputs_differ(stored: dict, fresh: dict) -> bool:
    """Ask nbval's own comparison whether it would fail a cell."""
    judge = SimpleNamespace(sanitize=str, colors=nocolors, format_output_compare=lambda *_: None)
    sides = [nbformat.from_dict(notebook)["cells"] for notebook in (fresh, stored)]
    pairs = [(new["outputs"], old["outputs"]) for new, old in zip(*sides, strict=True) if "outputs" in new]
    return not all(IPyNbCell.compare_outputs(judge, new, old, SKIPPED) for new, old in pairs)


def digests_fail(folder: Path, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Ask the tests of the data about a copy of the data."""
    monkeypatch.setattr(test_data, "DATA", folder / "data")
    test_data.read_digest.cache_clear()
    try:
        for check in DIGESTS:
            for doc_id in test_data.PEOPLE:
                check(doc_id)
        test_data.test_little_giants_are_sorted_and_complete()
    except (AssertionError, StopIteration):
        return True
    finally:
        monkeypatch.undo()
        test_data.read_digest.cache_clear()
    return False


def run(notebook: dict) -> dict:
    """Run a notebook in this process, which takes a fifth of the time of a kernel; return its outputs."""
    show, names = DisplayFormatter().format, {"__name__": "__main__"}
    notebook = copy.deepcopy(notebook)
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            body = ast.parse("".join(cell["source"])).body
            last = body.pop() if isinstance(body[-1], ast.Expr) else None
            exec(compile(ast.Module(body, []), "cell", "exec"), names)
            value = eval(compile(ast.Expression(last.value), "cell", "eval"), names) if last else None
            cell["outputs"] = [{"data": show(value)[0]}] if value is not None else []
    return notebook


def shown(notebook: dict) -> list[str]:
    """Return what each cell shows, tables as HTML since their text depends on the width of the window."""
    data = [o["data"] for cell in notebook["cells"] for o in cell.get("outputs", [])]
    return ["".join(forms.get("text/html", forms["text/plain"])) for forms in data]


def run_differs(numbers: tuple[int, ...], folder: Path, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Run notebooks on a copy of the data and compare what they show and draw with what is committed."""
    fresh = folder / "fresh"
    fresh.mkdir()
    monkeypatch.setenv("LUNTAN_FIGURES", str(fresh))
    monkeypatch.chdir(folder / "notebooks")
    try:
        for number in numbers:
            stored = json.loads(next(Path().glob(f"0{number}-*.ipynb")).read_text("utf-8"))
            if shown(run(stored)) != shown(stored):
                return True
    except (AssertionError, KeyError, IndexError, ValueError):
        return True
    finally:
        monkeypatch.undo()
    return any(found != ["is made no longer"] for found in changes(folder / "figures", fresh).values())


def caught_by(folder: Path, numbers: tuple[int, ...], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Name the checks of `make test` that fail on a copy of the project."""
    figures = folder / "figures"
    names = [path.name for path in sorted((ROOT / "notebooks").glob("*.ipynb"))]
    pairs = [
        [json.loads((root / "notebooks" / name).read_text("utf-8")) for root in (folder, ROOT)]
        for name in names
    ]
    changed = [(stored, real) for stored, real in pairs if stored != real]
    checks: dict[str, Callable[[], object]] = {
        "outputs": lambda: any(outputs_differ(stored, real) for stored, real in changed),
        "norms": lambda: any(problems(stored) for stored, _ in changed),
        "pictures": lambda: any(list(notebook_faults(stored, figures)) for stored, _ in pairs),
        "manifest": lambda: manifest_faults(figures),
        "figures": lambda: changes(figures, ROOT / "figures"),
        "digests": lambda: digests_fail(folder, monkeypatch),
        "checksums": lambda: test_data.checksum_faults(folder / "data"),
        "run": lambda: bool(numbers) and run_differs(numbers, folder, monkeypatch),
    }
    return [name for name, fails in checks.items() if fails()]


# ---- tests ----------------------------------------------------------------------------------------------


def test_checks_find_nothing_in_a_copy_without_fault(tmp_path, monkeypatch):
    assert caught_by(copy_of_project(tmp_path), (1, 3, 5, 6), monkeypatch) == []


def test_checks_catch_seeded_faults(tmp_path, monkeypatch):
    caught = {}
    for number, (name, (fault, numbers)) in enumerate(faults().items()):
        folder = copy_of_project(tmp_path / str(number))
        before = snapshot(folder)
        fault(folder)
        assert snapshot(folder) != before, f"the fault changed nothing: {name}"
        caught[name] = caught_by(folder, numbers, monkeypatch)
        shutil.rmtree(folder)
        print(name, *caught[name], sep="  ")
    missed = [name for name, checks in caught.items() if not checks]
    assert len(caught) >= 40
    assert len(missed) <= 0.05 * len(caught), missed
