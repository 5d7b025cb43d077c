"""Join the actors of statements with the themes they speak of, and the stance they take."""

import os
import re
from collections.abc import Iterator
from itertools import groupby

import pandas as pd

from luntan._tables import COLUMNS, check_table, make_table
from luntan.evidence import cite
from luntan.lexical import theme_lexicon
from luntan.networks.cues import stances_of

STANCES = ("support", "call", "oppose")
# How the organisations of one person are parted in a cell.
_PARTED = re.compile("[;；]")


def stances(statements: pd.DataFrame, hits: pd.DataFrame) -> pd.DataFrame:
    """Read the stance of each statement on each theme: one row is a theme hit inside a statement.

    A hit inside two statements, one quoting the other, belongs to the shorter one; hits outside all
    statements are left out.

    Parameters
    ----------
    statements, hits : DataFrame
        From `statements` and `themes`.

    Returns
    -------
    DataFrame
        Columns `doc_id sent_id start end text lang theme speaker stance statement`: those of the hit,
        then `stance`: `support`, `call` (a demand), `oppose`, or empty in a question and where no cue of
        `lexicons/stances.txt` stands near; `statement`: the locator of the statement.

    Examples
    --------
    >>> from luntan import make_corpus, sentences, statements, themes
    >>> texts = {"a": "Ann Bell said that cities oppose barriers.", "b": "省长王芳表示，支持专利。"}
    >>> sents = sentences(make_corpus(texts))
    >>> stances(statements(sents), themes(sents))[["speaker", "theme", "stance"]].values.tolist()
    [['Ann Bell', 'business_environment', 'oppose'], ['王芳', 'basic_research', 'support']]
    """
    held = _hits_in_statements(statements, hits).sort_values(["doc_id", "start", "speaker"], kind="stable")
    return make_table("stances", held[list(COLUMNS["stances"])].itertuples(index=False))


def actor_theme_network(
    statements: pd.DataFrame,
    hits: pd.DataFrame,
    *,
    actor: str = "speaker",
    lexicon: str | os.PathLike[str] | None = None,
) -> pd.DataFrame:
    """Join actors with the themes they speak of: one row is an edge, the heaviest first.

    Parameters
    ----------
    statements, hits : DataFrame
        From `statements` and `themes`.
    actor : str
        The column of statements that names the actors: `speaker`, `organisation`, `sector` …
        Several in one cell, parted by `;`, have an edge each; an empty cell makes none.
    lexicon : path, optional
        That of `themes`.

    Returns
    -------
    DataFrame
        Columns `actor theme label label_zh weight n_hits support call oppose sign evidence`: `weight`
        statements of the actor with the theme, of which `support call oppose` take that stance (see
        `stances`); `sign`: 1 if all stances are for it, -1 if against, else 0; `evidence`: locators.

    Examples
    --------
    >>> from luntan import make_corpus, sentences, statements, themes
    >>> sents = sentences(make_corpus({"a": "Ann Bell said talent left.", "b": "王芳表示，要引进人才。"}))
    >>> actor_theme_network(statements(sents), themes(sents))[["actor", "label_zh", "sign"]].values.tolist()
    [['Ann Bell', '人才', 0], ['王芳', '人才', 1]]
    """
    check_table(statements, "statements", "statements")
    if actor not in statements.columns:
        raise ValueError(
            f"actor = {actor!r} is no column of statements; it has {', '.join(statements.columns)}."
        )
    held = _hits_in_statements(statements.assign(speaker=statements[actor].fillna("").astype("str")), hits)
    # The stances of each actor on each theme, statement by statement: one may name a theme many times.
    taken: dict[tuple[str, str], dict[str, list[str]]] = {}
    for cell, theme, statement, stance in held[["speaker", "theme", "statement", "stance"]].values.tolist():
        for name in {part.strip() for part in _PARTED.split(cell)} - {""}:
            taken.setdefault((name, theme), {}).setdefault(statement, []).append(stance)
    entries = theme_lexicon(lexicon)
    rows = []
    for (name, theme), said in taken.items():
        support, call, oppose = (sum(stance in found for found in said.values()) for stance in STANCES)
        labels = entries.get(theme, {}).get("label", theme), entries.get(theme, {}).get("label_zh", "")
        numbers = len(said), sum(map(len, said.values())), support, call, oppose
        sign = int(support + call > 0) - int(oppose > 0)
        rows.append((name, theme, *labels, *numbers, sign, " ".join(said)))
    rows.sort(key=lambda row: (-row[4], row[0], row[1]))
    return make_table("edges", rows)


