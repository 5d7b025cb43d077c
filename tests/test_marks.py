"""Marks of charts: each leads to its own row, lies where it is drawn, and costs the PNG not a byte."""

import io
import re
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.colors import to_rgb
from PIL import Image

import luntan as lt
from luntan.charts.marks import ROWS_LINKED, SMALLEST, _grown, marks_of
from luntan.charts.style import PALETTE

ALT = "A chart whose marks are links to the rows of its data."
HOSTILE = '"><script>alert(1)</script>\x00&amp;\n</title>'
SVG, HREF = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}href"

COUNTS = pd.DataFrame(
    {"theme": ["人才", "人才", "R&D", "finance"], "lang": ["en", "zh", "zh", "en"], "n": [30, 1, 9, 7]}
)
WORDS = pd.DataFrame({"group": "zh", "term": ["人才", "R&D", "talent", "企业"], "n": [9, 5, 2, 1]})
SHARES = pd.DataFrame({"sector": ["园区", "firms", "not told"], "en": [0.2, 0.5, 0.3], "zh": [0.1, 0.5, 0.4]})
SCORED = pd.DataFrame({
    "term": ["人才", "x", "y", "talent"], "g2": [9.0, 4.0, 0.0, -6.0], "log_ratio": [4.0, 2.0, 0.0, -3.0],
    "low": [1.0, -np.inf, 0.0, -9.0], "high": [7.0, np.inf, 0.0, 3.0],
})  # fmt: skip
SERIES = pd.DataFrame(
    {"batch": ["1", "1", "2"], "value": [248.0, 300.5, 1744.0], "bound": ["exact", "at_least", "exact"]}
)
EDGES = pd.DataFrame({
    "actor": ["王芳", "王芳", "Li Hua"], "theme": ["talent", "finance", "talent"],
    "label": ["Talent", "Finance", "Talent"], "label_zh": ["人才", "金融", "人才"],
    "weight": [3, 1, 2], "support": [0, 1, 0], "call": 0, "oppose": 0,
})  # fmt: skip


@pytest.fixture
def links_of(tmp_path, monkeypatch):
    """Return a function that saves a figure and returns its links: row, title and box of each."""
    monkeypatch.setenv("LUNTAN_FIGURES", str(tmp_path))

    def save(figure, data):
        lt.save_figure(figure, "chart", alt=ALT, data=data)
        links = []
        for link in ElementTree.parse(tmp_path / "chart.svg").iter(f"{SVG}a"):
            page, row = link.get(HREF).split("#row-")
            assert page == "chart.html"
            points = corners(link.find(f"{SVG}path").get("d"))
            links.append((int(row), link.find(f"{SVG}title").text, points))
        return links

    return save


def corners(path):
    """Return left, top, right and bottom of an outline."""
    along = re.sub(r"M(\S+) (\S+)H(\S+)V(\S+)H\S+z", r"M\1 \2L\3 \4z", path)
    points = np.array([point.split() for point in re.split("[MLz]", along) if point], dtype=float)
    return np.array([*points.min(axis=0), *points.max(axis=0)])


CHARTS = {
    "counts": (lambda t: lt.plot_counts(t, "theme", hue="lang"), COUNTS, "{theme}, {lang}: {n}"),
    "wordcloud": (lt.plot_wordcloud, WORDS, "{term}: {n}"),
    "matrix": (lambda t: lt.plot_matrix(t, row="theme", column="lang"), COUNTS, "{theme}, {lang}: {n}"),
    "keyness": (
        lambda t: lt.plot_keyness(t, names={"target": "a", "reference": "b"}),
        SCORED,
        "{term}: {log_ratio:.3g}",
    ),
}


@pytest.mark.parametrize("kind", CHARTS)
def test_each_mark_leads_to_the_row_it_was_drawn_from(kind, links_of):
    plot, table, title = CHARTS[kind]
    # The data may be in another order, and have rows and columns that are not drawn.
    more = table.iloc[[0]].assign(**dict.fromkeys(table.columns[:2], "another"))
    data = pd.concat([more, table]).iloc[::-1].assign(evidence="a:0-1")
    drawn = table[table["g2"] != 0] if kind == "keyness" else table
    wanted = {title.format(**row) for row in drawn.to_dict("records")}
    found = links_of(plot(table), data)
    assert {name for _, name, _ in found} == wanted
    assert [title.format(**data.iloc[row - 1]) for row, _, _ in found] == [name for _, name, _ in found]


