"""Title, publisher, date, language, kind and body of saved pages, and a reason for every line left out."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import luntan as lt
from conftest import ROOT
from luntan.corpus import outside_body
from luntan.loaders import describe
from luntan.loaders.dates import is_dated, iso_date
from luntan.loaders.furniture import Line, find_body, furniture_reason
from luntan.loaders.html import looks_like_html, read_html
from luntan.loaders.kinds import kind_of
from luntan.loaders.metadata import find_publisher, language_of, read_front_matter

# What front matter is made of, and what YAML takes for a sign.
PIECES = "title·a b·2021-05-04·企业·R&D·:·: ·- ·#· #·\"·'·[·{·|·>·%·&a·*a·!·@·?·? ·~·...·\\".split("·")
PIECES += ["\t", " ", "  ", "\n", "\n ", "\r\n", "\ufeff"]
PAGES = ROOT / "tests" / "data" / "pages"
FIELDS = ("title", "publisher", "date", "lang", "kind")
# The other half of the pages is only scored, as a check on rules that fit these pages too well:
# a wrong field there is a figure below, not a fault to be mended.
ONLY_SCORED = {"title": 12, "publisher": 12, "date": 13, "lang": 13, "kind": 13}


def expected(part):
    return yaml.safe_load((PAGES / part / "expected.yml").read_text(encoding="utf-8"))


@pytest.fixture(autouse=True)
def _no_cache(monkeypatch):
    monkeypatch.setenv("LUNTAN_CACHE", "")


@pytest.mark.parametrize("name", expected("looked_at"))
def test_read_corpus_finds_metadata_and_body_of_a_page(name):
    page = expected("looked_at")[name]
    row = lt.read_corpus(PAGES / "looked_at" / name).iloc[0]
    body = row.text[row.body_start : row.body_end]
    assert {field: row[field] for field in FIELDS} == {field: page[field] for field in FIELDS}
    assert (body[: len(page["first"])], body[-len(page["last"]) :]) == (page["first"], page["last"])
    assert row.status == "ok", row.reason


def test_read_corpus_scores_no_less_than_it_did_on_the_other_pages():
    right = dict.fromkeys(FIELDS, 0)
    overlap = []
    for name, page in expected("only_scored").items():
        row = lt.read_corpus(PAGES / "only_scored" / name).iloc[0]
        for field in FIELDS:
            right[field] += row[field] == page[field]
        start = row.text.index(page["first"])
        end = row.text.rindex(page["last"]) + len(page["last"])
        shared = max(0, min(end, row.body_end) - max(start, row.body_start))
        overlap.append(2 * shared / (end - start + row.body_end - row.body_start))
    assert all(right[field] >= ONLY_SCORED[field] for field in FIELDS), right
    assert sum(overlap) / len(overlap) >= 0.96


@pytest.mark.parametrize("part", ["looked_at", "only_scored"])
def test_outside_body_has_a_reason_for_every_line(part):
    corpus = lt.read_corpus([PAGES / part / name for name in expected(part)])
    assert outside_body(corpus)["reason"].ne("").all()


def test_outside_body_says_what_each_line_is():
    corpus = lt.read_corpus(PAGES / "looked_at" / "zh_portal.txt")
    assert outside_body(corpus)[["text", "reason"]].values.tolist()[6:] == [
        ["当前位置：首页 > 新闻 > 科技", "breadcrumb"],
        ["海湾市为小企业开设夜间实验室", "title"],
        ["2021-06-18 09:42 来源：海湾晚报", "date line"],
        ["字号：大 中 小", "page control"],
        ["分享到：", "share link"],
        ["图为夜间实验室一角。（海湾晚报记者 杜某 摄）", "caption"],
        ["（责任编辑：米某）", "editor's credit"],
        ["相关阅读", "related pages"],
        ["小企业如何读懂标准", "after the article"],
        ["公共实验室的七个问题", "after the article"],
        ["网友评论", "reader comments"],
        ["路人甲：晚上的公交车也该多开几班，不然谁去得了呢？", "after the article"],
        ["我要评论", "reader comments"],
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("首页>新闻>科技", "navigation"),
        ("海湾网 > 新闻 > 科技", "breadcrumb"),
        ("责任编辑：某人", "editor's credit"),
        ("【责任编辑:某人】", "editor's credit"),
        ("分享到：微博 微信", "share link"),
        ("相关阅读", "related pages"),
        ("网友评论（3）", "reader comments"),
        ("字号：大 中 小", "page control"),
        ("扫码关注", "share link"),
        ("湾ICP备00000000号-1", "site registration"),
        ("湾公网安备 00000000000000号", "police registration"),
        ("14 Comments", "reader comments"),
        ("ADVERTISEMENT", "advertisement"),
        ("Copyright © 2020 Lakeside Daily. All rights reserved.", "copyright notice"),
        ("Comments from the panel were taken into account by the board.", ""),
        ("Copyright law is what small publishers fear most, said the guild.", ""),
        ("Sources close to the ministry said that the plan was dead.", ""),
        ("注册资本在五百万元以下的企业可以申报。", ""),
    ],
)
def test_furniture_reason_names_furniture_and_leaves_sentences(line, reason):
    assert furniture_reason(Line(0, len(line), line))[1] == reason


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Updated: November 10, 2020", "2020-11-10"),
        ("Published 3 May 2021", "2021-05-03"),
        ("Published 3rd of May, 2021", "2021-05-03"),
        ("Nov. 9, 2020", "2020-11-09"),
        ("Sept 9, 2020", "2020-09-09"),
        ("2022年08月01日 来源：海湾网", "2022-08-01"),
        ("2022.8.1", "2022-08-01"),
        ("2022-08-01T10:00:00+08:00", "2022-08-01"),
        ("二〇一九年九月二十二日", "2019-09-22"),
        ("二○二一年十二月三十日", "2021-12-30"),
        ("25/12/2021", "2021-12-25"),
        ("12/25/2021", "2021-12-25"),
        ("03/04/2021", ""),
        ("2021-13-40", ""),
        ("May 2021", ""),
        ("10Month 22Day", ""),
        ("version 2.10.2020", ""),
    ],
)
def test_iso_date_reads_full_dates_only(text, date):
    assert iso_date(text) == date


@pytest.mark.parametrize(
    ("line", "dated"),
    [
        ("5 March 2020 | Harbour Wire", True),
        ("Wed 13 Oct 2021 06.00 BST", True),
        ("PUBLISHED NOV 9, 2020, 5:00 AM SGT", True),
        ("湖畔日报 2021-03-03 08:00", True),
        ("The forum of 3 May 2021 drew a crowd that nobody had expected.", False),
        ("3 firms met.", False),
    ],
)
def test_is_dated_tells_date_lines_from_sentences(line, dated):
    assert is_dated(line) is dated


BODY = "一个关于小企业的论坛周二在湖畔召开，与会者谈了一整天的耐心问题，气氛热烈。\n"
DAMAGED = "date is damaged: '10Month 22Day' reads as XXXX-10-22"


@pytest.mark.parametrize(
    ("text", "date", "reason"),
    [
        ("湖畔论坛召开\n\n湖畔社北岸3月5日电（记者某人）" + BODY, "XXXX-03-05", ""),
        ("Forum\n\nNORTHPIER, Nov 9 (Lakewire) -- The forum met by the lake for days.\n", "XXXX-11-09", ""),
        ("湖畔论坛召开\n\n10Month 22Day\n\n" + BODY, "XXXX-10-22", DAMAGED),
        # A damaged date in a sentence is the event's: it is pointed out, and none is invented for the page.
        ("湖畔论坛召开\n\n10Month 22Day " + BODY, "", DAMAGED),
        ("湖畔论坛召开\n\n2021-10-23\n\n10Month 22Day " + BODY, "2021-10-23", ""),
        ("湖畔论坛召开\n\n" + BODY + "相关阅读\n2019-01-01 另一篇\n", "", ""),
        ("今天是2024年3月5日 星期二\n湖畔论坛召开\n2021-03-03\n\n" + BODY, "2021-03-03", ""),
    ],
)  # fmt: skip
def test_describe_states_a_date_only_where_the_text_does(text, date, reason):
    fields = describe(text)
    assert (fields["date"], fields["reason"]) == (date, reason)


def test_find_publisher_does_not_take_this_paper_for_a_name():
    text = "湖畔论坛召开\n\n本报北岸3月5日电（本报记者 某人）" + BODY
    assert find_publisher(text, find_body(text)) == ""


@pytest.mark.parametrize(
    ("title", "opening", "kind"),
    [
        ("关于举办创新论坛的通知", "", "policy"),
        ("Notice on support for small labs", "", "policy"),
        ("Small Firms Forum opens", "", "forum_report"),
        ("港灣論壇談耐心", "", "forum_report"),
        ("时评：少一些名次", "", "opinion"),
        ("Slow Tools Programme opens its call", "", "programme"),
        ("A mill reopens", "The owner said so.", "news_feature"),
        ("", "", "other"),
    ],
)
def test_kind_of_goes_by_headline_then_opening(title, opening, kind):
    assert kind_of(title, opening) == kind


def test_language_of_a_document_is_mixed_sooner_than_of_a_sentence():
    text = "验证团队用Verilator替代商业仿真器，把回归测试的时间从十一小时降到三小时，结果公开在网上。" * 3
    assert language_of(text) == "zh"
    assert describe(text)["lang"] == "mixed"


def test_read_html_reads_what_the_page_states_and_no_script():
    markup = (
        "<html><head><title>Lofts &amp; looms | Northpier</title>"
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Lofts &amp; looms",'
        ' "datePublished": "2020-02-03T10:00", "publisher": {"name": "Northpier Notes"}}</script>'
        '<script type="application/ld+json">{broken</script><style>p {color: red}</style></head><body>'
        + "<p>A loft above the market was let to weavers &mdash; and to coders, who wanted company.</p>" * 3
        + "<script>alert(1)</script></body></html>"
    )
    text, fields, reason = read_html(markup)
    assert fields == {"title": "Lofts & looms", "publisher": "Northpier Notes", "date": "2020-02-03"}
    assert reason == ""
    assert "weavers — and to coders" in text
    assert not any(word in text for word in ("alert", "color", "headline", "<", "&mdash;"))


def test_read_html_keeps_all_text_where_no_article_is_found():
    text, _, reason = read_html("<html><body>" + "<div>" * 10_000 + "Firms need time.")
    assert (text, reason) == ("Firms need time.", "no article found in the page; all its text is kept")
    assert read_html("<html><script>x</script></html>") == ("", {}, "no text found in the page")


@pytest.mark.parametrize(
    ("text", "is_page"),
    [
        ("<!-- saved -->\n<!DOCTYPE html><p>x", True),
        ('<?xml version="1.0"?>\n<html xmlns="x">', True),
        ("<!---->" * 500 + "x", False),
        ("Text about <html> tags.", False),
    ],
)
def test_looks_like_html_goes_by_content(text, is_page):
    assert looks_like_html(text) is is_page


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_read_front_matter_finds_what_the_loader_in_python_finds(text):
    try:
        fields = yaml.load(f"title: A\n{text}\n", Loader=yaml.BaseLoader)
    except yaml.YAMLError:
        fields = {}
    found, _, reason = read_front_matter(f"---\ntitle: A\n{text}\n---\n")
    assert found == {str(key).lower(): value for key, value in fields.items()}
    assert bool(reason) is not bool(fields)
