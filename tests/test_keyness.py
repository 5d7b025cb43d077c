"""Term counts and keyness: recomputed with scipy, and honest when documents are few."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

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
TOKENS = lt.tokens(SENTS)


def counts_of(rows: dict[str, dict[str, int]]) -> pd.DataFrame:
    """Make a table of counts from the counts of each group."""
    cells = [(group, term, n) for group, terms in rows.items() for term, n in terms.items()]
    return pd.DataFrame(cells, columns=["group", "term", "n"])


def random_counts(seed: int, documents: int, terms: int) -> pd.DataFrame:
    drawn = np.random.default_rng(seed).negative_binomial(0.8, 0.1, (documents, terms))
    return counts_of({f"d{d}": {f"t{t}": int(n) for t, n in enumerate(row)} for d, row in enumerate(drawn)})


def test_content_words_keep_the_tokens_and_where_they_stand():
    words = lt.content_words(TOKENS)
    assert list(words.columns) == [*COLUMNS["tokens"], "term"]
    assert words[words.doc_id == "mixed"][["start", "end", "text", "term"]].values.tolist() == [
        [0, 2, "企业", "企业"],
        [2, 5, "R&D", "r&d"],
        [5, 7, "投入", "投入"],
        [7, 9, "强度", "强度"],
    ]


def test_count_terms_folds_case_and_leaves_out_stop_words():
    counts = lt.count_terms(TOKENS)
    assert list(counts.columns) == list(COLUMNS["term_counts"])
    chinese = counts[counts.group == "zh"]
    assert chinese.term.tolist() == ["中小企业", "人才", "企业", "小巨人", "风险投资"]
    assert chinese.n.tolist() == [1, 1, 1, 1, 1]
    assert "and" not in set(counts.term)
    assert "smes" in set(counts.term)


def test_count_terms_names_a_column_that_is_missing():
    with pytest.raises(ValueError, match="by = 'year'"):
        lt.count_terms(TOKENS, by="year")


def test_keyness_gives_a_known_table():
    counts = counts_of({"a": {"人才": 8}, "b": {"人才": 8, "talent": 1}, "c": {"talent": 9}})
    scored = lt.keyness(counts, ["a", "b"])
    assert list(scored.columns) == list(COLUMNS["keyness"])
    assert scored.iloc[:, :5].values.tolist() == [["人才", 16, 0, 2, 0], ["talent", 1, 9, 1, 1]]
    assert scored.caution.tolist() == [
        "few documents (2 against 1)",
        "few documents (2 against 1); fewer than 5 expected",
    ]


@pytest.mark.parametrize("target", ["d0", ["d0", "d3"], ("d4", "d1", "d2")])
def test_keyness_agrees_with_scipy(target):
    counts = random_counts(5, 6, 40)
    scored = lt.keyness(counts, target).set_index("term")
    inside = counts.group.isin([target] if isinstance(target, str) else target)
    a, b = (counts[side].groupby("term").n.sum().loc[scored.index] for side in (inside, ~inside))
    assert scored.n_target.tolist() == a.tolist()
    assert scored.n_reference.tolist() == b.tolist()
    tables = [np.array([[a[t], b[t]], [a.sum() - a[t], b.sum() - b[t]]]) for t in scored.index]
    exact = [stats.chi2_contingency(t, correction=False, lambda_="log-likelihood") for t in tables]
    sign = np.sign(a / a.sum() - b / b.sum())
    assert scored.g2.tolist() == pytest.approx([one.statistic for one in exact] * sign)
    assert scored.p.tolist() == pytest.approx([one.pvalue for one in exact])
    assert scored.p_adjusted.tolist() == pytest.approx(stats.false_discovery_control(scored.p))
    ratios = ((a + 0.5) / (a.sum() + 0.5)) / ((b + 0.5) / (b.sum() + 0.5))
    assert scored.log_ratio.tolist() == pytest.approx(np.log2(ratios).tolist())
    assert scored.g2.is_monotonic_decreasing


@pytest.mark.parametrize(
    ("cells", "published"),
    [((110, 2442, 111, 29114), 270.72), ((29, 13, 123, 31612), 263.90), ((31, 23, 139, 31584), 256.84)],
    ids=["the swiss", "can be", "previous year"],
)
def test_keyness_gives_the_values_that_dunning_published(cells, published):
    both, first, second, neither = cells
    counts = counts_of({"after": {"word": both, "*": first}, "elsewhere": {"word": second, "*": neither}})
    # From the list of bigrams ranked by log-likelihood in Dunning (1993), section 6.
    assert lt.keyness(counts, "after").set_index("term").g2["word"] == pytest.approx(published, abs=0.005)


def test_keyness_interval_is_that_of_a_quasi_poisson_regression():
    even = counts_of({f"d{d}": {"even": 5, "nearly": 20 + d % 2} for d in range(9)})
    counts = pd.concat([random_counts(8, 9, 15), even])
    target = ["d0", "d1", "d2", "d3"]
    scored = lt.keyness(counts, target).set_index("term")
    wide = counts.pivot(index="group", columns="term", values="n")
    inside, sizes = wide.index.isin(target), wide.sum(axis=1)
    for term, n in wide.items():
        due = sum(side * sizes * n[side].sum() / sizes[side].sum() for side in (inside, ~inside))
        spread = max(1, ((n - due) ** 2 / due).sum() / (len(wide) - 2))
        error = np.sqrt(spread * (1 / (n[inside].sum() + 0.5) + 1 / (n[~inside].sum() + 0.5))) / np.log(2)
        margin = stats.t.ppf(0.975, len(wide) - 2) * error
        row = scored.loc[term]
        assert [row.low, row.high] == pytest.approx([row.log_ratio - margin, row.log_ratio + margin])


def test_keyness_trusts_a_word_of_all_documents_more_than_that_of_one():
    rest = {"x": 400}
    target = [{"even": 8, **rest}] * 5 + [{"burst": 40, "even": 8, **rest}]
    documents = {f"t{i}": terms for i, terms in enumerate(target)}
    documents |= {f"r{i}": {"even": 1, "burst": 1, **rest} for i in range(6)}
    scored = lt.keyness(counts_of(documents), [f"t{i}" for i in range(6)]).set_index("term")
    assert scored.p_adjusted[["even", "burst"]].max() < 0.001
    assert scored.low["even"] > 0 > scored.low["burst"]
    assert (scored.caution == "").all()


def test_keyness_finds_nothing_sure_where_documents_differ_and_sides_do_not():
    counts = random_counts(11, 10, 300)
    scored = lt.keyness(counts, [f"d{i}" for i in range(5)])
    assert (scored.p_adjusted < 0.05).mean() > 0.4, "taking words for independent is far too sure"
    assert ((scored.low > 0) | (scored.high < 0)).mean() < 0.08


def test_keyness_puts_equal_terms_in_the_order_of_their_names():
    scored = lt.keyness(counts_of({"a": {"z": 5, "企": 5, "b": 5}, "b": {"x": 15}}), "a")
    assert scored.term.tolist() == ["b", "z", "企", "x"]


def test_keyness_knows_no_interval_for_one_document_against_one():
    scored = lt.keyness(counts_of({"a": {"x": 9, "y": 1}, "b": {"x": 1, "y": 9}}), "a")
    assert scored.low.tolist() == [-np.inf] * 2
    assert scored.high.tolist() == [np.inf] * 2
    assert scored.caution.str.startswith("few documents (1 against 1), so no interval").all()


def test_keyness_of_nothing_is_an_empty_table():
    scored = lt.keyness(lt.count_terms(TOKENS.head(0)), "a")
    assert (len(scored), list(scored.columns)) == (0, list(COLUMNS["keyness"]))


@pytest.mark.parametrize("target", ["c", ["a", "c"], []])
def test_keyness_names_a_target_that_is_missing(target):
    with pytest.raises(ValueError, match=r"target = .* is no group of counts; it has a, b\."):
        lt.keyness(counts_of({"a": {"t": 1}, "b": {"t": 1}}), target)


def test_keyness_wants_a_reference():
    with pytest.raises(ValueError, match="names every group of counts"):
        lt.keyness(counts_of({"a": {"t": 1}, "b": {"t": 1}}), ["a", "b"])


@given(st.permutations(range(60)))
def test_keyness_does_not_depend_on_the_order_of_rows(order):
    counts = random_counts(2, 6, 10)
    shuffled = counts.iloc[list(order)].reset_index(drop=True)
    pd.testing.assert_frame_equal(
        lt.keyness(shuffled, ["d1", "d4"]), lt.keyness(counts, ["d1", "d4"]), check_exact=True
    )


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.text(alphabet="人才专精特新小巨人企业 Talent’s R&D 5G the 的了7%年2020,.。“”\n", max_size=60),
        max_size=5,
    )
)
def test_count_terms_is_the_same_of_a_corpus_of_its_sentences_and_of_their_tokens(texts: list[str]) -> None:
    corpus = lt.make_corpus({f"d{n}": text for n, text in enumerate(texts)})
    corpus["year"] = corpus["doc_id"].map({"d0": "2020", "d1": "2021"})
    sents = lt.sentences(corpus).merge(corpus[["doc_id", "year"]], on="doc_id")
    toks = lt.tokens(sents).merge(sents[["doc_id", "sent_id", "year"]], on=["doc_id", "sent_id"])
    for by in ("doc_id", "year"):
        counted = lt.count_terms(toks, by=by)
        pd.testing.assert_frame_equal(lt.count_terms(sents, by=by), counted)
        pd.testing.assert_frame_equal(lt.count_terms(corpus, by=by), counted)


def test_count_terms_of_a_corpus_counts_bodies_that_were_read():
    corpus = lt.make_corpus({"a": "人才 head", "b": "人才", "c": "talent"})
    corpus.loc[corpus["doc_id"] == "a", "body_end"] = 3
    corpus.loc[corpus["doc_id"] == "b", "status"] = "dup"
    assert lt.count_terms(corpus).to_numpy().tolist() == [["a", "人才", 1], ["c", "talent", 1]]
