"""Themes: what counts as a hit in either language, the lexicon and its errors, what it does not reach."""

import random
import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import luntan as lt
from conftest import ROOT
from luntan._tables import COLUMNS
from luntan.lexical.matching import variants
from luntan.lexicons import read_text


def found(text):
    """List what is hit in a text, and as which theme."""
    return lt.themes(lt.sentences(lt.make_corpus({"a": text})))[["text", "theme"]].values.tolist()


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        # one theme whatever the translation, spelling, number, hyphen
        ("Specialised and sophisticated firms", [["Specialised and sophisticated", "little_giants"]]),
        ("specialized and sophisticated", [["specialized and sophisticated", "little_giants"]]),
        ("small- and medium-sized enterprises", [["small- and medium-sized enterprises", "smes"]]),
        ("favourable policy", [["favourable policy", "government_market"]]),
        ("favorable policies", [["favorable policies", "government_market"]]),
        ("the commercialization of research", [["commercialization", "industry_university_research"]]),
        # the longest form, and never inside a word
        ("stock market", [["stock market", "finance"]]),
        ("marketing, a chipmunk, talentless", []),
        ("Ai Wei said", []),
        ("AI and SMEs", [["AI", "digital_ai"], ["SMEs", "smes"]]),
        # a name of a body speaks of no theme, a title does
        ("The Ministry of Education replied", []),
        ("Lake University of Science and Technology", []),
        ("Universities agree", [["Universities", "industry_university_research"]]),
        ("Talent and AI: A Report", [["Talent", "talent"], ["AI", "digital_ai"]]),
        # a longer phrase that means something else
        ("the incubation period is five days", []),
    ],
)  # fmt: skip
def test_themes_finds_english_forms(text, hits):
    assert found(text) == hits


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("人才与大市场", [["人才", "talent"], ["大市场", "government_market"]]),
        # traditional characters; the text stays as it is
        ("專精特新與產業鏈", [["專精特新", "little_giants"], ["產業鏈", "industrial_chain"]]),
        # whole words only: the characters of 市场 stand in 城市|场馆
        ("在城市场馆内", []),
        ("市场监管总局与教育部", []),
        ("技术创新专业委员会、人才发展研究院和中小企业发展促进中心", []),
        ("技术创新推动人才发展", [["技术创新", "technological_innovation"], ["人才", "talent"]]),
        ("自然科学基金", []),
        ("AI领域与R&D投入", [["AI", "digital_ai"], ["R&D", "basic_research"]]),
        ("互联网+与5G", [["互联网+", "digital_ai"], ["5G", "digital_ai"]]),
    ],
)
def test_themes_finds_chinese_forms(text, hits):
    assert found(text) == hits


@given(st.text(alphabet="创新人才市场城市场馆 AIaiSMEs policy-委员会。《》\n專精", max_size=60))
def test_themes_are_the_very_characters_and_do_not_overlap(text):
    corpus = lt.make_corpus({"a": text})
    hits = lt.themes(lt.sentences(corpus))
    assert all(text[row.start : row.end] == row.text for row in hits.itertuples())
    assert (hits["start"].to_numpy()[1:] >= hits["end"].to_numpy()[:-1]).all()


def test_themes_do_not_depend_on_the_order_of_the_lexicon(tmp_path, root):
    sents = lt.sentences(lt.read_corpus(root / "data" / "reports"))
    head, *entries = re.split(r"(?m)^(?=\w+:$)", read_text("themes.yml"))
    random.Random(3).shuffle(entries)
    path = tmp_path / "shuffled.yml"
    path.write_text(head + "".join(entries), encoding="utf-8")
    hits = lt.themes(sents)
    assert len(hits) > 400
    assert lt.themes(sents, lexicon=path).equals(hits)