def test_each_dot_of_a_pair_leads_to_the_row_that_has_both_numbers(links_of):
    found = links_of(lt.plot_pairs(SHARES, "sector", values=["en", "zh"]), SHARES.iloc[::-1])
    assert {(name, row) for row, name, _ in found} == {
        ("园区, en: 0.2", 3), ("园区, zh: 0.1", 3), ("firms, en: 0.5", 2),
        ("firms, zh: 0.5", 2), ("not told, en: 0.3", 1), ("not told, zh: 0.4", 1),
    }  # fmt: skip


def test_values_that_coincide_share_a_mark_that_says_so(links_of):
    twice = pd.concat([SERIES, SERIES.iloc[[0]]])
    assert sorted((row, name) for row, name, _ in links_of(lt.plot_series(twice, "batch"), twice)) == [
        (1, "1, exact: 248 (first of 2 rows)"),
        (2, "1, at least: 300.5"),
        (3, "2, exact: 1,744"),
    ]


def test_nodes_and_lines_of_a_network_lead_to_their_edges(links_of):
    found = links_of(lt.plot_network(EDGES), EDGES)
    assert {(name, row) for row, name, _ in found} == {
        ("王芳, 人才 Talent: 3", 1), ("王芳, 金融 Finance: 1", 2), ("Li Hua, 人才 Talent: 2", 3),
        ("王芳 4 (first of 2 rows)", 1), ("Li Hua 2", 3),
        ("5 人才 Talent (first of 2 rows)", 1), ("1 金融 Finance", 2),
    }  # fmt: skip
    # Blue lines are drawn above grey ones, and nodes above both.
    assert [name for _, name, _ in found].index("王芳, 金融 Finance: 1") == 2
    box = {name: corners for _, name, corners in found}
    start, end = box["Li Hua 2"], box["5 人才 Talent (first of 2 rows)"]
    middles = [(start[0] + start[2]) / 2, (end[0] + end[2]) / 2]
    assert box["Li Hua, 人才 Talent: 2"][[0, 2]] == pytest.approx(middles, abs=1.6)


def test_charts_of_other_data_have_no_links(links_of):
    pairs = lt.plot_pairs(SHARES, "sector", values=["en", "zh"])
    long = SHARES.melt("sector", var_name="half", value_name="n")
    assert links_of(pairs, long) == []
    assert links_of(pairs, SHARES.assign(zh=0.9))[0][1] == "园区, en: 0.2"
    assert len(links_of(pairs, SHARES.assign(zh=0.9))) == 3
    assert links_of(lt.plot_counts(COUNTS, "theme", hue="lang"), COUNTS.drop(columns="lang")) == []


def test_no_mark_leads_to_a_row_that_no_page_shows(links_of):
    head = pd.concat([COUNTS.iloc[[0]]] * (ROWS_LINKED - 1))
    data = pd.concat([head, COUNTS.iloc[1:]], ignore_index=True)
    found = links_of(lt.plot_counts(COUNTS, "theme", hue="lang"), data)
    assert {row for row, _, _ in found} == {1, ROWS_LINKED}


def ink(figure, colour, near):
    """Return left, top, right and bottom of what nearly has a colour, in points."""
    drawn = io.BytesIO()
    figure.savefig(drawn, format="png", dpi=72)
    pixels = np.asarray(Image.open(drawn).convert("RGB")).astype(int)
    rows, columns = np.nonzero(np.abs(pixels - 255 * np.array(to_rgb(colour))).max(axis=2) < near)
    return np.array([columns.min(), rows.min(), columns.max() + 1, rows.max() + 1])


LONE = {
    "bar": (lambda: lt.plot_counts(COUNTS.tail(1), "theme"), COUNTS.assign(lang="en"), PALETTE[0]),
    "part": (lambda: lt.plot_counts(COUNTS.head(3), "theme", hue="lang"), COUNTS.head(1), PALETTE[0]),
    "cell": (lambda: lt.plot_matrix(COUNTS, row="theme", column="lang"), COUNTS.head(1), "#08306b"),
    "word": (lambda: lt.plot_wordcloud(WORDS.tail(1)), WORDS, PALETTE[sum("企业".encode()) % 7]),
    "dot": (lambda: lt.plot_pairs(SHARES.head(1), "sector", values=["en", "zh"]), SHARES, "#E69F00"),
    "point": (lambda: lt.plot_series(SERIES.head(1), "batch"), SERIES, PALETTE[0]),
    "whisker": (lambda: CHARTS["keyness"][0](SCORED.head(1)), SCORED, PALETTE[0]),
    "line": (lambda: lt.plot_network(EDGES.iloc[[1]]), EDGES.iloc[[1]], PALETTE[0]),
}


