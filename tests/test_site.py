"""The report: links that lead somewhere, marks that fit, nothing asked of the network, the same bytes."""

import ast
import base64
import io
import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from html import escape
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import pandas as pd
import pytest
import yaml
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.font_manager import fontManager

from luntan import make_corpus, outside_body, read_corpus, sentences
from luntan import site as site_package
from luntan._tables import make_table
from luntan.charts.marks import ROWS_LINKED
from luntan.fonts import covered, face_path, subset_woff2
from luntan.lexicons import read_fields
from luntan.site import analyse, build_site, judge, make_pages
from luntan.site import quality as quality_module
from luntan.site.__main__ import main
from luntan.site.documents import Tables
from luntan.site.evidence import Evidence
from luntan.site.execute import as_text, normalise
from luntan.site.grid import Grid
from luntan.site.marks import Mark, mark_up
from luntan.site.markup import POLICY, SCRIPTED_POLICY, Frame, mixed, page_names
from luntan.site.notebooks import Notebook, Shelf, notebook_page
from luntan.site.prose import Place, prose
from luntan.site.tongue import ENGLISH, tongues

HOSTILE = "</title><script>alert(1)</script>\"'<img src=x onerror=alert(1)>"
TEXTS = {
    "forum": "Li Ming said that R&D and 专精特新 matter. “Yes,” he said.\n\n"
    "李明认为，企业R&D投入强度超7%。他说很好。\n",
    f"小巨人 {HOSTILE}/a b": f"Chen Hua said {HOSTILE} 3,000 firms.\r\n吕薇指出“小巨人”企业有264家。",
    "FORUM": "Talent matters.",
}


class Page(HTMLParser):
    """The ids, links and text of a page, and the names of all tags and attributes in it."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.fetched: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.tags.add(tag)
        self.attributes |= set(found)
        if "id" in found:
            self.ids.append(found["id"])
        address = found.get("src") or found.get("href") or found.get("xlink:href")
        if address and not address.startswith("data:"):
            (self.links if tag == "a" else self.fetched).append(address)

    def handle_data(self, data: str) -> None:
        self.text += data


def stand_in(corpus: pd.DataFrame) -> Tables:
    """Make simple tables whose spans nest, cross and run over paragraphs."""
    sents = sentences(corpus)
    said, stated, found, people = [], [], [], []
    for row in corpus.itertuples(index=False):
        text = row.text
        for hit in re.finditer(r"(said|指出|认为).*?(?=[.。])", text, re.DOTALL):
            fields = (hit[0], "en", "Li Ming", HOSTILE, "部门", "direct", "said", None, None, "named")
            said.append((row.doc_id, 0, *hit.span(), *fields))
        for hit in re.finditer(r"\w*[0-9][0-9,]*%?", text):
            value = float(re.sub(r"\D", "", hit[0]))
            fields = (hit[0], "en", value, None, "", "", "at_least", "count", "", "企业", "", HOSTILE)
            stated.append((row.doc_id, 0, *hit.span(), *fields))
        found += [
            (row.doc_id, 0, *hit.span(), hit[0], "zh", "smes") for hit in re.finditer("专精特新|企业", text)
        ]
        people += [
            (row.doc_id, *hit.span(), hit[0], "Li Ming", "", "", "", "said")
            for hit in re.finditer("李明|Li Ming", text)
        ]
    tables = [("statements", said), ("quantities", stated), ("themes", found), ("roster", people)]
    return Tables(corpus, outside_body(corpus), sents, *(make_table(name, rows) for name, rows in tables))


def notebook(*cells: tuple[str, object]) -> Notebook:
    """Make a notebook of (source, output) pairs; prose has the output None."""
    made = []
    for source, output in cells:
        if output is None:
            made.append({"cell_type": "markdown", "metadata": {}, "source": source})
        else:
            made.append({"cell_type": "code", "metadata": {}, "source": source, "outputs": [output]})
    return Notebook("06-findings", made)


def html_output(table: pd.DataFrame) -> dict[str, object]:
    with pd.option_context("display.max_colwidth", None):
        return {"output_type": "execute_result", "data": {"text/html": table._repr_html_(), "text/plain": ""}}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Build the pages of a small corpus with a notebook that cites it, and a figure."""
    corpus = make_corpus(TEXTS).assign(title=[HOSTILE, "论坛", ""], path=["a.txt", HOSTILE, "b.txt"])
    figures = tmp_path_factory.mktemp("figures")
    title = f"<title>{escape(HOSTILE)}</title>"
    mark = f'<a xlink:href="counts.html#row-1">{title}<path d="M1 2.5H30V40H1z"/></a>'
    (figures / "counts.svg").write_text(f'<svg viewBox="0 0 540 260.5">{mark}</svg>')
    (figures / "other.svg").write_text("<svg/>")
    (figures / "counts.png").write_bytes(b"picture")
    (figures / "counts.csv").write_text(
        f"term,evidence\n{HOSTILE.replace(chr(34), '')},forum:0-7 forum:3-12\n"
    )
    hostile = list(TEXTS)[1]
    cited = pd.DataFrame(
        {"词": [HOSTILE], "evidence": [" ".join(["forum:3-30", *["FORUM:0-6"] * 7, f"{hostile}:0-9"])]}
    )
    located = pd.DataFrame({"doc_id": ["forum"], "start": [3], "end": [9], "text": ["Ming s"]})
    picture = {
        "output_type": "display_data",
        "data": {"text/plain": "figure counts: Bars of 词", "image/png": ""},
    }
    links = "`forum:3-9`, [speakers](06-findings.ipynb), [x](../y.md)"
    read = notebook(
        (f"# What? 谈了什么\n\n**Answer.** {links} {HOSTILE}", None),
        ("cited", html_output(cited)),
        ("located", html_output(located)),
        ("figure", picture),
        ("text", {"output_type": "stream", "name": "stdout", "text": [HOSTILE, "\n"]}),
    )
    return {
        name: data.decode("utf-8", "replace")
        for name, data in make_pages(stand_in(corpus), [read], figures).items()
    }


