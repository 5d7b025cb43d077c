"""Co-occurrence, collocations and topics: recounted by hand, recomputed with scipy, the same in any order."""

import os
import subprocess
import sys
from collections import Counter
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import luntan as lt
from conftest import ROOT
from luntan._tables import COLUMNS

CORPUS = lt.read_corpus(ROOT / "data" / "reports")
SENTS = lt.sentences(CORPUS)
TOKENS = lt.tokens(SENTS)
HITS = lt.themes(SENTS)
UNITS = {"sentence": ["doc_id", "sent_id"], "paragraph": ["doc_id", "par_id"], "document": ["doc_id"]}


def exact_p(both: int, row: int, column: int, total: int) -> float:
    """Double the smaller of Fisher's one-sided probabilities."""
    table = [[both, row - both], [column - both, total - row - column + both]]
    return min(1, 2 * min(stats.fisher_exact(table, side).pvalue for side in ("less", "greater")))


def signed_g2(both: int, row: int, column: int, total: int) -> float:
    table = [[both, row - both], [column - both, total - row - column + both]]
    g2 = stats.chi2_contingency(table, correction=False, lambda_="log-likelihood").statistic
    return -g2 if both < row * column / total else g2


def adjusted(p: pd.Series, tests: int) -> list[float]:
    """Adjust with scipy, over the tests whose results are not listed as well."""
    return list(stats.false_discovery_control([*p, *[1.0] * (tests - len(p))])[: len(p)])


def test_cooccurrences_give_a_known_table():
    sents = lt.sentences(
        lt.make_corpus({"a": "人才与投资。人才 needs 投资。Nothing.", "b": "投资。无。人才。"})
    )
    hits = pd.DataFrame(
        [("a", 0, "talent"), ("a", 0, "finance"), ("a", 0, "talent"), ("a", 1, "finance"), ("a", 1, "talent"),
         ("b", 0, "finance"), ("b", 2, "talent")],
        columns=["doc_id", "sent_id", "theme"],
    )  # fmt: skip
    found = lt.cooccurrences(hits, sents, at_least=2)
    assert list(found.columns) == list(COLUMNS["cooccurrences"])
    assert found.drop(columns=["g2", "p", "p_adjusted"]).values.tolist() == [
        ["finance", "talent", 3, 3, 2, 1, 1.5, "a:0-6 a:6-18"]
    ]


