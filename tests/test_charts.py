"""Charts: the same bytes each time, alt text always, nothing cut off, nothing without its data."""

import csv
import hashlib
import math
import subprocess
import sys

import pandas as pd
import pytest

import luntan as lt

ALT = "Two bars: talent has three hits, finance has one hit."
COUNTS = pd.DataFrame(
    {"theme": ["人才 talent", "金融 finance"], "n": [3, 1], "evidence": ["a:0-2 a:3-5 a:6-8", "a:9-11"]}
)


@pytest.fixture(autouse=True)
def figures(tmp_path, monkeypatch):
    monkeypatch.setenv("LUNTAN_FIGURES", str(tmp_path / "figures"))
    return tmp_path / "figures"


def sha(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_save_figure_writes_picture_data_and_manifest(figures):
    saved = lt.save_figure(lt.plot_counts(COUNTS, "theme"), "themes", alt=ALT, data=COUNTS)
    assert repr(saved) == f"figure themes: {ALT}"
    assert pd.read_csv(figures / "themes.csv").equals(COUNTS)
    with (figures / "manifest.csv").open(encoding="utf-8", newline="") as manifest:
        (row,) = csv.DictReader(manifest)
    assert row == {
        "name": "themes",
        "alt": ALT,
        "png_sha256": sha(figures / "themes.png"),
        "svg_sha256": sha(figures / "themes.svg"),
        "data_sha256": sha(figures / "themes.csv"),
        "rows": "2",
    }


def test_save_figure_gives_the_same_bytes_again(figures):
    for _ in range(2):
        lt.save_figure(lt.plot_counts(COUNTS, "theme"), "one", alt=ALT, data=COUNTS)
        hashes = {path.name: sha(path) for path in sorted(figures.iterdir())}
        lt.save_figure(lt.plot_counts(COUNTS, "theme"), "two", alt=ALT, data=COUNTS)
    one, two = ((figures / f"{name}.svg").read_text(encoding="utf-8") for name in ("one", "two"))
    assert one.replace('"one.html#', '"two.html#') == two
    assert hashes["one.png"] == sha(figures / "two.png")
    names = [
        line.split(",")[0] for line in (figures / "manifest.csv").read_text(encoding="utf-8").splitlines()
    ]
    assert names == ["name", "one", "two"]


def test_save_figure_writes_no_cell_that_a_spreadsheet_runs(figures):
    data = pd.DataFrame({"text": ["=1+1", "＝A1", "-2", "小巨人", ""], "n": [-1, 2, 3, 4, 5]})
    lt.save_figure(lt.plot_counts(COUNTS, "theme"), "themes", alt=ALT, data=data)
    lines = (figures / "themes.csv").read_text(encoding="utf-8").splitlines()
    assert lines == ["text,n", "'=1+1,-1", "'＝A1,2", "'-2,3", "小巨人,4", ",5"]


def test_save_figure_demands_alt_text():
    with pytest.raises(ValueError, match="alt = 'Image' is too short"):
        lt.save_figure(lt.plot_counts(COUNTS, "theme"), "themes", alt="Image", data=COUNTS)


def test_save_figure_refuses_a_title_that_is_cut_off():
    figure = lt.plot_counts(COUNTS, "theme", title="A title that is much too long for the picture 太长 " * 4)
    with pytest.raises(ValueError, match="cut off"):
        lt.save_figure(figure, "themes", alt=ALT, data=COUNTS)


def test_save_figure_refuses_a_character_that_no_face_has():
    figure = lt.plot_counts(COUNTS.assign(theme=["\U0001f9ff", "b"]), "theme")
    with pytest.raises(ValueError, match="cannot be drawn"):
        lt.save_figure(figure, "themes", alt=ALT, data=COUNTS)


def cells():
    return pd.DataFrame({"speaker": ["吕薇", "Li"], "theme": ["talent", "finance"], "n": [2, 1]})


@pytest.mark.parametrize(
    "figure",
    [
        lambda: lt.plot_counts(COUNTS.assign(lang=["zh", "en"]), "theme", hue="lang"),
        lambda: lt.plot_wordcloud(pd.DataFrame({"group": "zh", "term": ["人才", "R&D"], "n": [2, 1]})),
        lambda: lt.plot_pairs(
            pd.DataFrame({"theme": ["人才"], "en": [0.2], "zh": [0.1]}), "theme", values=["en", "zh"]
        ),
        lambda: lt.plot_matrix(cells(), row="speaker", column="theme"),
        lambda: lt.plot_keyness(
            lt.keyness(pd.DataFrame({"group": ["a", "b"], "term": ["人才", "x"], "n": [9, 9]}), "a"),
            names={"target": "a", "reference": "b"},
        ),
        lambda: lt.plot_series(
            pd.DataFrame({"batch": ["1", "1"], "value": [5, 6], "bound": ["exact", "about"]}), "batch"
        ),
    ],
    ids=["counts", "wordcloud", "pairs", "matrix", "keyness", "series"],
)
def test_every_chart_can_be_saved(figure, figures):
    lt.save_figure(figure(), "chart", alt=ALT, data=COUNTS)
    assert (figures / "chart.png").stat().st_size > 1500


@pytest.mark.parametrize(
    "figure",
    [
        lambda: lt.plot_counts(COUNTS.head(0), "theme"),
        lambda: lt.plot_wordcloud(pd.DataFrame({"group": [], "term": [], "n": []})),
        lambda: lt.plot_pairs(pd.DataFrame({"theme": [], "en": [], "zh": []}), "theme", values=["en", "zh"]),
        lambda: lt.plot_matrix(cells().head(0), row="speaker", column="theme"),
        lambda: lt.plot_series(pd.DataFrame({"batch": [], "value": [], "bound": []}), "batch"),
    ],
    ids=["counts", "wordcloud", "pairs", "matrix", "series"],
)
def test_charts_take_empty_tables(figure, figures):
    lt.save_figure(figure(), "empty", alt=ALT, data=COUNTS.head(0))
    assert (figures / "empty.svg").exists()


def test_save_figure_loses_no_row_when_processes_save_at_once(figures):
    code = (
        "import sys, pandas as pd, luntan as lt; t = pd.DataFrame({'a': ['x'], 'n': [1]})\n"
        "for i in range(3): lt.save_figure(lt.plot_counts(t, 'a'), f'{sys.argv[1]}{i}', alt='x' * 30, data=t)"
    )
    running = [subprocess.Popen([sys.executable, "-c", code, name]) for name in ("a", "b")]
    assert [process.wait() for process in running] == [0, 0]
    lines = (figures / "manifest.csv").read_text(encoding="utf-8").splitlines()
    assert [line.split(",")[0] for line in lines[1:]] == ["a0", "a1", "a2", "b0", "b1", "b2"]
    assert not (figures / "manifest.lock").exists()


def test_plot_keyness_draws_every_interval_that_ends():
    scored = pd.DataFrame({
        "term": ["人才", "x", "talent"], "g2": [9.0, 4.0, -6.0], "log_ratio": [4.0, 2.0, -3.0],
        "low": [1.0, -math.inf, -9.0], "high": [7.0, math.inf, 3.0],
    })  # fmt: skip
    (axes,) = lt.plot_keyness(scored, names={"target": "中文", "reference": "English"}).axes
    spans = [
        [part[:, 0].tolist() for part in bars.get_segments()]
        for bars in axes.collections
        if bars.get_segments()
    ]
    assert spans == [[[1.0, 7.0], [2.0, 2.0]], [[-9.0, 3.0]]]
    assert [line.get_xdata().tolist() for line in axes.lines if line.get_marker() in "os"] == [[4, 2], [-3]]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["人才", "x", "talent"]