def pages(site: Mapping[str, str]) -> dict[str, Page]:
    return {name: Page(text) for name, text in site.items() if name.endswith(".html")}


def texts_of(report: Path) -> dict[str, str]:
    """Return the files of a built report as text, by their place in it."""
    files = (path for path in report.rglob("*") if path.is_file())
    return {str(path.relative_to(report)): path.read_text("utf-8", "replace") for path in files}


def faulty_links(site: Mapping[str, str]) -> list[tuple[str, str]]:
    """List the ids that occur twice, and all addresses that lead to no file or id of the site, by page."""
    read = {name: Page(text) for name, text in site.items() if name.endswith((".html", ".svg"))}
    faults = []
    for name, page in read.items():
        faults += [(name, f"#{anchor} twice") for anchor, n in Counter(page.ids).items() if n > 1]
        # To click on a way out is the reader's choice; to fetch something from there is not.
        inward = [link for link in page.links if not link.startswith(("http://", "https://"))]
        for link in inward + page.fetched:
            file, _, part = unquote(link).partition("#")
            target = os.path.normpath(Path(name).parent / file) if file else name
            if target not in site or (part and part not in read[target].ids):
                faults.append((name, link))
    return faults


def test_every_link_leads_to_a_file_and_an_id(site: dict[str, str]) -> None:
    assert sum(len(page.links) for page in pages(site).values()) > 60
    assert faulty_links(site) == []


def test_every_link_of_the_report_leads_to_a_file_and_an_id(report: Path) -> None:
    whole = texts_of(report)
    assert sum(len(page.links) for page in pages(whole).values()) > 5000
    assert faulty_links(whole) == []