@pytest.mark.parametrize("kind", LONE)
def test_shapes_lie_over_what_is_drawn(kind, links_of):
    plot, data, colour = LONE[kind]
    figure = plot()
    # A legend shows the same colours.
    for legend in [*figure.legends, *filter(None, [figure.axes[0].get_legend()])]:
        legend.remove()
    shape = links_of(figure, data)[1 if kind == "dot" else 0][2]
    # A thin line is never quite of its colour.
    drawn = ink(figure, colour, near=60 if kind == "line" else 20)
    # Glyphs have room at their sides, and the ends of lines lie under nodes.
    slack = 2 + 0.03 * (drawn[2:] - drawn[:2])
    assert (np.abs((shape[:2] + shape[2:]) - (drawn[:2] + drawn[2:])) / 2 <= slack).all()
    assert (shape[:2] <= drawn[:2] + 2).all()
    assert (shape[2:] >= drawn[2:] - 2).all()
    assert (shape[2:] - shape[:2] <= np.maximum(drawn[2:] - drawn[:2], SMALLEST) + 2 * slack).all()


def test_small_marks_are_large_enough_to_hit(links_of):
    found = {name: box for _, name, box in links_of(lt.plot_series(SERIES, "batch"), SERIES)}
    box = found["2, exact: 1,744"]
    assert box[2:] - box[:2] == pytest.approx(SMALLEST, abs=0.2)


@given(st.lists(st.tuples(*[st.integers(0, 60)] * 2, *[st.integers(1, 15)] * 2), min_size=1, max_size=12))
def test_grown_marks_cover_no_other_mark(places):
    boxes = np.array([(x, y, x + wide, y + high) for x, y, wide, high in places], dtype=float)
    grown = _grown(boxes)
    for at, box in enumerate(grown):
        assert (box[:2] <= boxes[at, :2]).all()
        assert (box[2:] >= boxes[at, 2:]).all()
        for other in np.delete(boxes, at, axis=0):
            before, after = overlap(boxes[at], other), overlap(box, other)
            assert after == before


def overlap(one, other):
    return np.clip(np.minimum(one[2:], other[2:]) - np.maximum(one[:2], other[:2]), 0, None).prod()


def test_a_lone_mark_grows_and_marks_side_by_side_grow_apart():
    lone, wide = [0, 0, 2, 20], [-4, 0, 6, 20]
    assert _grown(np.array([lone], dtype=float)).tolist() == [wide]
    touching = np.array([[0, 0, 2, 2], [2, 0, 30, 2]], dtype=float)
    assert _grown(touching).tolist() == [[0, -4, 2, 6], [2, -4, 30, 6]]


def test_marks_change_no_byte_of_the_picture(links_of, tmp_path):
    plot = CHARTS["counts"][0]
    assert links_of(plot(COUNTS), COUNTS)
    linked = {kind: (tmp_path / f"chart.{kind}").read_bytes() for kind in ("png", "svg")}
    bare = plot(COUNTS)
    marks_of(bare.axes[0]).clear()
    assert links_of(bare, COUNTS) == []
    assert (tmp_path / "chart.png").read_bytes() == linked["png"]
    assert linked["svg"].startswith((tmp_path / "chart.svg").read_bytes().removesuffix(b"</svg>\n"))


def test_hostile_labels_stay_text(links_of, tmp_path):
    table = COUNTS.assign(theme=[HOSTILE, "b", "c", "d"])
    # The face draws no control character; the name of a mark must do without a check.
    figure = lt.plot_counts(table.assign(theme=["a", "b", "c", "d"]), "theme", hue="lang")
    first = marks_of(figure.axes[0])[0]
    hostile = replace(first, key={"theme": HOSTILE, "lang": "en"}, name=HOSTILE)
    marks_of(figure.axes[0])[0] = hostile
    assert links_of(figure, table)[0][:2] == (1, '"><script>alert(1)</script>\ufffd&amp; </title>')
    assert "<script" not in (tmp_path / "chart.svg").read_text("utf-8")
