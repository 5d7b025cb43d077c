"""The concordance: term or theme, both scripts, aligned in a monospaced font."""

import unicodedata

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import luntan as lt
from luntan._tables import COLUMNS
from luntan.lexical.display import columns_of, first_columns, last_columns

SENTS = lt.sentences(
    lt.make_corpus(
        {
            "en": "Little giants need financing. SMEs, small and medium-sized enterprises, need talents.",
            "zh": "“小巨人”企业需要风险投资。中小企业需要人才。",
            "tw": "區塊鏈企業需要人才。",
        }
    )
)
TEXT = st.text(st.sampled_from("ab 企業，“e\u0301\u200d\ufe0f\n\tー𠮷👩💻"), max_size=30)


def sentences_of(text: str) -> pd.DataFrame:
    return lt.sentences(lt.make_corpus({"a": text}))


def test_kwic_finds_both_languages_and_keeps_offsets():
    lines = lt.kwic(SENTS, "小巨人|little giants?", width=4)
    assert lines.values.tolist() == [
        ["en", 0, 0, 13, "", "Little giants", " nee"],
        ["zh", 0, 1, 4, "“", "小巨人", "”企"],
    ]


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("区块链", ["區塊鏈"]),
        ("區塊鏈", ["區塊鏈"]),
        ("[區企][塊业]", ["區塊", "企業", "企业", "企业"]),
        ("[一-龥]+業", ["區塊鏈企業", "小巨人”企业"[4:], "中小企业"]),
        ("[^企]業", []),
        (r"\[區", []),
    ],
)
def test_kwic_folds_traditional_characters_in_text_and_pattern(pattern, found):
    assert sorted(lt.kwic(SENTS, pattern).text) == sorted(found)


def test_kwic_shows_the_hits_of_a_theme():
    lines, hits = lt.kwic(SENTS, theme="talent"), lt.themes(SENTS)
    wanted = hits[hits.theme == "talent"][["doc_id", "sent_id", "start", "end", "text"]]
    assert lines[list(wanted.columns)].values.tolist() == wanted.values.tolist()
    assert set(lines.doc_id) >= {"en", "zh"}


def test_kwic_takes_a_lexicon_of_your_own(tmp_path):
    path = tmp_path / "mine.yml"
    path.write_text(
        "patience:\n  label: Patience\n  label_zh: 耐心\n  en: [need]\n  zh: [需要]\n", encoding="utf-8"
    )
    lines = lt.kwic(SENTS, theme="patience", lexicon=path)
    assert lines.text.tolist() == ["need", "need", "需要", "需要", "需要"]
    with pytest.raises(ValueError, match="goes with theme"):
        lt.kwic(SENTS, "need", lexicon=path)


@pytest.mark.parametrize(
    ("theme", "hint"),
    [("talents", "did you mean 'talent'"), ("人才", "did you mean 'talent'"), ("zzz", "it has .*, talent, ")],
)
def test_kwic_names_the_nearest_theme(theme, hint):
    with pytest.raises(ValueError, match=f"theme = '{theme}' is no theme of the lexicon; {hint}"):
        lt.kwic(SENTS, theme=theme)


@pytest.mark.parametrize("pattern", ["", "(", "x*", "(?=need)"])
def test_kwic_refuses_a_useless_pattern(pattern):
    with pytest.raises(ValueError, match="pattern = "):
        lt.kwic(SENTS, pattern)


def test_kwic_wants_one_of_pattern_and_theme():
    with pytest.raises(ValueError, match="pass exactly one"):
        lt.kwic(SENTS)
    with pytest.raises(ValueError, match="pass exactly one"):
        lt.kwic(SENTS, "need", theme="talent")
    with pytest.raises(ValueError, match="width = -1 is below 0"):
        lt.kwic(SENTS, "need", width=-1)


