"""Themes, term counts, keyness and concordance."""

import math
import os
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from luntan._tables import check_table, make_table
from luntan.lexicons import read_lexicon, read_text

Lexicon = Mapping[str, Mapping[str, object]]
CONTENT_KINDS = ("han", "latin")


def themes(sentences: pd.DataFrame, *, lexicon: str | os.PathLike[str] | None = None) -> pd.DataFrame:
    """Find the themes of the bilingual lexicon in every sentence.

    One row is one hit: the longest form at its place; hits do not overlap.

    Parameters
    ----------
    sentences : DataFrame
        From `luntan.sentences`.
    lexicon : path, optional
        A YAML file of your own in the form of `lexicons/themes.yml`: for each theme `label`,
        `label_zh`, `en` and `zh`, the last two lists of forms.

    Returns
    -------
    DataFrame
        Columns `doc_id sent_id start end text lang theme`; `lang` is that of the sentence.

    Examples
    --------
    >>> from luntan import make_corpus, sentences
    >>> sents = sentences(make_corpus({"a": "“小巨人”企业。 Little giants need talent."}))
    >>> themes(sents)[["text", "theme"]].values.tolist()
    [['小巨人', 'little_giants'], ['Little giants', 'little_giants'], ['talent', 'talent']]
    """
    check_table(sentences, "sentences", "sentences")
    pattern, theme_of, acronyms = _theme_pattern(theme_lexicon(lexicon))
    columns = (sentences[name] for name in ("doc_id", "sent_id", "start", "text", "lang"))
    rows = [
        (doc_id, sent_id, start + hit.start(), start + hit.end(), hit[0], lang, theme_of[_fold(hit[0])])
        for doc_id, sent_id, start, text, lang in zip(*columns, strict=True)
        for hit in pattern.finditer(text)
        # AI is a theme, the surname Ai is not.
        if _fold(hit[0]) not in acronyms or hit[0].rstrip("es").isupper()
    ]
    return make_table("themes", rows)


def theme_lexicon(path: str | os.PathLike[str] | None = None) -> dict[str, dict[str, object]]:
    """Return the theme lexicon: for each theme its labels, definition and forms in both languages.

    Parameters
    ----------
    path : path, optional
        A YAML file of your own; without it, the one that comes with luntan.

    Returns
    -------
    dict
        Theme key to a dict with `label`, `label_zh`, `definition`, `en` and `zh`.

    Raises
    ------
    ValueError
        If an entry has no forms, or is not of that form.

    Examples
    --------
    >>> theme_lexicon()["talent"]["label_zh"], theme_lexicon()["talent"]["label"]
    ('人才', 'Talent')
    """
    text = read_text("themes.yml") if path is None else Path(path).read_text(encoding="utf-8")
    entries = yaml.safe_load(text)
    where = "themes.yml" if path is None else str(path)
    if not isinstance(entries, dict):
        raise ValueError(f"{where} is not a mapping of theme keys; see lexicons/themes.yml for the form.")
    for key, entry in entries.items():
        forms = [*entry.get("en", ()), *entry.get("zh", ())] if isinstance(entry, dict) else []
        if not forms or not all(isinstance(form, str) and form.strip() for form in forms):
            raise ValueError(f"{where}: theme {key!r} needs a list of forms under en or zh.")
    return entries


def _theme_pattern(entries: Lexicon) -> tuple[re.Pattern[str], dict[str, str], set[str]]:
    """Return the pattern of all forms, longest match first, each folded form's theme, and the acronyms."""
    forms: list[tuple[str, str]] = [
        (form, key)
        for key in sorted(entries)
        for language in ("en", "zh")
        for form in entries[key].get(language, ())  # type: ignore[attr-defined]
    ]
    theme_of = {variant: key for form, key in forms for variant in _variants(form)}
    acronyms = {variant for form, _ in forms if form.isupper() for variant in _variants(form)}
    latin = _trie_pattern(form for form in theme_of if form[0].isascii())
    han = _trie_pattern(form for form in theme_of if not form[0].isascii())
    bounded = rf"(?<![A-Za-z0-9]){latin}(?![A-Za-z0-9])" if latin else ""
    return re.compile("|".join(filter(None, [bounded, han])), re.IGNORECASE), theme_of, acronyms


def _variants(form: str) -> list[str]:
    """Return a form folded, and its plurals if it ends in a Latin letter."""
    folded = _fold(form)
    if not (folded[-1].isascii() and folded[-1].isalpha()) or folded[-1] == "s":
        return [folded]
    if folded[-1] == "y" and folded[-2:-1] not in "aeiou":
        return [folded, folded[:-1] + "ies"]
    return [folded, folded + "s", folded + "es"]


def _fold(form: str) -> str:
    """Fold letter case, and hyphens to blanks: `Small and Medium-sized` is one form with its twins."""
    return re.sub(r"[\s\-–]+", " ", form).lower()


def _trie_pattern(forms: Iterable[str]) -> str:
    """Return a pattern that matches the longest of the forms; shared beginnings are tried only once."""
    trie: dict[str, Any] = {}
    for form in forms:
        node = trie
        for char in form:
            node = node.setdefault(char, {})
        node[""] = {}
    return _render(trie)


def _render(node: dict[str, Any]) -> str:
    branches = [
        (r"[\s\-–]+" if char == " " else re.escape(char)) + _render(child)
        for char, child in sorted(node.items())
        if char
    ]
    if not branches:
        return ""
    return f"(?:{'|'.join(branches)}){'?' if '' in node else ''}"


