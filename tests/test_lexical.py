"""Themes, term counts, keyness, concordance and evidence."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import chi2, chi2_contingency

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


def test_count_terms_folds_case_and_leaves_out_stop_words():
    counts = lt.count_terms(lt.tokens(SENTS))
    assert list(counts.columns) == list(COLUMNS["term_counts"])
    chinese = counts[counts.group == "zh"]
    assert chinese.term.tolist() == ["中小企业", "人才", "企业", "小巨人", "风险投资"]
    assert chinese.n.tolist() == [1, 1, 1, 1, 1]
    assert "and" not in set(counts.term)
    assert "smes" in set(counts.term)


def test_count_terms_names_a_column_that_is_missing():
    with pytest.raises(ValueError, match="by = 'year'"):
        lt.count_terms(lt.tokens(SENTS), by="year")


def test_keyness_agrees_with_scipy():
    rng = np.random.default_rng(5)
    terms = [f"t{i}" for i in range(12)]
    counts = pd.DataFrame(
        {"group": ["a"] * 12 + ["b"] * 12, "term": terms * 2, "n": rng.integers(1, 60, 24)},
    )
    scored = lt.keyness(counts, "a").set_index("term")
    a, b = (counts[counts.group == group].set_index("term").n for group in "ab")
    for term in terms:
        table = [[a[term], b[term]], [a.sum() - a[term], b.sum() - b[term]]]
        expected = chi2_contingency(table, correction=False, lambda_="log-likelihood").statistic
        assert abs(scored.g2[term]) == pytest.approx(expected)
        assert scored.p[term] == pytest.approx(chi2.sf(expected, 1))
        assert (scored.g2[term] < 0) == (a[term] / a.sum() < b[term] / b.sum())
        assert (scored.log_ratio[term] < 0) == (scored.g2[term] < 0) or abs(scored.log_ratio[term]) < 0.1


def test_keyness_names_a_target_that_is_missing():
    with pytest.raises(ValueError, match="target = 'c' is no group"):
        lt.keyness(pd.DataFrame({"group": ["a"], "term": ["t"], "n": [1]}), "c")


def test_kwic_finds_both_languages_and_keeps_offsets():
    lines = lt.kwic(SENTS, "小巨人|little giants?", width=4)
    assert lines[["doc_id", "before", "text", "after"]].values.tolist() == [
        ["en", "", "Little giants", " nee"],
        ["zh", "“", "小巨人", "”企业需"],
    ]


@pytest.mark.parametrize("pattern", ["", "(", "x*"])
def test_kwic_refuses_a_useless_pattern(pattern):
    with pytest.raises(ValueError, match="pattern = "):
        lt.kwic(SENTS, pattern)


def test_tally_counts_and_cites_every_row():
    counted = lt.tally(lt.themes(SENTS), ["theme"])
    assert list(counted.columns) == ["theme", "n", "evidence"]
    row = counted[counted.theme == "little_giants"].iloc[0]
    assert (row.n, row.evidence) == (2, "en:0-13 zh:1-4")
    assert (counted.n == counted.evidence.str.split().str.len()).all()


def test_cite_names_the_columns_it_lacks():
    with pytest.raises(ValueError, match="lacks the column"):
        lt.cite(pd.DataFrame({"doc_id": ["a"]}))
