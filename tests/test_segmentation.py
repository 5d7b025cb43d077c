"""Segmentation: lossless, typed, whole terms in both languages."""

import csv
import subprocess
import sys
import tempfile
from functools import cache
from itertools import accumulate

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import luntan as lt
from conftest import ROOT
from luntan._tables import COLUMNS
from luntan.han import division, engines
from luntan.lexicons import read_lexicon


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


# Any code point, lone surrogates too, and texts dense with what the patterns look for.
ANY_TEXT = st.text(st.characters(categories=["L", "M", "N", "P", "S", "Z", "C"]), max_size=120) | st.text(
    list("专精特新小巨人李泽麦提·科技化表示部长第二余万亿年月區塊鏈产業aＲR&D5５.,%·，“ ")
    + list("\t\n\r\0\u0301\u200d\ufeff\ud800𠮷々〇-'"),
    max_size=60,
)
LEXICON = ["小巨人", "R&D", "區塊", "pre-A轮", "Internet Plus", "5"]


@given(ANY_TEXT, st.sampled_from([None, LEXICON]))
def test_segment_joins_back_to_any_text(text, lexicon):
    words = lt.segment(text, lexicon=lexicon)
    assert "".join(words) == text
    assert "" not in words
    assert lt.segment("".join(words), lexicon=lexicon) == words


@given(st.lists(ANY_TEXT.filter(str.strip), min_size=1, max_size=3))
def test_tokens_gives_the_offsets_of_any_text(texts):
    corpus = lt.make_corpus({str(number): text for number, text in enumerate(texts)})
    toks = lt.tokens(lt.sentences(corpus))
    by_id = dict(zip(corpus["doc_id"], corpus["text"], strict=True))
    for row in toks.itertuples():
        assert by_id[row.doc_id][row.start : row.end] == row.text
    assert set(toks["kind"]) <= {"han", "latin", "number", "percent", "date", "money", "punct", "other"}
    for doc_id, text in by_id.items():
        found = "".join(toks.loc[toks["doc_id"] == doc_id, "text"])
        assert [*filter(str.strip, found)] == [*filter(str.strip, "".join(found))]
        assert "".join(found.split()) == "".join(text.split())


def test_segment_refuses_what_is_no_text():
    with pytest.raises(TypeError, match="pass a str"):
        lt.segment(None)


@pytest.fixture
def fresh_engine():
    """Let a test choose the engine; forget what the other one said of each word."""
    memos = (engines.engine, division._classes, division._parts)
    for memo in memos:
        memo.cache_clear()
    yield
    for memo in memos:
        memo.cache_clear()


def with_jieba(monkeypatch, texts):
    monkeypatch.setenv("LUNTAN_ENGINE", "jieba")
    for memo in (engines.engine, division._classes, division._parts):
        memo.cache_clear()
    return [lt.segment(text) for text in texts]


@pytest.mark.usefixtures("fresh_engine")
def test_jieba_and_rjieba_cut_alike(monkeypatch):
    texts = lt.read_corpus(ROOT / "data" / "reports")["text"].tolist()
    fast = [lt.segment(text) for text in texts]
    assert fast == with_jieba(monkeypatch, texts)


@pytest.mark.originals
@pytest.mark.usefixtures("fresh_engine")
def test_jieba_and_rjieba_cut_the_gold_texts_alike(monkeypatch, originals):
    texts = lt.read_corpus(originals)["text"].tolist()
    fast = [lt.segment(text) for text in texts]
    assert len(texts) > 20
    assert fast == with_jieba(monkeypatch, texts)


@pytest.mark.usefixtures("fresh_engine")
@settings(max_examples=30)
@given(
    st.text(
        "一二三十百万年月日第几多余个届李王泽舸的了是在不最部长表示科技企业创新发展经济大学化者，。区块链𠮷々〇",
        max_size=40,
    )
)
def test_jieba_and_rjieba_cut_any_characters_alike(text):
    assert rjieba_cut(text) == jieba_cut(text)


@cache
def jieba_engine():
    return engines._jieba_engine()


def jieba_cut(text):
    return jieba_engine().cut(text)


def rjieba_cut(text):
    return engines.engine().cut(text)


@pytest.mark.usefixtures("fresh_engine")
def test_jieba_leaves_no_trace(monkeypatch, tmp_path, capfd):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    import jieba

    assert with_jieba(monkeypatch, ["专精特新企业"]) == [["专精特新", "企业"]]
    assert list(tmp_path.iterdir()) == []
    assert capfd.readouterr() == ("", "")
    assert "专精特新" not in jieba.dt.FREQ


@pytest.mark.usefixtures("fresh_engine")
def test_segment_falls_back_to_jieba_and_refuses_an_unknown_engine(monkeypatch):
    monkeypatch.setattr(engines, "find_spec", {}.get)
    assert lt.segment("专精特新企业") == ["专精特新", "企业"]
    monkeypatch.setenv("LUNTAN_ENGINE", "pkuseg")
    engines.engine.cache_clear()
    with pytest.raises(ValueError, match="LUNTAN_ENGINE is 'pkuseg'"):
        lt.segment("企业")