@pytest.mark.parametrize("within", list(UNITS))
def test_cooccurrences_agree_with_a_recount_and_with_scipy(within):
    placed = HITS.merge(SENTS[["doc_id", "sent_id", "par_id"]])
    units = placed.groupby(UNITS[within]).theme.agg(lambda themes: sorted(set(themes)))
    total = SENTS.groupby(UNITS[within]).ngroups
    n = Counter(theme for themes in units for theme in themes)
    frequent = sorted(theme for theme in n if n[theme] >= 3)
    both = Counter(pair for themes in units for pair in combinations(themes, 2))
    expected = {
        pair: (n[pair[0]], n[pair[1]], both[pair])
        for pair in combinations(frequent, 2)
        if both[pair] >= 3 or n[pair[0]] * n[pair[1]] / total >= 3
    }
    found = lt.cooccurrences(HITS, SENTS, within=within)
    assert {(row.a, row.b): (row.n_a, row.n_b, row.n_both) for row in found.itertuples()} == expected
    cells = list(zip(found.n_both, found.n_a, found.n_b, strict=True))
    if within != "document":  # where a theme is in all documents there is nothing to test
        assert found.g2.tolist() == pytest.approx([signed_g2(*cell, total) for cell in cells])
    assert found.p.tolist() == pytest.approx([exact_p(*cell, total) for cell in cells])
    assert found.p_adjusted.tolist() == pytest.approx(
        adjusted(found.p, len(frequent) * (len(frequent) - 1) // 2)
    )
    assert (found.evidence.str.split().str.len() == found.n_both).all()


def test_cooccurrences_list_every_pair_that_is_or_should_be_frequent():
    sents = lt.sentences(lt.make_corpus({"a": "好。" * 60}))
    held = np.random.default_rng(3).random((60, 12)) < np.linspace(0.2, 0.45, 12)
    cells = [("a", int(unit), f"v{value:02}") for unit, value in zip(*held.nonzero(), strict=True)]
    found = lt.cooccurrences(pd.DataFrame(cells, columns=["doc_id", "sent_id", "theme"]), sents, at_least=6)
    n, both = held.sum(axis=0), held.T.astype(int) @ held
    expected = {
        (f"v{a:02}", f"v{b:02}")
        for a, b in combinations(range(12), 2)
        if both[a, b] >= 6 or n[a] * n[b] >= 6 * 60
    }
    assert 0 < len(expected) < 66
    assert {(row.a, row.b) for row in found.itertuples()} == expected


def test_cooccurrences_list_what_avoids_each_other_too():
    found = lt.cooccurrences(HITS, SENTS)
    never = found[found.n_both == 0]
    assert len(never) > 0
    assert (never.expected >= 3).all()
    assert (never.g2 < 0).all()
    assert (never.evidence == "").all()
    assert found.g2.is_monotonic_decreasing


def test_cooccurrences_of_terms_cite_sentences_that_hold_both():
    found = lt.cooccurrences(lt.content_words(TOKENS), SENTS, of="term")
    texts = dict(zip(CORPUS.doc_id, CORPUS.text, strict=True))
    for row in found[found.n_both > 0].itertuples():
        places = [locator.split(":") for locator in row.evidence.split()]
        assert row.docs == len({doc_id for doc_id, _ in places})
        for doc_id, span in places:
            start, end = map(int, span.split("-"))
            sentence = texts[doc_id][start:end].lower()
            assert row.a in sentence
            assert row.b in sentence


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"of": "year"}, r"hits lacks the column\(s\) year"),
        ({"within": "page"}, "within = 'page' is no unit; pass sentence, paragraph, document"),
        ({"at_least": 0}, "at_least = 0 is below 1"),
        ({"sentences": SENTS.head(3)}, "which sentences does not hold"),
    ],
)
def test_cooccurrences_name_what_is_wrong(change, message):
    with pytest.raises(ValueError, match=message):
        lt.cooccurrences(HITS, change.pop("sentences", SENTS), **change)


def collocations_of(text: str, **options: int) -> list[list[object]]:
    found = lt.collocations(lt.tokens(lt.sentences(lt.make_corpus({"a": text}))), **options)
    return found[["first", "second", "n", "evidence"]].values.tolist()


@pytest.mark.parametrize(
    ("text", "window", "pairs"),
    [
        ("Venture Capital. Venture capital!", 1, [["venture", "capital", 2, "a:0-15 a:17-32"]]),
        ("企业融资，企业融资。", 1, [["企业", "融资", 2, "a:0-4 a:5-9"]]),
        ("venture, capital; venture, capital", 3, []),
        ("Green venture. Capital green venture. Capital", 3, [["green", "venture", 2, "a:0-13 a:23-36"]]),
        ("ministry of industry; ministry of industry", 1, []),
        ("ministry of industry; ministry of industry", 2, [["ministry", "industry", 2, "a:0-20 a:22-42"]]),
        ("5 firms 5 firms", 1, []),
    ],
)
def test_collocations_stay_within_their_stretch_of_words(text, window, pairs):
    # The other words keep the pair from being all there is, and so no more frequent than by chance.
    assert collocations_of(f"{text}. Green grass grows.", window=window, at_least=2) == pairs


def test_collocations_leave_out_pairs_no_more_frequent_than_by_chance():
    assert collocations_of("Venture capital. Venture capital.", at_least=1) == []