@pytest.mark.parametrize(
    ("seeded", "fault"),
    [
        ('<a href="gone.html">', "gone.html"),
        ('<a href="a.html#gone">', "a.html#gone"),
        ('<a href="/a.html">', "/a.html"),
        ('<svg><a xlink:href="#gone">', "#gone"),
        ('<img src="https://example.org/a.png">', "https://example.org/a.png"),
        ('<p id="here">', "#here twice"),
    ],
)
def test_faulty_links_are_found(seeded: str, fault: str) -> None:
    sound = '<p id="here"><a href="#here"><a href="https://example.org"><img src="data:,">'
    assert faulty_links({"a.html": sound}) == []
    assert faulty_links({"a.html": sound + seeded}) == [("a.html", fault)]


def test_cited_characters_are_anchors_of_the_document(site: dict[str, str]) -> None:
    ids = pages(site)["documents/forum.html"].ids
    assert {"c0-7", "c3-12", "c3-30", "c3-9"} <= set(ids)
    assert 'href="../documents/forum.html#c3-9">forum</a>' in site["notebooks/06-findings.html"]
    assert "<summary>4 more</summary>" in site["notebooks/06-findings.html"]


def test_pages_ask_nothing_of_the_network_and_run_nothing(site: dict[str, str]) -> None:
    for name, page in pages(site).items():
        searches = name.endswith("search.html")
        policy = SCRIPTED_POLICY if searches else POLICY
        assert f'http-equiv="Content-Security-Policy" content="{policy}"' in site[name]
        assert not page.tags & {"style", "iframe", "object", "embed", "base"}, name
        assert (page.tags & {"script", "form"} == {"script", "form"}) is searches, name
        assert not [attribute for attribute in page.attributes if attribute.startswith(("on", "style"))], name
        assert all("://" not in address and not address.startswith("//") for address in page.fetched), name
    for name in site:
        if name.endswith(".css"):
            assert re.findall(r"url\((?!data:)|@import", site[name]) == []


def test_hostile_text_is_shown_and_is_no_markup(site: dict[str, str]) -> None:
    for name, page in pages(site).items():
        ours = 2 if name.endswith("search.html") else 0
        assert site[name].count("<script") == site[name].count("<script defer src=") == ours, name
        assert "onerror" not in page.attributes, name
    assert HOSTILE in pages(site)["documents/forum.html"].text
    assert HOSTILE in pages(site)["notebooks/06-findings.html"].text


def test_page_names_are_safe_unique_and_stable() -> None:
    ids = ["forum", "FORUM", "../../etc/passwd", "a/b", "a b", "论坛", "坛论", "a" * 300, "a\udc80", ".", ""]
    names = page_names(ids)
    assert all(re.fullmatch(r"[a-z0-9_-]{1,60}", name) for name in names.values())
    assert len(set(names.values())) == len(ids)
    assert names["forum"] == "forum"
    assert all(page_names([doc_id])[doc_id] == names[doc_id] for doc_id in ids)


