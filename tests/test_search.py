"""The search: all that the report holds is in its index, leads to its characters, and can be no script."""

import json
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from luntan import make_corpus
from luntan._tables import make_table
from luntan.folding import fold
from luntan.lexicons import read_text
from luntan.site import analyse, make_pages
from luntan.site.documents import Tables
from luntan.site.notebooks import Notebook
from luntan.site.search import Entry, index_script, one_line
from test_site import Page

HOSTILE = "</script><script>alert(1)</script>\u2028\u2029\"'\\<!--\x00\ud800"
TEXTS = {
    "forum": "Chen Hua said that R&D and 专精特新 matter.\n\n"
    "陈华认为，研发投入强度超过7%，要支持專精特新企业。\n\nThe talks went on\nfor a day.\n\nPage 3\n",
    f"小巨人 {HOSTILE}/a": f"Talks about {HOSTILE} drew 3,000 firms.",
}


def tables_of(corpus: pd.DataFrame) -> Tables:
    """Make tables in which two people are written alike in Latin letters, and a line is left out."""
    made = analyse(corpus)
    text = corpus["text"].iloc[0] if len(corpus) else ""

    def row(found: str) -> tuple[str, int, int, str]:
        start = text.index(found)
        return "forum", start, start + len(found), found

    def statement(found: str, speaker: str) -> tuple[object, ...]:
        doc_id, *span = row(found)
        return doc_id, 0, *span, "en", speaker, "professor", "", "direct", "said", None, None, "named"

    if not text.startswith("Chen Hua"):
        return made
    people = [
        (*row("Chen Hua"), "Chen Hua", "陈华", "professor", "Linhai University", "said"),
        (*row("陈华"), "陈华", "陈华", "", "", "said"),
        (*row("talks"), "Li Na", "李娜", "", "", "said"),
        (*row("went"), "Li Na", "李纳", "", "", "said"),
    ]
    said = [statement("R&D and 专精特新 matter", "Chen Hua"), statement("went on\nfor", "Li Na")]
    quantity = ("zh", 7.0, None, "", "", "at_least", "percent", "%", "研发投入强度", "", "")
    doc_id, *span = row("超过7%")
    return made._replace(
        outside=make_table("outside_body", [(*row("Page 3"), "page number")]),
        sentences=made.sentences[~made.sentences["text"].str.contains("Page 3")],
        statements=make_table("statements", said),
        quantities=make_table("quantities", [(doc_id, 1, *span, *quantity)]),
        roster=make_table("roster", people),
    )


def read_index(script: str) -> dict[str, Any]:
    """Read the index as a browser does: one constant that holds plain data."""
    found = re.fullmatch(r"const luntanIndex = (\{.*\});\n", script, re.DOTALL)
    assert found
    return json.loads(found[1])


def built(corpus: pd.DataFrame, figures: Path, *notebooks: Notebook) -> dict[str, str]:
    files = make_pages(tables_of(corpus), list(notebooks), figures)
    return {file: data.decode("utf-8", "replace") for file, data in files.items()}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return small_site(tmp_path_factory.mktemp("figures"))


def small_site(figures: Path) -> dict[str, str]:
    """Build a site of two documents, a notebook and a figure; `figures` is an empty folder."""
    (figures / "counts.png").write_bytes(b"picture")
    shown = {"data": {"text/plain": "figure counts: Bars of 词", "image/png": ""}}
    cells = [
        {"cell_type": "markdown", "source": "# What? 谈了什么\n\n**Answer.** See `forum:0-8` & <b>."},
        {"cell_type": "code", "source": "x", "outputs": [{"output_type": "display_data", **shown}]},
    ]
    corpus = make_corpus(TEXTS).assign(title=["Talks in Linhai", HOSTILE.replace("\ud800", "\ufffd")])
    return built(corpus, figures, Notebook("a b", cells))


def entries(site: dict[str, str]) -> list[Entry]:
    index = read_index(site["assets/search-index.js"])
    kinds, pages = index["kinds"], index["pages"]
    return [
        Entry(kinds[kind].split()[0], pages[page][0], *others) for kind, page, *others in index["entries"]
    ]