def test_themes_agree_between_the_halves_of_the_digests(root):
    sents = lt.parallel_halves(lt.sentences(lt.read_corpus(root / "data" / "reports")))
    hits = lt.themes(sents).merge(sents[["doc_id", "sent_id", "half"]])
    counts = hits.pivot_table(
        index=["doc_id", "theme"], columns="half", values="start", aggfunc="size", fill_value=0
    )
    en, zh = (counts[half] for half in ("en", "zh"))
    products = (table.groupby("doc_id").sum() for table in (en * zh, en * en, zh * zh))
    both, one, other = products
    cosines = both / (one * other) ** 0.5
    assert len(cosines) == 5
    assert cosines.mean() >= 0.92
    assert cosines.min() >= 0.85


def test_theme_lexicon_is_bilingual_and_explained():
    lexicon = lt.theme_lexicon()
    assert len(lexicon) >= 14
    for key, entry in lexicon.items():
        assert list(entry) == ["label", "label_zh", "definition", "note", "en", "zh", "not_en", "not_zh"]
        assert all(entry[field] for field in ("label", "label_zh", "definition", "en", "zh")), key


def test_no_form_of_the_lexicon_is_another_by_rule():
    listed: dict[str, set[str]] = {}
    for entry in lt.theme_lexicon().values():
        for field in ("en", "zh", "not_en", "not_zh"):
            for form in entry[field]:
                for variant in variants(form):
                    listed.setdefault(variant, set()).add(form)
    assert [forms for forms in listed.values() if len(forms) > 1] == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", r"mine\.yml is empty; write a theme"),
        ("- a\n", "line 1: the file is no mapping of theme keys"),
        ("a: [x]\n", "line 1: theme 'a' needs a list of forms"),
        ("a:\n  label: A\n", "line 1: theme 'a' needs a list of forms"),
        ("a:\n  zn: [x]\n", "line 2: theme 'a' has the unknown field 'zn'; did you mean 'zh'"),
        ("a:\n  en: virtue\n", "line 2: a.en is no list"),
        ("a:\n  en: [x,\n    2025]\n", "line 3: a form of a.en must be text, not 2025; put it in quotes"),
        ("a:\n  en: [no]\n", "line 2: a form of a.en must be text, not no"),
        ("a:\n  en: ['']\n", "line 2: a form of a.en must be text, not nothing"),
        ("a:\n  en: ['!']\n", "line 2: a.en has the form '!', which holds no letter"),
        ("a:\n  en: [x]\n  en: [y]\n", "line 3: theme 'a' has the field 'en' twice"),
        ("a:\n  en: [x]\na:\n  en: [y]\n", "line 3: theme 'a' stands here a second time"),
        ("a:\n  en: [Virtue]\nb:\n  en: [virtue]\n", r"line 4: the form 'virtue' .* 'a' already \(line 2\)"),
        ("a:\n  en: [x\nb: 1\n", "line 3: this is no YAML"),
        ("a: \x00\n", "is no YAML"),
    ],
)  # fmt: skip
def test_theme_lexicon_names_file_line_and_remedy(tmp_path, text, message):
    path = tmp_path / "mine.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=message) as raised:
        lt.theme_lexicon(path)
    assert "mine.yml" in str(raised.value)
    assert "\n" not in str(raised.value)


def test_theme_lexicon_refuses_another_encoding(tmp_path):
    path = tmp_path / "mine.yml"
    path.write_bytes("人才:\n  zh: [人才]\n".encode("gb18030"))
    with pytest.raises(ValueError, match=r"mine\.yml is not UTF-8 text"):
        lt.theme_lexicon(path)


def test_themes_takes_a_lexicon_of_your_own(tmp_path):
    path = tmp_path / "mine.yml"
    path.write_text("patience:\n  en: [virtue]\n  zh: [耐心]\n  not_en: [virtue signal]\n", "utf-8-sig")
    sents = lt.sentences(lt.make_corpus({"a": "耐心 is a Virtue, no virtue-signal."}))
    hits = lt.themes(sents, lexicon=path)
    assert hits[["text", "theme"]].values.tolist() == [["耐心", "patience"], ["Virtue", "patience"]]