class Pieces(HTMLParser):
    """The text under each anchor, as a browser would light it up."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.lit: dict[str, str] = {}
        self.open: list[set[str]] = []
        self.text = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.open.append({found.get("id") or "", *(found.get("class") or "").split()} - {""})

    def handle_endtag(self, _tag: str) -> None:
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.text += data
        for anchor in set().union(*self.open):
            self.lit[anchor] = self.lit.get(anchor, "") + data


@given(st.data())
def test_marks_light_up_exactly_their_characters(data: st.DataObject) -> None:
    text = data.draw(st.text(alphabet="ab 论坛<&\n。", min_size=1, max_size=40))
    edges = st.integers(0, len(text))
    spans = data.draw(st.lists(st.tuples(edges, edges).filter(lambda span: span[0] < span[1]), unique=True))
    cuts = sorted({0, len(text), *data.draw(st.lists(edges, max_size=4))})
    stretches = list(pairwise(cuts))
    marks = [
        Mark(start, end, data.draw(st.sampled_from([("theme",), ("statement", "theme")])))
        for start, end in spans
    ]
    chinese = [Mark(start, end, lang="zh") for start, end in stretches[1:]]
    shown, cut = mark_up(text, stretches, [*marks, *chinese])
    read = Pieces("".join(shown))
    assert read.text == text
    assert "".join(shown).count(" id=") == len(marks)
    for mark in marks:
        assert read.lit[mark.anchor] == text[mark.start : mark.end]
        lone = f'id="{mark.anchor}"' in "".join(shown) and mark.anchor not in cut
        assert lone or f'class="{" ".join([*mark.kinds, mark.anchor])}"' in "".join(shown)


def test_body_on_the_page_is_the_body_of_the_document(site: dict[str, str]) -> None:
    text = site["documents/forum.html"].split('<div id="text">')[1].split('<h2 id="statements">')[0]
    text = re.sub('<ul class="margin">.*?</ul>', "", text)
    assert re.sub(r"\s+", " ", Page(text).text).strip() == re.sub(r"\s+", " ", TEXTS["forum"]).strip()


def test_chinese_is_marked_as_such() -> None:
    shown = 'R&amp;D <span lang="zh">专精特新“小巨人”</span>, yes'
    assert mixed("R&D 专精特新“小巨人”, yes") == shown


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("forum:0-5", [("forum", 0, 5)]),
        ("forum:0-5 论 坛:1-2", [("forum", 0, 5), ("论 坛", 1, 2)]),
        ("forum:0-5 forum:6-...", [("forum", 0, 5)]),
        ("see forum:0-5", []),
        ("forum:0-99999999", []),
        ("other:0-5", []),
        (f"forum:0-{'9' * 6000}", []),
        ("", []),
    ],
)
def test_evidence_finds_locators_and_nothing_else(cell: str, found: list[tuple[str, int, int]]) -> None:
    assert Evidence(make_corpus({"forum": "a talk held", "论 坛": "企业"})).find(cell) == found


def test_grid_keeps_cells_and_drops_markup() -> None:
    place = Place("notebooks/a.html", Evidence(make_corpus({"forum": "a talk"})), {})
    styled = "<style>x{}</style><script>y</script><table><caption>C</caption><tr>"
    grid = Grid.read(f"{styled}<td onclick='z'>&lt;b&gt;<b>1</b></td></tr>")
    assert grid is not None
    assert "<td>&lt;b&gt;1</td>" in grid.markup("", place)
    assert not Page(grid.markup("", place)).tags & {"style", "script", "b"}
    assert Grid.read("<p>no table</p>") is None


def test_grid_heads_rows_of_a_table_with_two_index_levels() -> None:
    place = Place("index.html", Evidence(make_corpus({"forum": "a talk"})), {})
    index = pd.MultiIndex.from_tuples([("en", "a"), ("en", "b")], names=["lang", "term"])
    table = pd.DataFrame({"n": [1, 2], "evidence": ["forum:0-1", "forum:2-6"]}, index=index)
    grid = Grid.read(table.to_html())
    assert grid is not None
    assert grid.markup("", place).count('<a href="documents/forum.html#c') == 2
    assert '<th scope="row" rowspan="2">en</th>' in grid.markup("", place)


def test_prose_shows_raw_html_and_follows_no_foreign_script() -> None:
    place = Place("index.html", Evidence(make_corpus({})), {"a.ipynb": "notebooks/a.html"})
    assert "<b>" not in prose("<b>x</b>", place)
    assert "javascript" not in prose("[x](javascript:alert(1))", place)
    assert '<a href="notebooks/a.html#s">x</a>' in prose("[x](a.ipynb#s)", place)
    assert "<img" not in prose("![x](https://example.org/a.png)", place)


@pytest.mark.parametrize("which", ["small", "whole"])
def test_face_covers_the_chinese_of_all_pages(which: str, request: pytest.FixtureRequest) -> None:
    small = which == "small"
    site = request.getfixturevalue("site") if small else texts_of(request.getfixturevalue("report"))
    packed = re.search(r"base64,([^)]+)\)", site["assets/site.css"])
    assert packed
    with TTFont(io.BytesIO(base64.b64decode(packed[1]))) as face:
        drawn = set(map(chr, face.getBestCmap()))
    used = {character for name, text in site.items() if name.endswith(".html") for character in text}
    chinese = {character for character in used if "\u3000" <= character <= "\uffef"}
    assert chinese & covered()
    assert chinese & covered() <= drawn


def test_face_is_asked_for_by_name_where_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def find_nothing(*_: object, **__: object) -> str:
        raise ValueError

    monkeypatch.setitem(sys.modules, "pylopdf_fonts_zh_cn", None)
    monkeypatch.setattr(fontManager, "findfont", find_nothing)
    with pytest.raises(FileNotFoundError, match="pip install pylopdf-fonts-zh-cn"):
        face_path.__wrapped__()


def test_subset_leaves_out_what_the_face_lacks() -> None:
    assert subset_woff2("论\U0010ffff\ud800") == subset_woff2("论")


def test_build_gives_the_same_bytes_and_replaces_an_earlier_report(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
    corpus = make_corpus({"论坛": "李明认为，“小巨人”企业有264家。\n\nLi Ming said that 3,000 firms grew."})
    first = build_site(corpus, tmp_path / "none", figures=tmp_path / "none", out=tmp_path / "a").parent
    (first / "documents" / "old.html").write_text("old")
    (first / "mine.txt").write_text("mine")
    for out in ("a", "b"):
        build_site(corpus, tmp_path / "none", figures=tmp_path / "none", out=tmp_path / out)
    written = [
        {path.relative_to(tmp_path / out): path.read_bytes() for path in (tmp_path / out).rglob("*.*")}
        for out in "ab"
    ]
    assert written[0].pop(Path("mine.txt")) == b"mine"
    assert written[0] == written[1]


def test_build_leaves_a_folder_with_other_files_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(ValueError, match="not an earlier report"):
        build_site(make_corpus({}), tmp_path, figures=tmp_path, out=tmp_path)


def test_empty_folder_gives_a_report_that_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "reports").mkdir()
    assert main(["report", "--reports", str(tmp_path / "reports"), "--out", str(tmp_path / "out")]) == 0
    assert "No reports were found" in (tmp_path / "out" / "index.html").read_text("utf-8")
    assert capsys.readouterr().out.startswith("open ")


def test_report_names_a_path_that_does_not_exist(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "--reports", str(tmp_path / "nowhere"), "--out", str(tmp_path / "out")]) == 2
    assert "nowhere does not exist" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_every_file_has_a_page_read_or_not(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Talent matters. 人才重要。", "utf-8")
    (tmp_path / "b.txt").write_text("Talent matters. 人才重要。", "utf-8")
    (tmp_path / "c.zip").write_bytes(b"PK\x03\x04\x00\xff")
    corpus = read_corpus(tmp_path)
    site = {name: data.decode() for name, data in make_pages(stand_in(corpus), [], tmp_path).items()}
    assert sum(name.startswith("documents/") for name in site) == 3
    assert "Files that could not be used: 2" in site["index.html"]
    assert "same text as" in site["quality.html"].split('<h2 id="unread">')[1]


def test_every_page_has_a_twin_in_the_other_language(site: dict[str, str]) -> None:
    english = {name for name in pages(site) if not name.startswith("zh/")}
    assert {name for name in pages(site) if name.startswith("zh/")} == {f"zh/{name}" for name in english}
    for name in english:
        up = "../" * name.count("/")
        assert f'<a href="{up}zh/{name}" lang="zh-CN" hreflang="zh-CN">中文</a>' in site[name], name
        assert f'<a href="{up}../{name}" lang="en" hreflang="en">English</a>' in site[f"zh/{name}"], name
        assert '<html lang="zh-CN">' in site[f"zh/{name}"], name
        # Deep links are the same in both.
        assert pages(site)[name].ids == pages(site)[f"zh/{name}"].ids, name


def test_every_phrase_of_the_interface_has_its_chinese() -> None:
    source = "".join(path.read_text("utf-8") for path in Path(site_package.__file__).parent.glob("*.py"))
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    said = {
        call.args[0].value
        for call in calls
        if getattr(call.func, "attr", getattr(call.func, "id", "")) == "say"
        and isinstance(call.args[0], ast.Constant)
    }
    english, chinese = tongues()
    assert len(said) > 20
    assert said <= set(chinese.words)
    strings = {node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant)}
    phrases = yaml.safe_load((Path(site_package.__file__).parent / "zh.yml").read_text("utf-8"))
    assert set(phrases) - strings == set(), "nothing says these any more"
    assert set(phrases) & {name for name, _ in read_fields("labels")} == set()
    for phrase, words in chinese.words.items():
        assert re.findall("{.*?}", phrase) == [] or set(re.findall("{.*?}", phrase)) == set(
            re.findall("{.*?}", words)
        ), phrase
    assert english.say("Rows: {n}", n=3) == "Rows: 3"
    assert chinese.say("Rows: {n}", n=3) == "行数：3"
    with pytest.raises(KeyError):
        chinese.say("Nobody has said this")


def test_margin_notes_lead_to_what_they_are_about(site: dict[str, str]) -> None:
    page = site["documents/forum.html"]
    notes = re.findall('<li class="of-(.*?)"><a href="#(.*?)">(.*?)</a>', page)
    assert ("statement", "c8-37", "Li Ming, " + mixed("部门") + ", direct") in notes
    assert ("quantity", "c65-73", "at least 7, " + mixed("企业") + ", " + mixed(HOSTILE)) in notes
    for kind, anchor, _ in notes:
        assert re.search(f'<span id="{anchor}" class="[^"]*{kind}', page), (kind, anchor)


def test_quality_page_counts_what_is_wrong_and_leads_to_it() -> None:
    text = "“Nobody owns this word at all.”\n\nLi Ming said growth was 2O %. The boats in the bay were blue."
    tables = analyse(make_corpus({"a": text}))
    quality = judge(tables)
    assert [len(rows) for rows in (quality.unread, quality.nobodys, quality.subjects)] == [0, 1, 1]
    assert quality.flagged["text"].tolist() == ["2O %"]
    said = "".join(quality.summary(ENGLISH))
    assert "Quotations without a speaker: 1." in said
    assert "Numerals that look damaged or are mere identifiers: 1." in said


@pytest.mark.parametrize(
    ("spans", "length"), [([], 0), ([(0, 5), (3, 8)], 8), ([(0, 9), (1, 2), (10, 11)], 10)]
)
def test_covered_characters_are_counted_once(spans: list[tuple[int, int]], length: int) -> None:
    rows = [("a", *span) for span in spans] + [("b", *span) for span in spans]
    assert quality_module._length_of(pd.DataFrame(rows, columns=["doc_id", "start", "end"])) == 2 * length


RUN = {
    "nbformat": 4,
    "nbformat_minor": 4,
    "metadata": {"widgets": {"state": 1}, "language_info": {"name": "python", "version": "3.11.7"}},
    "cells": [
        {"cell_type": "markdown", "metadata": {}, "source": ["# 论坛"]},
        {
            "cell_type": "code",
            "metadata": {"execution": {"iopub.execute_input": "2026"}, "tags": ["a"]},
            "execution_count": 7,
            "source": "1",
            "outputs": [
                {"output_type": "stream", "name": "stdout", "text": ["a\n"]},
                {"output_type": "stream", "name": "stdout", "text": "b\n"},
                {"output_type": "stream", "name": "stderr", "text": "c\n"},
                {
                    "output_type": "execute_result",
                    "execution_count": 7,
                    "metadata": {},
                    "data": {
                        "text/plain": "1",
                        "application/vnd.jupyter.widget-view+json": {"model_id": "f3"},
                    },
                },
            ],
        },
    ],
}


def test_normalise_keeps_the_result_and_not_the_run() -> None:
    made = normalise(RUN)
    text, code = made["cells"]
    assert [text["id"], code["id"]] == ["cell-1", "cell-2"]
    assert code["metadata"] == {"tags": ["a"]}
    assert (code["execution_count"], code["outputs"][2]["execution_count"]) == (1, 1)
    assert [output.get("text") for output in code["outputs"]] == ["a\nb\n", "c\n", None]
    assert code["outputs"][2]["data"] == {"text/plain": "1"}
    assert made["metadata"]["language_info"] == {"name": "python"}


def test_normalise_twice_changes_nothing() -> None:
    once = as_text(normalise(RUN))
    assert as_text(normalise(json.loads(once))) == once
    assert once.endswith("}\n")
    assert "论坛" in once


def execute(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "luntan.site", "notebooks", str(folder)]
    return subprocess.run(command, capture_output=True, text=True, env=os.environ | environment, timeout=300)


def test_notebooks_are_executed_to_the_same_bytes(tmp_path: Path) -> None:
    source = "import os, time\nprint(sorted({'a', 'b'}), hash('a'), time.tzname)\nos.getcwd().split('/')[-1]"
    cell = {"cell_type": "code", "metadata": {}, "execution_count": None, "outputs": [], "source": source}
    path = tmp_path / "a.ipynb"
    path.write_text(json.dumps(RUN | {"cells": [cell]}))
    first = execute(tmp_path, PYTHONHASHSEED="1", TZ="UTC")
    once = path.read_bytes()
    execute(tmp_path, PYTHONHASHSEED="2", TZ="Asia/Shanghai", LC_ALL="C")
    assert first.returncode == 0, first.stderr
    assert first.stdout.startswith("a.ipynb: executed in ")
    assert path.read_bytes() == once
    assert tmp_path.name in once.decode()


def test_a_failing_cell_is_named(tmp_path: Path) -> None:
    cell = {"cell_type": "code", "metadata": {}, "execution_count": None, "outputs": [], "source": "1 / 0"}
    text = json.dumps(RUN | {"cells": [RUN["cells"][0], cell]})
    (tmp_path / "bad.ipynb").write_text(text)
    ended = execute(tmp_path)
    assert ended.returncode == 1
    assert ended.stderr == "bad.ipynb, cell 2 of 2: ZeroDivisionError: division by zero\n"
    assert (tmp_path / "bad.ipynb").read_text() == text


def test_what_a_kernel_says_as_it_ends_is_no_failure(tmp_path: Path) -> None:
    source = "import atexit, os\nsay = lambda: os.write(2, b'a complaint')\n_ = atexit.register(say)"
    cell = {"cell_type": "code", "metadata": {}, "execution_count": None, "outputs": [], "source": source}
    (tmp_path / "a.ipynb").write_text(json.dumps(RUN | {"cells": [cell]}))
    ended = execute(tmp_path)
    assert (ended.returncode, ended.stderr) == (0, "")


def test_a_dying_kernel_is_named_with_its_last_words(tmp_path: Path) -> None:
    source = "import os\nos.write(2, b'a complaint')\nos._exit(3)"
    cell = {"cell_type": "code", "metadata": {}, "execution_count": None, "outputs": [], "source": source}
    (tmp_path / "a.ipynb").write_text(json.dumps(RUN | {"cells": [cell]}))
    ended = execute(tmp_path)
    assert ended.returncode == 1
    assert ended.stderr.startswith("a.ipynb, cell 1 of 1: DeadKernelError: ")
    assert ended.stderr.endswith("a complaint\n")


def test_data_of_a_figure_have_a_page_of_their_own(tmp_path: Path) -> None:
    rows = "".join(f"{number},a:{number % 90}-{number % 90 + 1}\n" for number in range(ROWS_LINKED + 1))
    (tmp_path / "long.csv").write_text("n,evidence\n" + rows)
    shelf = Shelf(tmp_path)
    places = [
        Place(here, Evidence(make_corpus({"a": "x" * 99})), {})
        for here in ("notebooks/one.html", "index.html")
    ]
    shown = [shelf.show("long", "A long figure.", place) for place in places]
    link = '<a href="../figures/long.html">Data behind the figure</a>'
    assert f'<p id="data-long">{link} · Rows: 1001</p>' in shown[0]
    assert '<a href="figures/long.html">' in shown[1]
    [(file, (title, main))] = shelf.data_pages.items()
    assert (file, title) == ("figures/long.html", "Data of the figure long")
    assert Page(main).ids == [f"row-{number}" for number in range(1, ROWS_LINKED + 1)]
    assert '<th id="row-7" scope="row" class="number">6</th>' in main
    assert 'href="../notebooks/one.html#figure-long"' in main
    assert 'href="../documents/a.html#' in main


def test_sections_of_a_notebook_are_listed_and_named_after_their_headings() -> None:
    read = Notebook(
        "a", [{"cell_type": "markdown", "source": "# Q?\n\n## The `data` 数据\n\n## 数据\n\n## 数据"}]
    )
    page = notebook_page(
        read, Place("notebooks/a.html", Evidence(make_corpus({})), {}), Shelf(Path()), Frame(())
    )
    links = re.findall('<a href="#(section.*?)">', page)
    assert links == ["section-the-data", "section", "section-again"]
    assert [name for name in Page(page).ids if name.startswith("section")] == links


class Marks(HTMLParser):
    """The links over pictures: where to, what they are called, their outlines; and what else is beside."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str, str]] = []
        self.view = self.href = self.name = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "svg":
            self.view = given["viewbox"]
        elif tag == "a":
            self.href, self.name = given["href"], ""
        elif tag == "path":
            self.found.append((self.href, self.name, given["d"]))

    def handle_data(self, data: str) -> None:
        self.name += data


