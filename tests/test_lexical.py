"""Themes and evidence."""

import pandas as pd
import pytest

import luntan as lt
from luntan._tables import COLUMNS

SENTS = lt.sentences(
    lt.make_corpus(
        {
            "en": "Little giants need financing. SMEs, small and medium-sized enterprises, need talents.",
            "zh": "“小巨人”企业需要风险投资。中小企业需要人才。",
            "mixed": "企业R&D投入强度超7%。",
        }
    )
)


def test_themes_are_the_same_in_both_languages():
    hits = lt.themes(SENTS)
    assert list(hits.columns) == list(COLUMNS["themes"])
    found = hits.groupby("doc_id").theme.agg(list).to_dict()
    assert found == {
        "en": ["little_giants", "finance", "smes", "smes", "talent"],
        "zh": ["little_giants", "finance", "smes", "talent"],
        "mixed": ["basic_research"],
    }
    assert hits.text.tolist()[:4] == [
        "Little giants",
        "financing",
        "SMEs",
        "small and medium-sized enterprises",
    ]


@pytest.mark.parametrize("word", ["aid", "maintain", "IPOD", "marketplaces", "said", "Ai"])
def test_themes_never_match_inside_a_word(word):
    assert lt.themes(lt.sentences(lt.make_corpus({"a": f"They {word} it"}))).empty


def test_theme_lexicon_has_labels_and_forms_in_both_languages():
    lexicon = lt.theme_lexicon()
    assert len(lexicon) >= 14
    assert all({"label", "label_zh", "definition", "en", "zh"} <= set(entry) for entry in lexicon.values())
    forms = [
        (form, key)
        for key, entry in lexicon.items()
        for form in [*entry["en"], *set(entry["zh"]) - set(entry["en"])]
    ]
    assert len({form for form, _ in forms}) == len(forms), "a form belongs to one theme"


def test_themes_takes_a_lexicon_of_your_own(tmp_path):
    path = tmp_path / "mine.yml"
    path.write_text(
        "patience:\n  label: Patience\n  label_zh: 耐心\n  en: [virtue]\n  zh: [耐心]\n", encoding="utf-8"
    )
    sents = lt.sentences(lt.make_corpus({"a": "耐心 is a Virtue."}))
    assert lt.themes(sents, lexicon=path)[["text", "theme"]].values.tolist() == [
        ["耐心", "patience"],
        ["Virtue", "patience"],
    ]


def test_theme_lexicon_says_which_entry_is_wrong(tmp_path):
    path = tmp_path / "mine.yml"
    path.write_text("patience:\n  label: Patience\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"mine\.yml: theme 'patience' needs a list of forms"):
        lt.theme_lexicon(path)


def test_tally_counts_and_cites_every_row():
    counted = lt.tally(lt.themes(SENTS), ["theme"])
    assert list(counted.columns) == ["theme", "n", "evidence"]
    row = counted[counted.theme == "little_giants"].iloc[0]
    assert (row.n, row.evidence) == (2, "en:0-13 zh:1-4")
    assert (counted.n == counted.evidence.str.split().str.len()).all()


def test_cite_names_the_columns_it_lacks():
    with pytest.raises(ValueError, match="lacks the column"):
        lt.cite(pd.DataFrame({"doc_id": ["a"]}))
