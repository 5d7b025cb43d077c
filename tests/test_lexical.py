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


def test_tally_counts_and_cites_every_row():
    counted = lt.tally(lt.themes(SENTS), ["theme"])
    assert list(counted.columns) == ["theme", "n", "evidence"]
    row = counted[counted.theme == "little_giants"].iloc[0]
    assert (row.n, row.evidence) == (2, "en:0-13 zh:1-4")
    assert (counted.n == counted.evidence.str.split().str.len()).all()


def test_cite_names_the_columns_it_lacks():
    with pytest.raises(ValueError, match="lacks the column"):
        lt.cite(pd.DataFrame({"doc_id": ["a"]}))
