"""The explorer: what is chosen, shown and written, and nothing that becomes markup or a formula."""

import builtins
import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

import luntan as lt
from conftest import ROOT, copy_of_project
from luntan._tables import COLUMNS, make_table
from luntan.charts.save import png_of
from luntan.explorer.listing import LISTED, choices, counted, counts_of, listed, theme_labels
from luntan.site.__main__ import main
from luntan.site.parameters import give_parameters

TEXTS = {
    "en": "Rain fell. Ann Bell, director of Lake Institute, said that cities need talent. It was late.",
    "zh": "湖畔研究院院长王芳表示，企业需要人才和金融支持。",
    "none": "Ann Bell said that it was cold.",
}
DATES = {"en": "2019-05-02", "zh": "2021-XX-XX", "none": "XXXX-10-22"}
HOSTILE = "</td></table><script>alert(1)</script>\"'<img src=x onerror=alert(1)>&amp;"
FORMULA = '=HYPERLINK("http://a.example";"b")'


def tables(texts: dict[str, str] | None = None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the explorable table of some texts, and their theme hits."""
    corpus = lt.make_corpus(TEXTS if texts is None else texts)
    corpus["date"] = corpus["doc_id"].map(DATES).fillna("").astype("str")
    sents = lt.sentences(corpus)
    hits = lt.themes(sents)
    return lt.explorable(lt.statements(sents), hits, sentences=sents, corpus=corpus), hits


def row_of(**cells: str) -> pd.DataFrame:
    """Make an explorable table of one statement."""
    texts = {
        "doc_id": "a",
        "lang": "en",
        "period": "unknown",
        "evidence": "a:0-9",
        "text": "some words",
    } | cells
    values = [
        texts.get(column, 0 if column in ("sent_id", "start", "end") else "")
        for column in COLUMNS["explorable"]
    ]
    row = dict(zip(COLUMNS["explorable"], values, strict=True)) | {"source_start": None, "source_end": None}
    return make_table("explorable", [tuple(row.values())])


def test_explorable_puts_context_themes_and_year_beside_each_statement():
    shown = ["speaker", "before", "text", "after", "themes", "period", "evidence"]
    assert tables()[0][shown].values.tolist() == [
        ["Ann Bell", "Rain fell. Ann Bell, director of Lake Institute, said that",
         "cities need talent", ". It was late.", "talent", "2019", "en:59-77"],
        ["王芳", "湖畔研究院院长王芳表示，", "企业需要人才和金融支持", "。", "finance; talent",
         "2021", "zh:12-23"],
        ["Ann Bell", "Ann Bell said that", "it was cold", ".", "", "unknown", "none:19-30"],
    ]  # fmt: skip


def test_explorable_keeps_every_statement_and_its_columns():
    corpus = lt.read_corpus(ROOT / "data" / "reports")
    sents = lt.sentences(corpus)
    said = lt.statements(sents)
    table = lt.explorable(said, lt.themes(sents), sentences=sents, corpus=corpus)
    pd.testing.assert_frame_equal(table[list(said)], said)
    assert list(table) == list(COLUMNS["explorable"])


def test_explorable_names_a_document_that_is_not_in_the_corpus():
    corpus = lt.make_corpus(TEXTS)
    sents = lt.sentences(corpus)
    with pytest.raises(ValueError, match="corpus lacks the document 'none'"):
        lt.explorable(lt.statements(sents), lt.themes(sents), sentences=sents, corpus=corpus.head(1))


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, ["en", "zh", "none"]),
        ({"speaker": "Ann Bell"}, ["en", "none"]),
        ({"speaker": " Ann  Bell "}, ["en", "none"]),
        ({"speaker": "Ann"}, []),
        ({"theme": "talent"}, ["en", "zh"]),
        ({"theme": ""}, ["none"]),
        ({"theme": "talent", "lang": "zh"}, ["zh"]),
        ({"theme": "talent", "lang": "zh", "speaker": "Ann Bell"}, []),
        ({"organisation": "湖畔研究院"}, ["zh"]),
        ({"organisation": ""}, ["none"]),
    ],
)
def test_choose_keeps_what_fits_all_that_is_given(wanted, found):
    table = tables()[0]
    chosen = lt.choose(table, **wanted)
    assert chosen["doc_id"].tolist() == found
    pd.testing.assert_frame_equal(
        chosen, table[table["doc_id"].isin(found)].reset_index(drop=True), check_dtype=True
    )


@pytest.mark.parametrize(
    ("years", "undated", "found"),
    [
        ((2019, 2021), True, ["en", "zh", "none"]),
        ((2019, 2021), False, ["en", "zh"]),
        ((2020, 2030), True, ["zh", "none"]),
        ((2000, 2001), False, []),
    ],
)
def test_in_period_keeps_years_and_what_is_undated_if_asked(years, undated, found):
    assert lt.in_period(tables()[0], years, undated=undated)["doc_id"].tolist() == found


def test_choosing_says_what_is_wrong():
    with pytest.raises(ValueError, match=r"years = \(2021, 2019\) begins after it ends"):
        lt.in_period(tables()[0], (2021, 2019))
    with pytest.raises(ValueError, match="lacks the column"):
        lt.in_period(pd.DataFrame(), (2019, 2021))
    with pytest.raises(ValueError, match="lacks the column"):
        lt.choose(pd.DataFrame({"speaker": ["a"]}))


def read_back(path: Path) -> list[list[str]]:
    """Read the cells of a written selection, header and all."""
    if path.suffix == ".xlsx":
        rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
        return [[str(cell) for cell in row] for row in rows]
    text = path.read_bytes().decode("utf-8-sig")
    return pd.read_csv(StringIO(text), dtype=str, keep_default_na=False, header=None).values.tolist()


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_write_selection_is_read_back_the_same(tmp_path, ending):
    table = tables()[0]
    path = lt.write_selection(table, tmp_path / f"a.{ending}")
    head, *rows = read_back(path)
    assert head == list(table)
    assert rows == [[str(cell) for cell in row] for row in table.itertuples(index=False)]
    first = path.read_bytes()
    assert lt.write_selection(table, path).read_bytes() == first


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_write_selection_writes_no_formula_and_no_empty_number(tmp_path, ending):
    head, row = read_back(lt.write_selection(row_of(speaker=FORMULA, text="+1"), tmp_path / f"a.{ending}"))
    cells = dict(zip(head, row, strict=True))
    assert (cells["speaker"], cells["text"], cells["source_start"]) == (f"'{FORMULA}", "'+1", "")


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_write_selection_writes_the_head_of_an_empty_table(tmp_path, ending):
    path = lt.write_selection(make_table("explorable"), tmp_path / f"a.{ending}")
    assert read_back(path) == [list(COLUMNS["explorable"])]


def test_write_selection_refuses_what_a_cell_cannot_hold(tmp_path):
    with pytest.raises(ValueError, match="an XLSX holds"):
        lt.write_selection(row_of(text="x" * 40_000), tmp_path / "a.xlsx")
    assert list(tmp_path.iterdir()) == []


class Shown(HTMLParser):
    """The tags and attributes of some markup, and the text of each cell."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.cells: list[str] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag == "td":
            self.cells.append("")

    def handle_data(self, data: str) -> None:
        if self.cells:
            self.cells[-1] += data


@given(st.text() | st.just(HOSTILE))
def test_listed_shows_any_text_and_makes_no_markup_of_it(text):
    columns = (
        "speaker",
        "role",
        "organisation",
        "before",
        "text",
        "after",
        "themes",
        "title",
        "period",
        "evidence",
    )
    shown = Shown(listed(row_of(**dict.fromkeys(columns, text)), {}))
    assert shown.tags <= {"table", "thead", "tbody", "tr", "th", "td", "b", "br"}
    assert shown.attributes <= {"style", "scope"}
    assert shown.cells[1] == shown.cells[2] == text


def test_listed_stops_and_the_count_says_so():
    table = pd.concat([row_of()] * (LISTED + 1))
    assert listed(table, {}).count("<tr>") == 1 + LISTED
    assert counted(LISTED + 1, 99).endswith("the first 50 are listed, an export has all")
    assert "No statement fits" in listed(table.head(0), {})


def test_choices_have_counts_labels_and_what_is_not_stated():
    labels = theme_labels(None)
    assert choices(tables()[0]["themes"], labels) == [
        ("all 全部", None),
        ("人才 Talent (2)", "talent"),
        (f"{labels['finance']} (1)", "finance"),
        ("not stated 未注明 (1)", ""),
    ]
    assert choices([], {}) == [("all 全部", None)]


def test_counts_of_keeps_long_names_apart():
    long = "湖" * 50
    counts = counts_of([f"{long}甲", f"{long}乙", "丙" * 50], {})
    assert counts["label"].tolist() == ["丙" * 39 + "…", f"{long}乙", f"{long}甲"]


# ---- the widget ---------------------------------------------------------------------------------------


def test_explore_shows_what_is_chosen(tmp_path):
    table, hits = tables()
    explorer = lt.explore(table, hits, folder=tmp_path / "new")
    assert [control.label for control in explorer._asked.values()] == ["all 全部"] * 4
    explorer._asked["theme"].value = "talent"
    assert explorer.selection["doc_id"].tolist() == ["en", "zh"]
    explorer._years.value = ("2021", "2021")
    assert repr(explorer) == "Explorer: 1 of 3 statements shown"
    assert explorer._status.value == "<b>1 of 3 statements shown</b>"
    assert "王芳" in explorer._list.value
    finance = theme_labels(None)["finance"]
    assert re.findall('alt="([^"]*)"', explorer._chart.value + explorer._network.value) == [
        f"Statements by themes 主题. 2 in all: {finance} 1, 人才 Talent 1.",
        "Speakers joined to the themes of their statements. 1 in all: 王芳 2.",
    ]
    explorer._export("csv")
    assert explorer._status.value.endswith(
        f"1 statements written to {tmp_path / 'new' / 'luntan-selection.csv'}"
    )
    assert len(read_back(tmp_path / "new" / "luntan-selection.csv")) == 2
    explorer._asked["speaker"].value = "Ann Bell"
    assert "No statement fits" in explorer._list.value
    assert (explorer._chart.value, explorer._network.value) == ("", "")


@pytest.mark.parametrize("texts", [{}, {"a": "Rain fell."}, {"none": TEXTS["none"]}, {"en": TEXTS["en"]}])
def test_explore_opens_whatever_there_is(texts, tmp_path):
    explorer = lt.explore(*tables(texts), folder=tmp_path)
    for control in ("speaker", "period", "organisation", "themes"):
        explorer._charted.value = control
    explorer._undated.value = False
    for ending in ("csv", "xlsx"):
        explorer._export(ending)
    n = len(explorer.selection)
    assert n == len(explorer._table[explorer._table["period"] != "unknown"])
    assert f"{n} statements written to" in explorer._status.value


def test_explore_draws_names_that_no_font_and_no_formula_language_knows():
    table = row_of(speaker=f"$x$ \U0001f600 {HOSTILE} $\\frac", organisation=HOSTILE)
    explorer = lt.explore(table, make_table("themes"))
    explorer._charted.value = "speaker"
    assert Shown(explorer._chart.value).tags == {"img"}
    assert "onerror" not in Shown(explorer._chart.value + explorer._list.value).attributes


def test_explore_says_why_a_file_was_not_written(tmp_path):
    (tmp_path / "file").write_text("mine")
    explorer = lt.explore(*tables(), folder=tmp_path / "file")
    explorer._export("csv")
    assert "not written: " in explorer._status.value
    assert (tmp_path / "file").read_text() == "mine"


def test_explore_has_a_table_for_where_no_kernel_runs():
    shown = lt.explore(*tables())._repr_mimebundle_()
    assert shown["text/plain"] == "Explorer: 3 of 3 statements shown"
    assert "application/vnd.jupyter.widget-view+json" in shown
    assert shown["text/html"] == lt.explore(*tables())._repr_mimebundle_()["text/html"]
    assert "cities need talent" in shown["text/html"]


def test_explore_asks_for_ipywidgets_where_it_is_missing(monkeypatch):
    monkeypatch.delitem(sys.modules, "luntan.explorer.widget", raising=False)
    real = builtins.__import__

    def find_nothing(name: str, *rest: object) -> object:
        if name == "ipywidgets":
            raise ModuleNotFoundError("No module named 'ipywidgets'")
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", find_nothing)
    with pytest.raises(ImportError, match="pip install ipywidgets"):
        lt.explore(make_table("explorable"), make_table("themes"))


def test_describe_counts_adds_up_names_and_shortens_long_ones():
    counts = pd.DataFrame({"who": ["a", "b", "a", "王" * 99, "c"], "n": [1, 3, 1, 9, 1]})
    assert lt.describe_counts(counts, "who") == f"The biggest 3 of 4: {'王' * 59}… 9, b 3, a 2."
    assert lt.describe_counts(counts.head(0), "who") == "Nothing was counted: the chart is empty."
    with pytest.raises(ValueError, match=r"lacks the column\(s\) weight"):
        lt.describe_counts(counts, "who", n="weight")


def test_a_dollar_sign_in_a_label_is_money():
    counts = pd.DataFrame({"label": ["US$5 and $6", "$\\frac"], "n": [2, 1]})
    chart = lt.plot_counts(counts, "label")
    assert png_of(chart).startswith(b"\x89PNG")


# ---- the report on one's own files --------------------------------------------------------------------

LEXICON = 'weather: {label: Weather, label_zh: 天气, en: ["cold", "rain"], zh: ["雨"]}\n'


def test_give_parameters_replaces_what_was_given_before(tmp_path):
    path = copy_of_project(tmp_path / "copy") / "notebooks" / "07-your-reports.ipynb"
    before = json.loads(path.read_text("utf-8"))["cells"]
    give_parameters(path, {"reports": "/home/a b/论坛", "lexicon": "c.yml"})
    first = path.read_bytes()
    give_parameters(path, {"reports": "x"})
    give_parameters(path, {"reports": "/home/a b/论坛", "lexicon": "c.yml"})
    assert path.read_bytes() == first
    after = json.loads(first)["cells"]
    place = [cell["metadata"].get("tags") for cell in before].index(["parameters"]) + 1
    given: dict[str, str] = {}
    exec("".join(after[place]["source"]), given)
    assert (given["reports"], given["lexicon"]) == ("/home/a b/论坛", "c.yml")
    assert [cell["source"] for cell in after[:place] + after[place + 1 :]] == [
        cell["source"] for cell in before
    ]


def test_report_on_own_files_uses_their_lexicon_and_tells_no_path(tmp_path):
    reports, lexicon, out = tmp_path / "my reports", tmp_path / "my themes.yml", tmp_path / "out"
    reports.mkdir()
    (reports / "a.txt").write_text(TEXTS["none"], "utf-8")
    lexicon.write_text(LEXICON, "utf-8")
    command = [sys.executable, "-m", "luntan.site", "report", "--out", str(out)]
    command += ["--reports", str(reports), "--lexicon", str(lexicon)]
    ended = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=300)
    assert (ended.returncode, ended.stderr) == (0, "")
    page = (out / "notebooks" / "07-your-reports.html").read_text("utf-8")
    assert "reports = &quot;my reports&quot;" in page
    assert "lexicon = &quot;my themes.yml&quot;" in page
    assert "Weather 1." in page
    assert "it was cold" in page
    assert "Weather" in (out / "documents" / "a.html").read_text("utf-8")
    texts = [path.read_bytes() for path in out.rglob("*.*") if path.is_file()]
    assert not [text for text in texts if str(tmp_path).encode() in text]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "does not exist"),
        ("weather: {eng: [rain]}", "line 1: theme 'weather' has the unknown field 'eng'; did you mean 'en'"),
        ("", "is empty"),
    ],
)
def test_report_names_what_is_wrong_with_a_lexicon_before_any_work(text, said, tmp_path, capsys):
    if text is not None:
        (tmp_path / "a.yml").write_text(text, "utf-8")
    (tmp_path / "a.txt").write_text("Rain fell.")
    given = ["--reports", str(tmp_path / "a.txt"), "--lexicon", str(tmp_path / "a.yml")]
    assert main(["report", *given, "--out", str(tmp_path / "out")]) == 2
    shown = capsys.readouterr()
    assert said in shown.err
    assert shown.out == ""
    assert not (tmp_path / "out").exists()