def congruence(edges: pd.DataFrame) -> pd.DataFrame:
    """Compare the signs of every two actors: one row is two actors who share a theme.

    Parameters
    ----------
    edges : DataFrame
        From `actor_theme_network`.

    Returns
    -------
    DataFrame
        Columns `actor_a actor_b n_shared n_agree n_conflict`: themes of both, themes on which both have
        the same sign, and themes on which their signs are opposite. The difference of the last two is
        the weight of the subtract network of discourse network analysis (Leifeld 2017).

    Examples
    --------
    >>> edges = make_table("edges", [(name, "talent", "Talent", "人才", 1, 1, 0, 1, 0, 1, "a:0-9")
    ...                              for name in ("王芳", "Ann Bell")])
    >>> congruence(edges).values.tolist()
    [['Ann Bell', '王芳', 1, 1, 0]]
    """
    check_table(edges, "edges", "edges")
    signs = edges[["actor", "theme", "sign"]]
    pairs = signs.merge(signs, on="theme", suffixes=("_a", "_b"))
    pairs = pairs[pairs["actor_a"] < pairs["actor_b"]]
    product = pairs["sign_a"] * pairs["sign_b"]
    pairs = pairs.assign(n_shared=1, n_agree=(product > 0), n_conflict=(product < 0))
    counted = pairs.groupby(["actor_a", "actor_b"], sort=True)[["n_shared", "n_agree", "n_conflict"]].sum()
    return make_table("congruence", counted.reset_index().itertuples(index=False))


def _hits_in_statements(statements: pd.DataFrame, hits: pd.DataFrame) -> pd.DataFrame:
    """Return the hits that stand in a statement, in the order of the statements, with what `stances` adds."""
    check_table(statements, "statements", "statements")
    check_table(hits, "themes", "hits")
    said = cite(statements.sort_values(["doc_id", "start", "end", "speaker"], kind="stable"))
    named = hits.sort_values(["doc_id", "start", "end"], kind="stable")
    pairs = sorted(_holders(said, named))
    held = named.iloc[[hit for _, hit in pairs]].reset_index(drop=True)
    of_said = said.iloc[[number for number, _ in pairs]].reset_index(drop=True)
    spans = zip(held["start"] - of_said["start"], held["end"] - of_said["start"], strict=True)
    texts, cues = said["text"].tolist(), said["cue"].tolist()
    stance: list[str] = []
    # All hits of a statement together: its cues are looked for once.
    for number, group in groupby(zip(pairs, spans, strict=True), key=lambda pair: pair[0][0]):
        stance += stances_of(texts[number], cues[number], [span for _, span in group])
    return held.assign(
        speaker=of_said["speaker"],
        statement=of_said["evidence"],
        stance=pd.Series(stance, index=held.index, dtype="str"),
    )


def _holders(said: pd.DataFrame, named: pd.DataFrame) -> Iterator[tuple[int, int]]:
    """Yield row numbers of a statement and of a hit that it holds; both tables are sorted.

    Two people may say the same words ("Li and Wang said …"): then both hold the hit.
    """
    spans = list(zip(said["doc_id"], said["start"], said["end"], strict=True))
    open_: list[int] = []
    following = 0
    for hit, (doc_id, start, end) in enumerate(
        zip(named["doc_id"], named["start"], named["end"], strict=True)
    ):
        while following < len(spans) and spans[following][:2] <= (doc_id, start):
            open_.append(following)
            following += 1
        open_ = [number for number in open_ if spans[number][0] == doc_id and spans[number][2] > start]
        holding = [number for number in open_ if spans[number][2] >= end]
        shortest = min((spans[number][2] - spans[number][1] for number in holding), default=0)
        for number in holding:
            if spans[number][2] - spans[number][1] == shortest:
                yield number, hit
