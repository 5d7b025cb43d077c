"""Loading anything: formats by content, archives without bombs, links, repeats, a cache that cannot harm."""

import gzip
import io
import os
import re
import sys
import types
import zipfile

import pandas as pd
import pytest

import hostile
import luntan as lt
from conftest import ROOT
from forged import EN, HANT, ZH, packed, paragraph, pdf, word
from luntan.loaders import archive, child, load_bytes
from luntan.loaders.docx import read_docx
from luntan.loaders.mhtml import read_mhtml
from luntan.loaders.pdf import join_lines, read_pdf
from luntan.loaders.tags import without_tags

PAGE = f"<!DOCTYPE html><html><head><title>Forum</title></head><body><p>{EN}</p><p>{ZH}</p></body></html>"


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory, monkeypatch):
    """Keep the user's cache out of the tests."""
    folder = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("LUNTAN_CACHE", str(folder))
    return folder


@pytest.fixture(scope="module")
def hostile_corpus(tmp_path_factory):
    """Load the hostile set once; return its entries and the corpus."""
    folder = tmp_path_factory.mktemp("hostile") / "set"
    folder.mkdir()
    written = hostile.write(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LUNTAN_CACHE", "")
        corpus = lt.read_corpus(folder)
    assert not list(folder.parent.rglob("*escaped*")), "something was extracted"
    return written, corpus


def fall_short(entry: hostile.Entry, rows: pd.DataFrame) -> list[str]:
    """Say how the rows of a file differ from what may come of it."""
    found = []
    for row in rows.itertuples():
        if row.status not in entry.statuses or not re.search(entry.reason, row.reason):
            found.append(f"{row.path}: {row.status}, {row.reason}")
        if entry.holds not in row.text or (entry.lacks and entry.lacks in row.text):
            found.append(f"{row.path}: wrong text {row.text[:80]!r}")
    return found or ([f"{entry.path}: no row"] if rows.empty else [])


def test_every_hostile_file_ends_as_it_may(hostile_corpus):
    written, corpus = hostile_corpus
    assert len(written) >= 200
    names = corpus["path"].str.replace(r"(\.(zip|txt|docx))/.*", r"\1", regex=True)
    by_name = dict(iter(corpus.groupby(names)))
    wrong = [line for entry in written for line in fall_short(entry, by_name.get(entry.path, corpus[:0]))]
    assert wrong == []


def test_every_hostile_row_can_be_stored_and_says_why(hostile_corpus):
    corpus = hostile_corpus[1]
    assert corpus["doc_id"].is_unique
    assert corpus["path"].is_monotonic_increasing
    corpus.to_csv(io.BytesIO(), encoding="utf-8")  # lone surrogates would raise
    assert not corpus["text"].str.contains("\0").any()
    assert ((corpus["status"] == "ok") == (corpus["reason"] == "")).all()
    assert ((corpus["status"] == "skip") == (corpus["text"] == "")).all()
    assert "inside" not in corpus.loc[corpus["status"] != "skip", "path"].str.cat()
    body = (corpus["body_start"] >= 0) & (corpus["body_start"] <= corpus["body_end"])
    assert (body & (corpus["body_end"] <= corpus["text"].str.len())).all()


def test_the_hostile_set_is_the_same_for_the_same_seed():
    first, again, other = ([*hostile.entries(seed)] for seed in (1, 1, 2))
    assert first == again != other


def test_changed_bytes_never_raise(monkeypatch):
    # Every PDF starts a child: here a few hundred changes must do.
    monkeypatch.setenv("LUNTAN_CACHE", "")
    assert sum(hostile.load_flips(400).values()) >= 400


@pytest.mark.parametrize(("name", "data", "part"), [
    ("a.txt", PAGE.encode(), "湖畔召开"),
    ("a.html", gzip.compress(PAGE.encode("gb18030")), "湖畔召开"),
    ("a.html", EN.encode(), "patience"),
    ("a.txt", pdf(), "patience"),
    ("a.pdf", word(paragraph(ZH)), "湖畔召开"),
    ("a.docx", PAGE.encode("utf-16"), "湖畔召开"),
    ("a.md.gz", gzip.compress(ZH.encode()), "湖畔召开"),
    ("a.pdf.gz", gzip.compress(pdf()), "patience"),
    ("a.docx.gz", gzip.compress(word(paragraph(EN))), "patience"),
])  # fmt: skip
def test_read_corpus_goes_by_content(tmp_path, name, data, part):
    (tmp_path / name).write_bytes(data)
    row = lt.read_corpus(tmp_path).iloc[0]
    assert (row.doc_id, row.path) == ("a", name)
    assert part in row.text
    assert row.status in ("ok", "warn")


def test_files_of_an_archive_are_rows_of_their_own(tmp_path):
    data = packed({"b/note.txt": EN.encode(), "a/note.md.gz": gzip.compress(ZH.encode()), ".hidden.txt": b"x",
                   "x.png": b"x", "../../up.txt": HANT.encode()})  # fmt: skip
    (tmp_path / "set.zip").write_bytes(data)
    chinese = packed({"12345678.txt": b"plain"})  # as Chinese Windows writes names
    (tmp_path / "old.zip").write_bytes(chinese.replace(b"12345678", "会议纪要".encode("gb18030")))
    corpus = lt.read_corpus(tmp_path)
    assert corpus[["doc_id", "path", "status"]].values.tolist() == [
        ["会议纪要", "old.zip/会议纪要.txt", "ok"],
        ["set.zip/a/note", "set.zip/a/note.md.gz", "ok"],
        ["set.zip/b/note", "set.zip/b/note.txt", "ok"],
        ["up", "set.zip/up.txt", "ok"],
        ["x", "set.zip/x.png", "skip"],
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["old.zip", "set.zip"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_names_that_collide_stay_apart(tmp_path):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as twins:
        twins.writestr("note.txt", EN)
        twins.writestr("note.txt", ZH)
    (tmp_path / "a.zip").write_bytes(buffer.getvalue())
    for name in ("note.txt", "note.html", "b/note.txt.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")
    corpus = lt.read_corpus(tmp_path)
    assert corpus["doc_id"].is_unique
    assert corpus["doc_id"].tolist() == [
        "a.zip/note.txt", "a.zip/note.txt~2", "b/note.txt", "note.html", "note.txt",
    ]  # fmt: skip


@pytest.mark.parametrize("data", [
    gzip.compress(b"a" * 3_000),
    packed({"a.txt": b"a" * 3_000}),
    packed({"a.txt": b"a" * 900, "b.txt": b"a" * 900}),
], ids=["gzip", "zip", "zip of two"])  # fmt: skip
def test_unpack_stops_at_the_limit(monkeypatch, data):
    monkeypatch.setattr(archive, "LIMIT", 1_000)
    members = list(archive.unpack(data))
    assert "MB" in members[-1].reason
    assert sum(len(member.data) for member in members) <= 1_000


def test_read_limited_stops_while_it_reads():
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size=-1):
            self.given += size
            return b"a" * size

    stream = Endless()
    assert archive.read_limited(stream, 10**6) == (b"", archive.TOO_LARGE)
    assert stream.given < 2 * 10**6
    assert "200 times" in archive.read_limited(stream, 10**9, packed=10_000)[1]


def test_unpack_parses_no_endless_directory(monkeypatch):
    data = packed({f"{n}.txt": b"" for n in range(3)})
    monkeypatch.setattr(archive, "MOST_ENTRIES", 2)
    monkeypatch.setattr(archive.zipfile, "ZipFile", None)
    assert [*archive.unpack(data)] == [("", b"", archive.TOO_MANY)]


def test_a_text_of_endless_lines_is_all_body(monkeypatch):
    monkeypatch.setattr("luntan.loaders.MOST_LINES", 3)
    row = load_bytes(b"---\ntitle: a\n---\nb\nc\n")
    assert (row["title"], row["status"], row["text"][row["body_start"] : row["body_end"]]) == (
        "a",
        "warn",
        "b\nc\n",
    )
    assert row["reason"].startswith("too many lines")


def test_what_may_not_be_read_is_a_row(tmp_path, monkeypatch):
    (tmp_path / "locked").mkdir()
    (tmp_path / "note.txt").write_text(EN, encoding="utf-8")
    look = os.scandir

    def refuse(path, *_, **__):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "scandir", lambda path: refuse(path) if path != tmp_path else look(path))
    monkeypatch.setattr("pathlib.Path.open", refuse)
    assert lt.read_corpus(tmp_path)[["path", "status", "reason"]].values.tolist() == [
        ["locked", "skip", "folder could not be read: Permission denied"],
        ["note.txt", "skip", "could not be read: Permission denied"],
    ]


def test_a_file_above_the_limit_is_not_opened(tmp_path, monkeypatch):
    monkeypatch.setattr("luntan.loaders.LIMIT", 10)
    (tmp_path / "a.txt").write_text(EN, encoding="utf-8")
    assert "larger than" in lt.read_corpus(tmp_path).loc[0, "reason"]


def test_read_docx_keeps_tables_insertions_and_notes():
    box = f"<w:p><w:r><w:t>around</w:t><w:txbxContent>{paragraph('boxed')}</w:txbxContent></w:r></w:p>"
    cells = f"<w:tc>{paragraph('省')}{paragraph('市')}</w:tc><w:tc>{paragraph('7')}</w:tc>"
    edits = "<w:p><w:ins><w:r><w:t>in</w:t></w:r></w:ins><w:del><w:r><w:t>out</w:t></w:r></w:del></w:p>"
    title = b"<p xmlns:dc='x'><dc:title>Lake </dc:title><dc:created>2013-12-23</dc:created></p>"
    notes = b"<w:n xmlns:w='w'><w:p><w:r><w:t>a note</w:t></w:r></w:p></w:n>"
    parts = {"docProps/core.xml": title, "word/footnotes.xml": notes}
    data = word(paragraph("Lake") + f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>" + edits + box, parts)
    text, fields, reason = read_docx(data)
    assert text == "Lake\n省 市\t7\nin\naround\nboxed\na note"
    assert (fields, reason) == ({"title": "Lake"}, "")


def test_read_pdf_tells_what_went_wrong(monkeypatch):
    assert read_pdf(pdf())[::2] == (EN.strip(), "")
    assert read_pdf(b"%PDF-1.7 nothing")[2] == "damaged PDF, could not be opened"
    monkeypatch.setattr(child, "WALL_SECONDS", 0.01)
    assert read_pdf(pdf())[2] == "PDF reader timeout"


@pytest.mark.skipif(sys.platform == "win32", reason="limits are those of POSIX")
@pytest.mark.parametrize(("code", "ended"), [
    ("import os; os.abort()", "crashed"),
    ("while True: pass", "timeout"),
    ("x = bytearray(3 * 10**9)", "ran out of memory"),
])  # fmt: skip
def test_a_child_that_breaks_off_is_reported(tmp_path, monkeypatch, code, ended):
    source = (ROOT / "src/luntan/loaders/child.py").read_text(encoding="utf-8")
    source = source.replace("    import pypdfium2\n", f"    _report(page='kept')\n    {code}\n", 1)
    source = source.replace("CPU_SECONDS = 30", "CPU_SECONDS = 1")
    (tmp_path / "child.py").write_text(source, encoding="utf-8")
    monkeypatch.setattr(child, "__file__", str(tmp_path / "child.py"))
    assert read_pdf(b"") == ("kept", {}, f"PDF reader {ended} after page 1")


def test_join_lines_joins_what_was_wrapped():
    page = (
        "标题\r\n一个关于小企业的论坛周二在湖畔召开，与会者谈了一整天的耐\r\n心问题，主持人表示研发投入超过"
        "百分之七，这是第一次超过百\r\n分之七。\r\n完"
    )
    assert join_lines(page).splitlines()[::2] == ["标题", "完"]
    assert "的耐心问题" in join_lines(page)
    assert "百分之七。" in join_lines(page)


def test_large_pages_are_read_in_a_child(monkeypatch):
    monkeypatch.setattr("luntan.loaders.LARGE_PAGE", 10)
    assert "湖畔召开" in load_bytes(PAGE.encode())["text"]


def test_a_page_too_deep_for_the_reader_keeps_its_text():
    row = load_bytes(f"<html>{'<div>' * 10_000}<p>{EN}</p><p>{ZH}</p>".encode())
    assert "patience" in row["text"]
    assert "湖畔召开" in row["text"]


def test_without_tags_leaves_signs_and_drops_scripts():
    assert (
        without_tags("<p>1 < 2 &lt; 3<style>p {}</style><p>a<b>b</b><!-- <p>c</p> -->d</x y")
        == "1 < 2 < 3\nabd"
    )


def test_read_mhtml_finds_the_page():
    head = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n"
    picture = b"--x\nContent-Type: image/png\n\nx\n"
    page = b"--x\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n<p>=E8=AE=BA</p>\n"
    assert read_mhtml(head + picture + page + b"--x--").decode().strip() == "<p>论</p>"


@pytest.mark.parametrize(("progress", "files", "bars"), [(None, 51, 0), (True, 1, 1), (False, 60, 0)])
def test_progress_bar_is_shown_where_it_is_wanted(tmp_path, monkeypatch, progress, files, bars):
    drawn = []
    module = types.SimpleNamespace(tqdm=lambda found, **_: drawn.append(1) or found)
    monkeypatch.setitem(sys.modules, "tqdm.auto", module)
    for number in range(files):
        (tmp_path / f"{number}.txt").write_text(f"note {number}", encoding="utf-8")
    assert len(lt.read_corpus(tmp_path, progress=progress)) == files
    assert len(drawn) == bars


def test_progress_bar_is_shown_on_a_terminal_for_long_loads(tmp_path, monkeypatch):
    drawn = []
    module = types.SimpleNamespace(tqdm=lambda found, **_: drawn.append(1) or found)
    monkeypatch.setitem(sys.modules, "tqdm.auto", module)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    for number in range(51):
        (tmp_path / f"{number}.txt").write_text(f"note {number}", encoding="utf-8")
        lt.read_corpus(tmp_path) if number == 49 else None
    assert not drawn
    lt.read_corpus(tmp_path)
    assert drawn


def test_a_path_that_is_no_path_raises_with_its_name(tmp_path):
    for name in ("nowhere", "x" * 5_000):
        with pytest.raises(FileNotFoundError, match=name[:7]):
            lt.read_corpus(tmp_path / name)


def test_formats_of_the_readme_are_those_that_are_read(root):
    from luntan.loaders import FORMATS, PACKED

    section = (root / "README.md").read_text(encoding="utf-8").split("## Your own files")[1]
    assert set(FORMATS + PACKED) <= set(re.findall(r"(\.\w+)[` ]", section))