def count_terms(tokens: pd.DataFrame, *, by: str = "doc_id") -> pd.DataFrame:
    """Count the content words of each document or other group.

    One row is one term in one group, commonest first. Latin words are folded to lower case; stop
    words, single Han characters and tokens that are no words are left out.

    Parameters
    ----------
    tokens : DataFrame
        From `luntan.tokens`, with any further column to group by.
    by : str
        The column that makes a group.

    Returns
    -------
    DataFrame
        Columns `group term n`.

    Examples
    --------
    >>> from luntan import make_corpus, sentences, tokens
    >>> count_terms(tokens(sentences(make_corpus({"a": "人才，人才！ Talent"})))).values.tolist()
    [['a', '人才', 2], ['a', 'talent', 1]]
    """
    check_table(tokens, "tokens", "tokens")
    if by not in tokens.columns:
        raise ValueError(f"by = {by!r} is no column of tokens; it has {', '.join(tokens.columns)}.")
    words = tokens.loc[tokens["kind"].isin(CONTENT_KINDS), [by, "text", "kind"]]
    terms = words.assign(term=words["text"].str.lower())
    kept = ~terms["term"].isin(_stop_words()) & ((terms["kind"] == "latin") | (terms["term"].str.len() > 1))
    counted = terms[kept].groupby([by, "term"], sort=True).size().reset_index(name="n")
    counted.columns = pd.Index(["group", "term", "n"])
    rows = counted.sort_values(["group", "n", "term"], ascending=[True, False, True])
    return make_table("term_counts", rows.itertuples(index=False))


@cache
def _stop_words() -> frozenset[str]:
    return frozenset(read_lexicon("stopwords_en")) | frozenset(read_lexicon("stopwords_zh"))


def keyness(counts: pd.DataFrame, target: str) -> pd.DataFrame:
    """Compare how often each term stands in one group and in all the others.

    One row is one term; those most typical of the target come first, those of the rest last.

    Parameters
    ----------
    counts : DataFrame
        From `count_terms`.
    target : str
        The group to compare with all the others together; ValueError if there is none of that name.

    Returns
    -------
    DataFrame
        Columns `term n_target n_reference log_ratio g2 p`. `log_ratio`: binary logarithm of the
        ratio of the two shares, half a count added to each. `g2`: log-likelihood (Dunning 1993),
        negative where the term is rarer in the target. `p`: of chi-squared with 1 df, uncorrected.

    Examples
    --------
    >>> counts = pd.DataFrame({"group": ["a", "b"], "term": ["人才", "talent"], "n": [9, 9]})
    >>> keyness(counts, "a").term.tolist()
    ['人才', 'talent']
    """
    groups = sorted(counts["group"].unique())
    if target not in groups:
        raise ValueError(f"target = {target!r} is no group of counts; it has {', '.join(groups)}.")
    is_target = counts["group"] == target
    here = counts[is_target].groupby("term")["n"].sum()
    there = counts[~is_target].groupby("term")["n"].sum()
    terms = sorted(set(here.index) | set(there.index))
    sizes = int(here.sum()), int(there.sum())
    rows = [_key_term(term, int(here.get(term, 0)), int(there.get(term, 0)), sizes) for term in terms]
    rows.sort(key=lambda row: (-row[4], row[0]))
    return make_table("keyness", rows)


def _key_term(term: str, a: int, b: int, sizes: tuple[int, int]) -> tuple[str, int, int, float, float, float]:
    c, d = sizes
    log_ratio = math.log2(((a + 0.5) / (c + 0.5)) / ((b + 0.5) / (d + 0.5)))
    # The 2x2 table of this term and all other terms, in target and reference.
    total = c + d
    cells = [(a, c * (a + b) / total), (b, d * (a + b) / total)]
    cells += [(c - a, c * (total - a - b) / total), (d - b, d * (total - a - b) / total)]
    g2 = max(0.0, 2 * sum(seen * math.log(seen / due) for seen, due in cells if seen and due))
    p = math.erfc(math.sqrt(g2 / 2))
    rarer = a * d < b * c
    return term, a, b, log_ratio, -g2 if rarer else g2, p


def kwic(sentences: pd.DataFrame, pattern: str, *, width: int = 30) -> pd.DataFrame:
    """List every occurrence of a word or phrase with what stands around it.

    One row is one occurrence, in the order of the text.

    Parameters
    ----------
    sentences : DataFrame
        From `luntan.sentences`.
    pattern : str
        A regular expression, letter case ignored; ValueError if it is none or matches nothing at all.
    width : int
        How many characters of the same sentence to show on either side.

    Returns
    -------
    DataFrame
        Columns `doc_id sent_id start end before text after`.

    Examples
    --------
    >>> from luntan import make_corpus, sentences
    >>> kwic(sentences(make_corpus({"a": "培育“小巨人”企业。"})), "小巨人|little giants?").values.tolist()
    [['a', 0, 3, 6, '培育“', '小巨人', '”企业。']]
    """
    check_table(sentences, "sentences", "sentences")
    try:
        wanted = re.compile(pattern, re.IGNORECASE)
    except re.error as error:
        raise ValueError(f"pattern = {pattern!r} is no regular expression: {error}.") from error
    if wanted.match(""):
        raise ValueError(f"pattern = {pattern!r} matches nothing at all; name at least one character.")
    rows = []
    columns = (sentences[name] for name in ("doc_id", "sent_id", "start", "text"))
    for doc_id, sent_id, start, text in zip(*columns, strict=True):
        for hit in wanted.finditer(text):
            before = text[max(0, hit.start() - width) : hit.start()]
            after = text[hit.end() : hit.end() + width].rstrip()
            rows.append((doc_id, sent_id, start + hit.start(), start + hit.end(), before, hit.group(), after))
    return make_table("concordance", rows)