def test_marks_of_a_picture_are_links_over_it(site: dict[str, str]) -> None:
    read = Marks(site["notebooks/06-findings.html"])
    assert read.found == [("../figures/counts.html#row-1", HOSTILE, "M1 2.5H30V40H1z")]
    assert read.view == "0 0 540 260.5"
    # The front page shows the same figure.
    assert Marks(site["index.html"]).found == [("figures/counts.html#row-1", HOSTILE, "M1 2.5H30V40H1z")]
    assert 'href="#data-counts">Skip the marks of the figure: 1<' in site["index.html"]
    assert "row-1" in pages(site)["figures/counts.html"].ids


def test_links_in_the_pictures_of_the_site_lead_to_rows(site: dict[str, str]) -> None:
    assert "figures/other.svg" not in site, "no page shows it, so its data have none"
    links = [
        link
        for name, text in site.items()
        if name.endswith(".svg")
        for link in re.findall(r'href="(.*?)"', text)
    ]
    assert links == ["counts.html#row-1"]
    assert "row-1" in pages(site)["figures/counts.html"].ids


@pytest.mark.parametrize(
    "link",
    [
        '<a xlink:href="x.html#row-3"><title>beyond</title><path d="M1 2H3V4H1z"/></a>',
        '<a xlink:href="x.html#row-0"><title>before</title><path d="M1 2H3V4H1z"/></a>',
        '<a xlink:href="javascript:alert(1)"><title>x</title><path d="M1 2H3V4H1z"/></a>',
        '<a xlink:href="x.html#row-1"><title>x</title><path d="M1 2" onclick="alert(1)"/></a>',
        '<a xlink:href="x.html#row-1"><title><b>x</b></title><path d="M1 2H3V4H1z"/></a>',
    ],
)
def test_links_that_are_not_ours_are_left_out(link: str, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("n\n1\n2\n")
    (tmp_path / "x.svg").write_text(f'<svg viewBox="0 0 5 5">{link}</svg>')
    place = Place("index.html", Evidence(make_corpus({})), {})
    assert "<svg" not in Shelf(tmp_path).show("x", "A figure.", place)
    (tmp_path / "x.svg").write_text(
        '<svg viewBox="0 0 5 5"><a xlink:href="y#row-2"><title>2</title><path d="M1 2H3V4H1z"/></a></svg>'
    )
    assert '<a href="figures/x.html#row-2"><title>2</title>' in Shelf(tmp_path).show("x", "A figure.", place)