def test_collocations_agree_with_a_recount_and_with_scipy():
    words = set(lt.content_words(TOKENS).index)
    rows = list(TOKENS.itertuples())
    pairs = [
        (first.text.lower(), second.text.lower())
        for place, first in enumerate(rows)
        for second in rows[place + 1 : place + 3]
        if {first.Index, second.Index} <= words
        and (first.doc_id, first.sent_id) == (second.doc_id, second.sent_id)
        and (second.Index == first.Index + 1 or rows[place + 1].kind != "punct")
    ]
    n, left, right = Counter(pairs), Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    expected = {pair for pair in n if n[pair] >= 3 and n[pair] > left[pair[0]] * right[pair[1]] / len(pairs)}
    found = lt.collocations(TOKENS, window=2)
    assert list(found.columns) == list(COLUMNS["collocations"])
    assert len(found) > 50
    assert {(row.first, row.second) for row in found.itertuples()} == expected
    for row in found.itertuples():
        assert (row.n, row.n_first, row.n_second) == (
            n[row.first, row.second],
            left[row.first],
            right[row.second],
        )
    cells = list(zip(found.n, found.n_first, found.n_second, strict=True))
    assert found.g2.tolist() == pytest.approx([signed_g2(*cell, len(pairs)) for cell in cells])
    assert found.p.tolist() == pytest.approx([exact_p(*cell, len(pairs)) for cell in cells])
    tests = sum(a >= 3 for a in left.values()) * sum(b >= 3 for b in right.values())
    assert found.p_adjusted.tolist() == pytest.approx(adjusted(found.p, tests))
    assert found.pmi.tolist() == pytest.approx([np.log2(both * len(pairs) / a / b) for both, a, b in cells])
    assert found.log_dice.tolist() == pytest.approx(
        [14 + np.log2(2 * both / (a + b)) for both, a, b in cells]
    )
    assert (found.evidence.str.split().str.len() == found.n).all()


@pytest.mark.parametrize("options", [{"window": 0}, {"at_least": 0}])
def test_collocations_refuse_what_is_below_one(options):
    with pytest.raises(ValueError, match="= 0 is below 1"):
        lt.collocations(TOKENS, **options)


def mixed_counts() -> pd.DataFrame:
    """Make documents of two planted topics: some of one, some of the other, one half and half."""
    topics = {"投资": (6, 0), "bank": (4, 0), "人才": (0, 7), "school": (0, 3), "firm": (2, 2)}
    mixtures = {"a": (10, 0), "b": (20, 0), "c": (0, 10), "d": (0, 30), "e": (10, 10)}
    return pd.DataFrame(
        [
            (group, term, n)
            for group, (left, right) in mixtures.items()
            for term, (first, second) in topics.items()
            if (n := left * first + right * second)
        ],
        columns=["group", "term", "n"],
    )


def test_discover_topics_finds_what_was_planted():
    topics = lt.discover_topics(mixed_counts(), 2)
    assert list(topics.columns) == list(COLUMNS["topics"])
    assert topics[topics.loading > 0.01].round(2).values.tolist() == [
        [1, 0.56, "人才", 0.58], [1, 0.56, "school", 0.25], [1, 0.56, "firm", 0.17],
        [2, 0.44, "投资", 0.5], [2, 0.44, "bank", 0.33], [2, 0.44, "firm", 0.17],
    ]  # fmt: skip
    shares = lt.topic_shares(mixed_counts(), topics)
    assert list(shares.columns) == list(COLUMNS["topic_shares"])
    assert shares.round(2).values.tolist() == [
        ["a", 1, 0], ["a", 2, 1], ["b", 1, 0], ["b", 2, 1],
        ["c", 1, 1], ["c", 2, 0], ["d", 1, 1], ["d", 2, 0], ["e", 1, 0.5], ["e", 2, 0.5],
    ]  # fmt: skip