@pytest.mark.parametrize(
    ("text", "lexicon", "expected"),
    [
        ("Internet Plus与internet  plus", ["Internet Plus"], "Internet Plus|与|internet  plus"),
        ("完成pre-A轮融资", ["pre-A轮"], "完成|pre-A轮|融资"),
        ("the Belt and Road", ["Belt and Road", "Road"], "the| |Belt and Road"),
        ("licenses and R&D", ["ens", "D", "R"], "licenses| |and| |R&D"),
        ("5Gbps，5G", ["5G"], "5Gbps|，|5G"),
        ("強腦科技與强脑科技", ["强脑科技"], "強腦科技|與|强脑科技"),
        ("强脑科技", ["強腦"], "强脑|科技"),
        ("台中正确", ["台中"], "台中|正确"),
        ("小巨人企业家", ["企业家", "小巨人企业"], "小巨人企业|家"),
        ("云计算平台", ["云计算平台 5 n"], "云计算平台"),
        ("第三方云", ["方云"], "第三|方云"),
    ],
)
def test_segment_keeps_the_terms_of_a_lexicon_whole(text, lexicon, expected):
    assert "|".join(lt.segment(text, lexicon=lexicon)) == expected
    assert "|".join(lt.segment(text, lexicon=lexicon[::-1])) == expected


@given(
    st.text("强脑科技创新的了一二年abＡ5", min_size=1, max_size=4),
    st.text("强脑科技创新的了一二年，", max_size=6),
)
def test_a_han_term_of_the_lexicon_is_whole_wherever_it_stands(term, around):
    has_han = all("\u4e00" <= character <= "\u9fff" for character in (term[0], term[-1]))
    found = lt.segment(f"{around}，{term}，{around}", lexicon=[term])
    if has_han or not {"a", "b", "Ａ", "5"} & set(term):
        assert term in found


def test_tokens_takes_a_lexicon_file(tmp_path):
    path = tmp_path / "mine.txt"
    path.write_text("\ufeff# mine\n强脑科技\n\npre-A轮\tnote\n", encoding="utf-8")
    sents = lt.sentences(lt.make_corpus({"a": "強腦科技完成pre-A轮"}))
    assert lt.tokens(sents, lexicon=path)[["text", "kind"]].values.tolist() == [
        ["強腦科技", "han"], ["完成", "han"], ["pre-A轮", "han"],
    ]  # fmt: skip
    assert lt.tokens(sents, lexicon=str(path)).equals(lt.tokens(sents, lexicon=["pre-A轮", "强脑科技"]))
    assert lt.tokens(sents, lexicon=[]).equals(lt.tokens(sents))
    path.write_bytes("强脑科技".encode("gb18030"))
    with pytest.raises(ValueError, match="is not UTF-8"):
        lt.tokens(sents, lexicon=path)
    with pytest.raises(FileNotFoundError, match="is no file; pass a path"):
        lt.tokens(sents, lexicon=tmp_path / "none.txt")
    with pytest.raises(TypeError, match="lexicon holds 1, a int"):
        lt.tokens(sents, lexicon=[1])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("香港創新科技署推動產業創新", "香港|創新|科技|署|推動|產業|創新"),
        ("區塊鏈與雲端運算服務", "區塊鏈|與|雲端|運算|服務"),
        ("總經理指出，專精特新企業佔三成。", "總經理|指出|，|專精特新|企業|佔|三成|。"),
        ("𠮷野與𬀩", "𠮷野|與|𬀩"),
    ],
)
def test_segment_reads_traditional_and_rare_characters(text, expected):
    assert "|".join(lt.segment(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("民政部部长李子木、副总裁何昱等出席", "民政部|部长|李子木|、|副总裁|何昱|等|出席"),
        ("总统奥马尔·哈桑表示", "总统|奥马尔·哈桑|表示"),
        ("技术员麦麦提·吐尔逊说", "技术员|麦麦提·吐尔逊|说"),
        ("三百六十多万人，数十家，第三十六届", "三百六十多万|人|，|数十|家|，|第三十六|届"),
        ("二〇二〇年十一月", "二〇二〇年|十一月"),
        ("各方面不能呈现出最大的", "各|方面|不|能|呈现|出|最|大|的"),
        ("久久为功，社会主义市场经济", "久久为功|，|社会主义|市场|经济"),
        ("搭载麒麟990与5G的ＡＩ芯片", "搭载|麒麟990|与|5G|的|ＡＩ|芯片"),
    ],
)
def test_segment_mends_the_cut_of_the_engine(text, expected):
    assert "|".join(lt.segment(text)) == expected


def test_every_word_of_the_lexicons_stands_whole():
    words = engines.known_words()
    assert [word for word in words if lt.segment(word) != [word]] == []


def test_every_line_of_the_divided_words_has_a_cut():
    assert [
        entry for entry in read_lexicon("divided_zh") if not all(entry.split("|")) or "|" not in entry
    ] == []


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
    assert f1 >= 0.97


def spans(words):
    ends = list(accumulate(map(len, words)))
    return set(zip([0, *ends], ends, strict=False))
