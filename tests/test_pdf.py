"""The report as one PDF: bookmarks, text that can be searched, inner links, A4, the same bytes twice."""

import ctypes
import re
import shutil
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from browsing import CHROMIUM, need
from luntan import make_corpus
from luntan.site import build_site
from luntan.site.__main__ import main
from luntan.site.pdf import one_page, without_the_run, write_pdf
from test_site import Page

A4 = {(595, 842), (842, 595)}


@pytest.fixture(scope="module")
def printed(report: Path) -> pdfium.PdfDocument:
    """Print the report once."""
    need("" if CHROMIUM else "Chromium is installed")
    return pdfium.PdfDocument(write_pdf(report).read_bytes())


def headings(report: Path, part: str) -> list[str]:
    """Return the first heading of each page in a part of the report."""
    found = (
        re.search("<h1>(.*?)</h1>", path.read_text("utf-8"))
        for path in sorted((report / part).glob("*.html"))
    )
    return [Page(heading[1]).text for heading in found if heading]


def test_bookmarks_lead_to_every_notebook_and_document(printed, report):
    marks = [(mark.get_title(), mark.get_dest().get_index()) for mark in printed.get_toc() if mark.level == 0]
    titles = [title for title, _ in marks]
    wanted = headings(report, "notebooks") + headings(report, "documents")
    assert len(wanted) >= 12
    assert [title for title in wanted if title not in titles] == []
    assert [page for _, page in marks] == sorted({page for _, page in marks})


def test_text_can_be_searched_and_copied(printed):
    text = "".join(page.get_textpage().get_text_range() for page in printed)
    assert [
        word for word in ("专精特新", "吕薇", "Lu Wei", "How many little giants") if word not in text
    ] == []


def test_pages_are_a4_and_numbered(printed):
    assert {tuple(round(length) for length in page.get_size()) for page in printed} <= A4
    last = printed[len(printed) - 1].get_textpage().get_text_range()
    assert str(len(printed)) in last.splitlines()


def test_evidence_leads_to_a_page_of_the_same_file(printed):
    inner = outer = 0
    for page in printed:
        at, link = ctypes.c_int(0), pdfium.raw.FPDF_LINK()
        while pdfium.raw.FPDFLink_Enumerate(page, at, link):
            target = pdfium.raw.FPDFLink_GetDest(printed, link)
            inner += bool(target)
            outer += not target
    assert inner > 2000
    assert outer == 0


def test_no_link_of_the_long_page_is_lost(report):
    long = Page(one_page(report))
    assert len(long.ids) == len(set(long.ids))
    assert [link for link in long.links if link.removeprefix("#") not in long.ids] == []


def test_printing_twice_gives_the_same_bytes(tmp_path):
    need("" if CHROMIUM else "Chromium is installed")
    corpus = make_corpus({"论坛": "李明认为，“小巨人”企业有264家。\n\nLi Ming said that 3,000 firms grew."})
    build_site(corpus, tmp_path / "none", figures=tmp_path / "none", out=tmp_path / "site")
    first, *others = (write_pdf(tmp_path / "site").read_bytes() for _ in range(4))
    assert [other == first for other in others] == [True, True, True]
    # So Chromium names a face that came with the page: the Chinese is drawn with ours.
    assert b"OTS-derived-font" in first
    assert b"HeadlessChrome" not in first
    assert b"(D:20" not in first


def test_what_tells_the_run_is_blanked_in_place():
    cells = b"/ID (node00000031) (node00000007) [(node00000031)]"
    pdf = rb"<</Creator (a \(b\) c)/ModDate (D:2026)/Title (x)>>endobj " + cells
    same = without_the_run(pdf)
    assert len(same) == len(pdf)
    assert b"/Title (x)" in same
    assert same.endswith(b"/ID (node00000002) (node00000001) [(node00000002)]")
    assert same == without_the_run(pdf.replace(b"0031", b"0032").replace(b"2026", b"2027"))


def test_a_missing_report_or_browser_is_named(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(shutil, "which", lambda _: "chromium")
    assert main(["pdf", str(tmp_path)]) == 2
    assert "holds no report; build one with `make report`." in capsys.readouterr().err
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert main(["pdf", str(tmp_path)]) == 2
    assert "apt install chromium" in capsys.readouterr().err
