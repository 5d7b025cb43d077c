"""Reading files: the right body and metadata, a row for every file, sentences that join back."""

import gzip
import time

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import luntan as lt
from conftest import ORIGINALS
from luntan._tables import COLUMNS
from luntan.loaders import FORMATS, PACKED

PAGE_EN = """Home > News > Conferences

A small forum meets by the lake

Updated: March 3, 2021 Lakeside Daily Print
Share - WeChat

A forum on small firms met by the lake on Tuesday and talked about patience for a whole long day.

Its host said that patience is a virtue of firms and ministries alike.

Copyright 2021 Lakeside Daily. All rights reserved.
"""
PAGE_ZH = """首页 新闻

湖畔小型论坛召开

2021-03-03 08:00 来源: 湖畔日报

湖畔日报3月3日讯（记者 某人） 一个关于小企业的论坛周二在湖畔召开，与会者谈了一整天的耐心问题。

主持人表示，耐心是企业和部门共同的美德。

【编辑：某人】
相关阅读
另一篇文章的标题
"""


def load(tmp_path, text, name="page.txt", encoding="utf-8"):
    (tmp_path / name).write_bytes(text.encode(encoding))
    corpus = lt.read_corpus(tmp_path / name)
    assert list(corpus.columns) == list(COLUMNS["corpus"])
    return corpus.iloc[0]


@pytest.mark.parametrize(
    ("page", "title", "publisher", "date", "lang", "first", "last"),
    [
        (
            PAGE_EN,
            "A small forum meets by the lake",
            "Lakeside Daily",
            "2021-03-03",
            "en",
            "A forum on",
            "alike.",
        ),
        (PAGE_ZH, "湖畔小型论坛召开", "湖畔日报", "2021-03-03", "zh", "湖畔日报3月", "美德。"),
    ],
    ids=["en", "zh"],
)
def test_read_corpus_finds_body_and_metadata_of_a_saved_page(
    tmp_path, page, title, publisher, date, lang, first, last
):
    row = load(tmp_path, page)
    assert (row.title, row.publisher, row.date, row.lang) == (title, publisher, date, lang)
    body = row.text[row.body_start : row.body_end]
    assert body.startswith(first)
    assert body.endswith(last)
    assert row.text == page


def test_read_corpus_takes_no_publisher_from_another_line(tmp_path):
    text = (
        "湖畔论坛召开\n\n"
        + "论坛周二在湖畔召开，来自各地的与会者谈了一整天的耐心问题和小企业的前途。\n" * 2
        + "分享到：微信\n版权所有 湖畔网\n"
    )
    assert load(tmp_path, text).publisher == "湖畔网"