def test_kwic_writes_contexts_on_one_line_and_keeps_the_text():
    lines = lt.kwic(
        sentences_of("Firms\nneed\n  more\ttalent\x1b[31m and\u3000money."), r"more\s+talent", width=20
    )
    assert lines[["before", "text", "after"]].values.tolist() == [
        ["Firms need ", "more\ttalent", " [31m and money."]
    ]


@pytest.mark.parametrize(
    ("text", "width", "first", "last"),
    [
        ("小巨人", 5, "小巨", "巨人"),
        ("a小", 2, "a", "小"),
        ("cafe\u0301s", 4, "cafe\u0301", "afe\u0301s"),
        ("e\u0301" * 3, 1, "e\u0301", "e\u0301"),
        ("👩\u200d💻👩\u200d💻", 4, "👩\u200d💻", "👩\u200d💻"),
        ("👩\u200d💻👩\u200d💻", 3, "", ""),
        ("abc", 0, "", ""),
    ],
)
def test_columns_are_filled_with_whole_characters(text, width, first, last):
    assert (first_columns(text, width), last_columns(text, width)) == (first, last)


@given(TEXT, st.integers(0, 20))
def test_columns_are_never_exceeded_nor_a_mark_left_alone(text, width):
    for cut in (first_columns(text, width), last_columns(text, width)):
        assert columns_of(cut) <= width
        assert not set(cut) & set("\n\t")
    rest = " ".join(text.split())[len(first_columns(" ".join(text.split()), width)) :]
    assert not rest or not unicodedata.combining(rest[0])


def test_columns_of_an_endless_line_are_found_at_once():
    assert last_columns("e\u0301" * 10**6, 3) == "e\u0301" * 3
    assert first_columns("e" + "\u0301" * 10**6, 3) == ""


def test_sort_kwic_sorts_by_either_side():
    lines = lt.kwic(
        sentences_of("We need b talent now. I need talent too. 企业要 talent, 他要 talent."), "talent"
    )
    assert lines.before.str.strip().tolist() == ["We need b", "I need", "企业要", "企业要 talent, 他要"]
    assert lt.sort_kwic(lines, "left").before.str.strip().tolist() == [
        "We need b", "I need", "企业要", "企业要 talent, 他要",
    ]  # fmt: skip
    assert lt.sort_kwic(lines, "right").after.str.strip().tolist() == [".", "now.", "too.", ", 他要 talent."]
    assert lt.sort_kwic(lines, "keyword").start.tolist() == sorted(lines.start)
    with pytest.raises(ValueError, match="by = 'middle' is no side"):
        lt.sort_kwic(lines, "middle")


def test_format_kwic_puts_all_keywords_into_one_column():
    lines = lt.kwic(SENTS, "需要|need", width=12)
    assert lt.format_kwic(lines).splitlines() == [
        "en:14-18  ttle giants   need   financing.",
        "en:72-76  nterprises,   need   talents.",
        "zh:7-9    “小巨人”企业  需要  风险投资。",
        "zh:18-20      中小企业  需要  人才。",
        "tw:5-7      區塊鏈企業  需要  人才。",
    ]


@given(st.lists(TEXT.filter(str.strip), min_size=1, max_size=5))
def test_format_kwic_is_aligned_for_any_text(texts):
    sents = lt.sentences(lt.make_corpus({f"文{i}": f"{text}needle{text}" for i, text in enumerate(texts)}))
    lines = lt.kwic(sents, "needle")
    written = lt.format_kwic(lines).split("\n")
    assert len(written) == len(lines) == len(texts)
    assert len({columns_of(line[: line.index("needle")]) for line in written}) == 1


def test_concordance_of_nothing_is_empty():
    nothing = lt.kwic(SENTS, "不在")
    assert (len(nothing), list(nothing.columns)) == (0, list(COLUMNS["concordance"]))
    assert lt.sort_kwic(nothing, "left").empty
    assert lt.format_kwic(nothing) == ""
    assert lt.kwic(SENTS.head(0), theme="talent").empty
