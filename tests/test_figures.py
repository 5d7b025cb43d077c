"""The committed figures are whole, are those that the notebooks show, and are made again today.

nbval runs the notebooks but compares no picture; `fresh_figures` are what its run, or one of our own, saved.
"""

import csv
import json
import re
import shutil
from html import unescape

import matplotlib as mpl
import pandas as pd
import pytest

import luntan as lt
from conftest import ROOT
from figures import (
    TOLERANCE,
    changes,
    diff_page,
    manifest_faults,
    notebook_faults,
    picture_distance,
    read_data,
    read_manifest,
)
from luntan.charts.style import style
from test_notebooks import NOTEBOOKS

FIGURES = ROOT / "figures"
PAGE = ROOT / ".venv" / "cache" / "figures-diff" / "index.html"
ALT = "Two bars: talent has three hits, finance has one hit."
OTHER_FACE = style()["font.family"][1:]
COUNTS = pd.DataFrame({"theme": ["人才 talent", "金融 finance"], "n": [3, 1]})


def test_manifest_agrees_with_the_files():
    assert manifest_faults(FIGURES) == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_notebook_shows_the_committed_figures(path):
    assert list(notebook_faults(json.loads(path.read_text("utf-8")), FIGURES)) == []


def test_notebooks_make_the_committed_figures_again(fresh_figures):
    faults = changes(FIGURES, fresh_figures)
    if faults:
        PAGE.parent.mkdir(parents=True, exist_ok=True)
        PAGE.write_text(diff_page(faults, FIGURES, fresh_figures), encoding="utf-8")
        said = "\n".join(f"{name}: {'; '.join(found)}" for name, found in faults.items())
        pytest.fail(f"{said}\nSee old and new side by side in {PAGE.relative_to(ROOT)}", pytrace=False)


def test_marks_of_the_figures_lead_to_rows_that_name_them(fresh_figures):
    unlinked = set()
    for name in read_manifest(fresh_figures):
        _, *rows = read_data((fresh_figures / f"{name}.csv").read_bytes())
        svg = (fresh_figures / f"{name}.svg").read_text("utf-8")
        links = re.findall(r'<a xlink:href="([^"]*)#row-([0-9]+)"><title>(.*)</title>', svg)
        unlinked |= set() if links else {name}
        for page, row, title in links:
            assert page == f"{name}.html"
            words = [cell for cell in rows[int(row) - 1] if len(cell) > 3 or not cell.isdigit()]
            assert any(cell and cell in unescape(title) for cell in words), (name, row, title)
    assert unlinked == set()


@pytest.fixture
def draw(tmp_path, monkeypatch):
    """Return a function that changes a chart, saves it in a folder of its own, and returns the folder."""

    def draw_in(name, change=None, table=COUNTS):
        monkeypatch.setenv("LUNTAN_FIGURES", str(tmp_path / name))
        figure = lt.plot_counts(table, "theme")
        if change:
            change(figure.axes[0])
        lt.save_figure(figure, "themes", alt=ALT, data=table)
        return tmp_path / name

    return draw_in


@pytest.mark.parametrize("setting", ["text.antialiased", "path.snap"])
def test_changes_passes_another_way_to_draw_the_same(draw, setting):
    old = draw("old")
    with mpl.rc_context({setting: False}):
        new = draw("new")
    assert 0 < picture_distance(old / "themes.png", new / "themes.png") <= TOLERANCE
    assert changes(old, new) == {}


@pytest.mark.parametrize(
    "change",
    [
        lambda axes: axes.patches[0].set_facecolor("#E69F00"),
        lambda axes: axes.patches[0].set_width(3.1),
        lambda axes: axes.set_yticks([1, 0], ["人才 talent", "金融 finance"]),
        lambda axes: axes.texts[0].set_text("31"),
        lambda axes: axes.texts[0].set_position((12, 0)),
        lambda axes: [label.set_fontfamily(OTHER_FACE) for label in axes.get_yticklabels()],
    ],
    ids=["colour", "bar", "labels swapped", "number", "label moved", "face lost"],
)
def test_changes_sees_another_chart_even_where_fonts_rasterise_otherwise(draw, change):
    assert changes(draw("old"), draw("new", change)).keys() == {"themes"}


def test_changes_demands_the_same_bytes_where_most_are_the_same(tmp_path):
    shutil.copytree(FIGURES, tmp_path / "new")
    manifest = tmp_path / "new" / "manifest.csv"
    old = next(csv.reader(manifest.read_text("utf-8").splitlines()[1:]))
    manifest.write_text(manifest.read_text("utf-8").replace(old[2], "0" * 64), encoding="utf-8")
    assert changes(FIGURES, tmp_path / "new") == {old[0]: ["png_sha256 differs"]}


def test_diff_page_shows_rows_and_pictures_and_runs_nothing(draw):
    hostile = COUNTS.assign(theme=["<script>alert(1)</script>", "金融 finance"])
    old, new = draw("old"), draw("new", table=hostile)
    page = diff_page(changes(old, new), old, new)
    assert page.count("<img ") == page.count('src="data:image/png;base64,') == 3
    assert "<pre>- 人才 talent,3</pre>" in page
    assert "<pre>+ &lt;script&gt;alert(1)&lt;/script&gt;,3</pre>" in page
    assert "<script" not in page
    assert "default-src 'none'" in page
