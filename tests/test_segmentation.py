"""Segmentation: lossless, typed, whole terms in both languages."""

import csv
import subprocess
import sys
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

import luntan as lt
from conftest import ROOT
from luntan import han
from luntan._tables import COLUMNS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("专精特新“小巨人”企业R&D投入强度超7%", "专精特新|“|小巨人|”|企业|R&D|投入|强度|超|7%"),
        ("2020年11月9日 9:30", "2020年|11月|9日| |9:30"),
        ("第11届，第二批", "第11|届|，|第二|批"),
        ("US$300万、2.5亿元、1,234.56", "US$300万|、|2.5亿|元|、|1,234.56"),
        ("320多万、5000余家、１００％", "320多万|、|5000余|家|、|１００％"),
        ("5G+AI, GPT-4 and C++", "5G|+|AI|,| |GPT-4| |and| |C++"),
        ("don't split e-commerce or U.S. firms", "don't| |split| |e-commerce| |or| |U.S.| |firms"),
        ("naïve Schrödinger", "naïve| |Schrödinger"),
        ("at 2.3Gbps with PM2.5 in 28nm", "at| |2.3|Gbps| |with| |PM2.5| |in| |28nm"),
        (
            "mail info@example.org or https://a.cn/x?b=1 now",
            "mail| |info@example.org| |or| |https://a.cn/x?b=1| |now",
        ),
        ("2014-2016年，1—9月", "2014-2016年|，|1—9月"),
        ("说……好——吧", "说|……|好|——|吧"),
    ],
)
def test_segment_keeps_terms_and_numbers_whole(text, expected):
    assert lt.segment(text) == expected.split("|")


def test_tokens_gives_each_token_its_kind():
    toks = lt.tokens(lt.sentences(lt.make_corpus({"a": "超7%的SMEs于2020年获¥5，3家。α"})))
    assert list(toks.columns) == list(COLUMNS["tokens"])
    assert toks[["text", "kind"]].values.tolist() == [
        ["超", "han"], ["7%", "percent"], ["的", "han"], ["SMEs", "latin"], ["于", "han"], ["2020年", "date"],
        ["获", "han"], ["¥5", "money"], ["，", "punct"], ["3", "number"], ["家", "han"], ["。", "punct"],
        ["α", "other"],
    ]  # fmt: skip


@given(
    st.text(max_size=120)
    | st.text(alphabet=list("专精特新小巨人第二余万亿aR&D5.,%年月 \t\u0301\u200d\ufeff𠮷-'"), max_size=60)
)
def test_segment_joins_back_to_any_text(text):
    assert "".join(lt.segment(text)) == text


def test_segment_refuses_what_is_no_text():
    with pytest.raises(TypeError, match="pass a str"):
        lt.segment(None)


def test_jieba_and_rjieba_cut_alike(monkeypatch):
    lines = [row.text for row in lt.sentences(lt.read_corpus(ROOT / "data" / "reports")).itertuples()]
    fast = [lt.segment(line) for line in lines]
    monkeypatch.setitem(sys.modules, "rjieba", None)
    forget()
    slow = [lt.segment(line) for line in lines]
    forget()
    assert len(lines) > 150
    assert fast == slow


def forget():
    han.engine.cache_clear()
    han._divide.cache_clear()


def test_segment_is_silent_under_warnings_as_errors():
    code = "import luntan; luntan.segment('测试')"
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")


def test_segment_meets_the_golden_sentences():
    with (ROOT / "tests" / "data" / "golden_segmentation.csv").open(encoding="utf-8", newline="") as source:
        golden = list(csv.DictReader(source))
    wanted, found = set(), set()
    for number, row in enumerate(golden):
        assert "".join(row["tokens"].split("|")) == row["sentence"].replace(" ", "")
        wanted |= {(number, *span) for span in spans(row["tokens"].split("|"))}
        found |= {
            (number, *span)
            for span in spans([token for token in lt.segment(row["sentence"]) if token.strip()])
        }
    f1 = 2 * len(wanted & found) / (len(wanted) + len(found))
    assert len(golden) == 24
    assert f1 >= 0.94


def spans(words):
    ends = list(accumulate(map(len, words)))
    return set(zip([0, *ends], ends, strict=False))