def test_outside_body_gives_every_line_outside_a_reason(tmp_path):
    (tmp_path / "zh.txt").write_text(PAGE_ZH, encoding="utf-8")
    cut = lt.outside_body(lt.read_corpus(tmp_path))
    assert cut[["text", "reason"]].values.tolist() == [
        ["首页 新闻", "navigation"],
        ["湖畔小型论坛召开", "title"],
        ["2021-03-03 08:00 来源: 湖畔日报", "date line"],
        ["【编辑：某人】", "editor's credit"],
        ["相关阅读", "related pages"],
        ["另一篇文章的标题", "after the article"],
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_read_corpus_decodes_what_people_save(tmp_path, encoding):
    row = load(tmp_path, PAGE_ZH, encoding=encoding)
    assert row.text == PAGE_ZH
    assert row.title == "湖畔小型论坛召开"


def test_read_corpus_decodes_big5(tmp_path):
    text = "湖畔論壇召開，與會者談了一整天的創新與企業家精神，氣氛熱烈。\n"
    assert load(tmp_path, text, encoding="big5").text == text


def test_read_corpus_marks_damaged_text_and_keeps_the_rest(tmp_path):
    (tmp_path / "bad.txt").write_bytes(PAGE_EN.encode().replace(b"patience", b"pat\xffience", 1))
    row = lt.read_corpus(tmp_path).iloc[0]
    assert row.status == "warn"
    assert row.reason == "1 characters could not be decoded"
    assert "ience for a whole long day." in row.text


def test_read_corpus_reads_front_matter(tmp_path):
    row = load(
        tmp_path,
        "---\ntitle: 'A: B'\ndate: 'XXXX-10-22'\nlang: mixed\nkind: policy\n---\n\nText here.\n",
        "a.md",
    )
    assert (row.title, row.date, row.lang, row.kind, row.status) == (
        "A: B",
        "XXXX-10-22",
        "mixed",
        "policy",
        "ok",
    )
    assert row.text[row.body_start : row.body_end] == "Text here."


def test_read_corpus_reads_html_by_content(tmp_path):
    paragraph = "<p>A forum on small firms met by the lake and talked about patience for a whole day.</p>"
    article = f"<article><h1>Forum</h1>{paragraph * 4}</article>"
    html = f"<!DOCTYPE html><html><title>Forum</title><body><nav>Home</nav>{article}</body></html>"
    row = load(tmp_path, html, "page.txt")
    assert "talked about patience" in row.text
    assert "<" not in row.text


def test_read_corpus_has_a_row_for_every_file(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    (tmp_path / "a" / "note.txt").write_text(
        "Firms need talent and time to grow, said the host.", encoding="utf-8"
    )
    (tmp_path / "b" / "note.txt").write_text("企业需要人才和时间，主持人说。", encoding="utf-8")
    (tmp_path / "b" / "twin.txt").write_text("企业需要人才和时间，主持人说。", encoding="utf-16")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "zeros.txt").write_bytes(bytes(range(32)) * 50)
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    corpus = lt.read_corpus(tmp_path)
    assert corpus[["doc_id", "status", "reason"]].values.tolist() == [
        ["a/note", "ok", ""],
        ["b/note", "ok", ""],
        ["twin", "dup", "same text as b/note"],
        ["empty", "skip", "empty file"],
        ["picture", "skip", f".png: not one of {' '.join(FORMATS + PACKED)}"],
        ["zeros", "skip", "binary data, not text"],
    ]
    assert lt.sentences(corpus).doc_id.unique().tolist() == ["a/note", "b/note"]


def test_read_corpus_of_nothing_is_empty(tmp_path):
    corpus = lt.read_corpus(tmp_path)
    assert corpus.empty
    assert list(corpus.columns) == list(COLUMNS["corpus"])


def test_read_corpus_names_the_path_that_does_not_exist(tmp_path):
    with pytest.raises(FileNotFoundError, match="nowhere"):
        lt.read_corpus(tmp_path / "nowhere")


def test_read_corpus_takes_a_list_and_ignores_its_order(tmp_path):
    for name in ("b.txt", "a.txt"):
        (tmp_path / name).write_text(f"Firms need talent, said {name}.", encoding="utf-8")
    paths = [tmp_path / "b.txt", tmp_path / "a.txt"]
    assert lt.read_corpus(paths).equals(lt.read_corpus(paths[::-1]))
    assert lt.read_corpus(paths).doc_id.tolist() == ["a", "b"]


def test_read_corpus_skips_formats_it_does_not_read(tmp_path):
    (tmp_path / "page.tar.gz").write_bytes(gzip.compress(b"text"))
    assert lt.read_corpus(tmp_path).iloc[0].status == "skip"


@pytest.mark.parametrize(
    "data", [b"\xff\xfe\x00", b"\x00" * 99, b"<html>" * 999, b"---\n: : :\n---\n", b"\xed\xa0\x80" * 9]
)
def test_read_corpus_never_raises_on_bytes(tmp_path, data):
    (tmp_path / "x.md").write_bytes(data)
    row = lt.read_corpus(tmp_path).iloc[0]
    assert row.status in ("ok", "warn", "skip")
    row.text.encode("utf-8")


def test_make_corpus_takes_all_of_a_text_as_body():
    corpus = lt.make_corpus({"a": " Home > News. 全文。\n"})
    assert corpus.loc[0, ["body_start", "body_end"]].tolist() == [0, 18]
    assert lt.make_corpus(corpus[["doc_id", "text"]]).equals(corpus)


def test_make_corpus_refuses_a_doc_id_given_twice():
    with pytest.raises(ValueError, match="doc_id twice"):
        lt.make_corpus(lt.make_corpus({"a": "x"}).loc[[0, 0], ["doc_id", "text"]])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("企业要创新。政府呢？要服务！", ["企业要创新。", "政府呢？", "要服务！"]),
        ("他说：“要创新。”大家鼓掌。", ["他说：“要创新。”", "大家鼓掌。"]),
        (
            "Dr. Li of the U.S. team spoke. It was 3.5 hours.",
            ["Dr. Li of the U.S. team spoke. ", "It was 3.5 hours."],
        ),
        ('"Good," he said. "Really?" she asked.', ['"Good," he said. ', '"Really?" she asked.']),
        (
            "It ended innovation.Five years ago it began.",
            ["It ended innovation.", "Five years ago it began."],
        ),
        ("企业R&D投入超7%。Firms grow.", ["企业R&D投入超7%。", "Firms grow."]),
        ("one\n\ntwo\n\n三", ["one\n\n", "two\n\n", "三"]),
        ("a line that was\nwrapped by hand. Yes.", ["a line that was\nwrapped by hand. ", "Yes."]),
    ],
)
def test_sentences_splits_both_languages(text, expected):
    assert lt.sentences(lt.make_corpus({"a": text})).text.tolist() == expected


@given(
    st.text(alphabet=st.sampled_from(list("ab A.。！？!?\"'”’“…,， \n\r\t\u3000U.S.1专精特新")), max_size=80)
    | st.text(max_size=60)
)
def test_sentences_join_back_to_the_body(text):
    text = text.encode("utf-8", "replace").decode()
    sents = lt.sentences(lt.make_corpus({"a": text}))
    assert "".join(sents.text).strip() == text.strip()
    assert all(text[row.start : row.end] == row.text for row in sents.itertuples())
    assert (sents.end.iloc[:-1].to_numpy() == sents.start.iloc[1:].to_numpy()).all()


@pytest.mark.originals
def test_read_corpus_states_title_and_date_of_the_originals():
    gold = pd.read_csv(ORIGINALS.parent / "gold_metadata.csv", dtype=str, keep_default_na=False).set_index(
        "id"
    )
    corpus = lt.read_corpus(sorted(ORIGINALS.glob("S*.txt"))).set_index("doc_id")
    assert corpus.title.to_dict() == gold.title[corpus.index].to_dict()
    assert corpus.date.to_dict() == gold.date_published[corpus.index].to_dict()


@pytest.mark.parametrize("unit", ["a wrapped line\n", "a. ", " ,", "“他说", "1,1,", "。”", "\n\n"])
def test_sentences_take_time_in_proportion_to_the_text(unit):
    def seconds(size):
        corpus = lt.make_corpus({"a": unit * (size // len(unit))})
        before = time.process_time()
        lt.sentences(corpus)
        return time.process_time() - before

    # Four times the text may take eight times as long on a noisy machine, but not sixteen.
    assert min(seconds(400_000) for _ in range(2)) < 10 * max(0.01, min(seconds(100_000) for _ in range(3)))