def test_index_holds_every_kind_of_thing(site: dict[str, str]) -> None:
    found = {(entry.kind, entry.page, entry.title, entry.text) for entry in entries(site)}
    forum, name = "documents/forum.html", "Chen Hua 陈华"
    assert {
        ("People", forum, name, "professor, Linhai University"),
        ("Statements", forum, f"{name}, professor", "R&D and 专精特新 matter"),
        ("Quantities", forum, "超过7%", "研发投入强度 · at least 7 · %"),
        ("Documents", forum, "Talks in Linhai", "forum"),
        ("Sentences", forum, "", "The talks went on for a day."),
        ("Sentences", forum, "", "陈华认为，研发投入强度超过7%，要支持專精特新企业。"),
        ("Notebook", "notebooks/a%20b.html", "", "What? 谈了什么"),
        ("Notebook", "notebooks/a%20b.html", "", "Answer. See forum:0-8 & <b>."),
        ("Notebook", "notebooks/a%20b.html", "", "Bars of 词"),
    } <= found


def test_every_entry_leads_to_its_anchor(site: dict[str, str]) -> None:
    ids = {file: Page(text).ids for file, text in site.items() if file.endswith(".html")}
    found = entries(site)
    assert len(found) > 15
    for entry in found:
        assert entry.anchor in ["", *ids[entry.page.replace("%20", " ")]], entry


def test_line_left_out_of_the_analysis_is_found(site: dict[str, str]) -> None:
    assert "Page 3" in [entry.text for entry in entries(site)]


def test_searching_is_no_citation(site: dict[str, str]) -> None:
    assert "cited in" in site["documents/forum.html"]
    assert ">search</a>" not in site["documents/forum.html"]


def test_every_page_leads_to_the_search(site: dict[str, str]) -> None:
    for file, page in site.items():
        if file.endswith(".html"):
            up = "../" * file.removeprefix("zh/").count("/")
            assert f'href="{up}search.html"' in page, file


def test_page_without_scripts_says_so_and_lists_all_pages(site: dict[str, str]) -> None:
    page = Page(site["search.html"])
    assert "scripts are off" in page.text
    assert {"notebooks/a%20b.html", "documents/forum.html"} < set(page.links)
    assert re.search("<form[^>]* hidden>", site["search.html"])


def test_hostile_text_stays_text(site: dict[str, str]) -> None:
    script = site["assets/search-index.js"]
    assert re.search("[<>\u2028\u2029\x00\ud800]", script) is None
    assert any("</script><script>alert(1)" in entry.text for entry in entries(site))


def test_traditional_characters_find_simplified_ones(site: dict[str, str]) -> None:
    index = read_index(site["assets/search-index.js"])
    table = dict(zip(index["traditional"], index["simplified"], strict=True))
    assert "".join(table.get(character, character) for character in "專精特新陳華") == "专精特新陈华"
    assert all(fold(traditional) == simplified for traditional, simplified in table.items())


def test_table_of_an_index_with_all_characters_is_the_lexicon() -> None:
    pairs = dict(re.findall(r"^(.)\t(.)$", read_text("traditional.txt"), re.MULTILINE))
    index = read_index(index_script([Entry("sentence", "a", "", "", "".join(pairs))], {"a": "a"}))
    assert dict(zip(index["traditional"], index["simplified"], strict=True)) == pairs


def test_face_need_not_draw_the_table(site: dict[str, str]) -> None:
    assert "陳" not in site["assets/search-index.js"]


def test_index_has_the_same_bytes_in_every_build(tmp_path: Path) -> None:
    corpus = make_corpus(TEXTS)
    first, second = (built(corpus, tmp_path)["assets/search-index.js"] for _ in range(2))
    assert first == second


def test_empty_report_has_an_empty_index(tmp_path: Path) -> None:
    site = built(make_corpus({}), tmp_path)
    index = read_index(site["assets/search-index.js"])
    assert (index["pages"], index["entries"], index["traditional"]) == ([], [], "")
    assert "There is nothing yet" in site["search.html"]


def test_namesakes_in_one_script_are_kept_apart(site: dict[str, str]) -> None:
    found = [(entry.kind, entry.title) for entry in entries(site)]
    assert {("People", "Li Na 李娜"), ("People", "Li Na 李纳"), ("Statements", "Li Na, professor")} < set(
        found
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x00\ud800", "a��"),
        ("支持專精\n特新企业", "支持專精特新企业"),
        ("went on\n for a\u3000day ", "went on for a day"),
        ("李 明", "李 明"),
    ],
)
def test_wrapped_lines_are_joined(text: str, shown: str) -> None:
    assert one_line(text) == shown