def test_discover_topics_gives_shares_and_loadings_that_make_one():
    counts = lt.count_terms(TOKENS)
    topics = lt.discover_topics(counts, 3)
    assert topics.groupby("topic").loading.sum().tolist() == pytest.approx([1, 1, 1], abs=1e-3)
    assert topics.drop_duplicates("topic").share.sum() == pytest.approx(1, abs=1e-5)
    assert topics.drop_duplicates("topic").share.is_monotonic_decreasing
    assert topics.groupby("topic").loading.agg(lambda weights: weights.is_monotonic_decreasing).all()
    assert lt.topic_shares(counts, topics).groupby("group").share.sum().tolist() == pytest.approx([1] * 5)


def test_topic_shares_are_empty_for_a_document_of_other_words():
    other = pd.DataFrame({"group": ["new", "x"], "term": ["bank", "量子"], "n": [5, 5]})
    shares = lt.topic_shares(other, lt.discover_topics(mixed_counts(), 2))
    assert shares.share.round(2).fillna(-1).tolist() == [0, 1, -1, -1]


@pytest.mark.parametrize(("n_topics", "min_docs"), [(0, 1), (6, 1), (1, 6)])
def test_discover_topics_says_how_many_there_can_be(n_topics, min_docs):
    most = 0 if min_docs == 6 else 5
    with pytest.raises(ValueError, match=f"n_topics = {n_topics}: pass 1 to {most}; "):
        lt.discover_topics(mixed_counts(), n_topics, min_docs=min_docs)


def test_discover_topics_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn.decomposition", None)
    with pytest.raises(ImportError, match=r"pip install 'luntan\[topics\]'"):
        lt.discover_topics(mixed_counts(), 2)


def test_discoveries_in_nothing_are_empty_tables():
    counts = lt.count_terms(TOKENS.head(0))
    tables = {
        "cooccurrences": lt.cooccurrences(HITS.head(0), SENTS.head(0)),
        "collocations": lt.collocations(TOKENS.head(0)),
        "topics": lt.discover_topics(counts, 3),
        "topic_shares": lt.topic_shares(counts, lt.discover_topics(counts, 3)),
    }
    for name, table in tables.items():
        assert (len(table), list(table.columns)) == (0, list(COLUMNS[name]))
    assert lt.cooccurrences(HITS.head(0), SENTS).empty


SCRIPT = """
import hashlib, sys
import luntan as lt
corpus = lt.read_corpus("data/reports")
corpus = corpus.sample(frac=1, random_state=int(sys.argv[1]))
sents = lt.sentences(corpus)
toks = lt.tokens(sents)
counts = lt.count_terms(toks)
topics = lt.discover_topics(counts, 3)
tables = [
    counts, lt.keyness(counts, ["science-parks-2017", "innovation-roundtable-11"]), topics,
    lt.topic_shares(counts, topics), lt.cooccurrences(lt.themes(sents), sents),
    lt.cooccurrences(lt.content_words(toks), sents, of="term", within="paragraph"),
    lt.collocations(toks, window=3), lt.sort_kwic(lt.kwic(sents, theme="talent"), "right"),
]
print([hashlib.sha256(table.to_csv(index=False).encode()).hexdigest() for table in tables])
"""


def test_tables_are_the_same_bytes_for_any_file_order_hash_seed_and_number_of_threads():
    outputs = set()
    for seed, threads in (("1", "1"), ("2", "2"), ("3", "2")):
        settings = {"PYTHONHASHSEED": seed, "OPENBLAS_NUM_THREADS": threads, "OMP_NUM_THREADS": threads}
        run = subprocess.run(
            [sys.executable, "-W", "error", "-c", SCRIPT, seed],
            capture_output=True, text=True, cwd=ROOT, env=os.environ | settings,
        )  # fmt: skip
        assert run.stderr == ""
        outputs.add(run.stdout)
    assert len(outputs) == 1