def test_untouched_gives_a_reason_for_every_sentence():
    text = "# Report\n\nLi Hua chaired the meeting. Talent matters. Thank you.\n\n他们在湖边走了很长的路。"
    sents = lt.sentences(lt.make_corpus({"a": text}))
    missed = lt.untouched(sents, lt.themes(sents))
    assert list(missed.columns) == list(COLUMNS["untouched"])
    assert missed["reason"].tolist() == ["heading", "event", "short", "other"]
    assert all(text[row.start : row.end] == row.text for row in missed.itertuples())


def test_theme_forms_counts_every_form_once():
    sents = lt.sentences(lt.make_corpus({"a": "AI和人工智能。 Robots and AI, and AIs."}))
    forms = lt.theme_forms(sents)
    hit = forms[forms["n"] > 0]
    assert hit[["lang", "form", "n"]].values.tolist() == [
        ["en", "AI", 2], ["en", "robot", 1], ["zh", "人工智能", 1], ["zh", "AI", 1],
    ]  # fmt: skip
    assert forms["n"].sum() == len(lt.themes(sents))
    assert len(forms) > 900


def test_theme_tables_of_nothing_are_empty_with_their_columns():
    none = lt.sentences(lt.make_corpus({}))
    hits = lt.themes(none)
    assert list(hits.columns) == list(COLUMNS["themes"])
    assert list(lt.untouched(none, hits).columns) == list(COLUMNS["untouched"])
    assert lt.theme_forms(none)["n"].sum() == 0


def looked_up(sheet, folder):
    """Return the theme hits of the documents of a sheet, and its rows of those documents."""
    paths = sorted((ROOT / "data" / "reports").glob("*.md"))
    if folder is not None:
        paths += [path for path in sorted(folder.glob("*.txt")) if path.stem in set(sheet["doc_id"])]
    corpus = lt.read_corpus(paths)
    return lt.themes(lt.sentences(corpus)), sheet[sheet["doc_id"].isin(corpus["doc_id"])]


def check_hits(folder):
    """Hold that what was read is a hit still; the judgements are of the whole sheet."""
    sheet = pd.read_csv(ROOT / "tests" / "data" / "theme-hits.csv")
    hits, read = looked_up(sheet, folder)
    found = set(zip(hits["doc_id"], hits["start"], hits["end"], hits["theme"], strict=True))
    judged = set(zip(read["doc_id"], read["start"], read["end"], read["theme"], strict=True))
    assert len(judged) >= 90
    assert judged <= found, "what was read is no hit any more: have the sheet read again"
    right = (sheet["reader_a"] & sheet["reader_b"]).groupby(sheet["lang"]).agg(["size", "mean"])
    assert right["size"].to_dict() == {"en": 100, "zh": 100}
    assert (right["mean"] >= 0.95).all(), right


def check_recall(folder):
    hits, coded = looked_up(pd.read_csv(ROOT / "tests" / "data" / "theme-sentences.csv").fillna(""), folder)
    n = {"en": [0, 0], "zh": [0, 0]}
    for row in coded.itertuples():
        inside = hits[
            (hits["doc_id"] == row.doc_id) & (hits["start"] >= row.start) & (hits["end"] <= row.end)
        ]
        both = set(row.reader_a.split("; ")) & set(row.reader_b.split("; ")) - {""}
        n[row.lang][0] += len(both & set(inside["theme"]))
        n[row.lang][1] += len(both)
    assert min(total for _, total in n.values()) > 50
    assert all(hit / total >= 0.80 for hit, total in n.values()), n


def test_theme_hits_that_two_readers_judged_are_right():
    check_hits(None)


def test_themes_are_found_in_the_sentences_that_two_readers_coded():
    check_recall(None)


@pytest.mark.originals
def test_theme_hits_in_the_originals_are_right(originals):
    check_hits(originals)


@pytest.mark.originals
def test_themes_are_found_in_the_originals(originals):
    check_recall(originals)


@pytest.mark.originals
def test_themes_touch_most_sentences_of_the_originals(originals):
    sents = lt.sentences(lt.read_corpus(sorted(originals.glob("S*.txt"))))
    missed = lt.untouched(sents, lt.themes(sents))
    assert len(sents) > 150
    assert len(missed) / len(sents) <= 0.15
    assert (missed["reason"] == "other").sum() / len(sents) <= 0.08
