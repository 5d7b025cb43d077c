"""Find the themes of a bilingual lexicon in sentences."""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import accumulate
from typing import Any, NamedTuple

import pandas as pd

from luntan._tables import check_table, make_table
from luntan.folding import fold
from luntan.lexical.lexicon import theme_lexicon
from luntan.lexicons import read_lexicon
from luntan.segmentation import segment

LETTER = "A-Za-z\u00c0-\u024f0-9"
HAN = re.compile("[\u3400-\u9fff]")
_CAPITAL = rf"[A-Z][{LETTER}&’'-]*\.?"
# A run of capitalised words, such as a name: Ministry of Science and Technology
_NAME = re.compile(rf"{_CAPITAL}(?:(?:\s(?:of|for|and|on|&))?(?:\sthe)?\s{_CAPITAL})+")


class Forms(NamedTuple):
    """A lexicon made ready: the pattern of all forms, each folded form's theme, and the acronyms."""

    pattern: re.Pattern[str]
    # None for a phrase that takes its place and counts for nothing
    theme_of: dict[str, str | None]
    acronyms: frozenset[str]


def themes(sentences: pd.DataFrame, *, lexicon: str | os.PathLike[str] | None = None) -> pd.DataFrame:
    """Find the themes of the bilingual lexicon in every sentence.

    One row is one hit: the longest form at its place, standing as whole words and not in the name of
    a body; hits do not overlap.

    Parameters
    ----------
    sentences : DataFrame
        From `luntan.sentences`.
    lexicon : path, optional
        A YAML file of your own in the form of `lexicons/themes.yml`; ValueError if it is not.

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
    forms = forms_of(theme_lexicon(lexicon))
    columns = (sentences[name] for name in ("doc_id", "sent_id", "start", "text", "lang"))
    rows = [
        (doc_id, sent_id, start + first, start + last, text[first:last], lang, theme)
        for doc_id, sent_id, start, text, lang in zip(*columns, strict=True)
        for first, last, theme in _hits(text, forms)
    ]
    return make_table("themes", rows)


def _hits(text: str, forms: Forms) -> Iterator[tuple[int, int, str]]:
    """Yield where each hit begins and ends, and its theme."""
    folded = fold(text)
    place, words = 0, None
    while found := forms.pattern.search(folded, place):
        first, last = found.span()
        form = normal(found[0])
        theme = forms.theme_of[form]
        place = last
        if theme is None:
            continue
        if HAN.search(form):
            words = words or Words(text)
            counts = words.are_whole(first, last) and not words.name_a_body(last)
        else:
            # AI is a theme, the surname Ai is not.
            counts = form not in forms.acronyms or found[0].rstrip("es").isupper()
            counts = counts and not (found[0][0].isupper() and _in_name(text, first, last))
        if counts:
            yield first, last, theme
        else:
            place = first + 1


class Words:
    """The words of a sentence, asked for only where a Chinese form is found."""

    def __init__(self, text: str) -> None:
        self._words = segment(text)
        self._number_at = {end: number for number, end in enumerate(accumulate(map(len, self._words)), 1)}
        self._number_at[0] = 0

    def are_whole(self, first: int, last: int) -> bool:
        """Tell whether words begin and end here: 市场 is none of the words of 城市|场馆 or 市场监管总局."""
        return first in self._number_at and last in self._number_at

    def name_a_body(self, last: int) -> bool:
        """Tell whether the words from here on make what stands before them the name of a body."""
        inner, heads = _body_words()
        number = self._number_at[last]
        follow = self._words[number : number + 6]
        n_inner = next((n for n, word in enumerate(follow) if word not in inner), len(follow))
        head = fold(follow[n_inner]) if n_inner < len(follow) else ""
        return head in heads or (n_inner > 0 and head == "中心")


def _in_name(text: str, first: int, last: int) -> bool:
    """Tell whether an English form stands in the name of a body: Ministry of Education."""
    _, heads = _body_words()
    # A name is no longer than this; so a sentence of any length costs the same.
    around = text[max(0, first - 120) : last + 120]
    at = first - max(0, first - 120)
    names = (found for found in _NAME.finditer(around) if found.start() <= at < found.end())
    return any(word.rstrip(".") in heads for name in names for word in name[0].split())


@cache
def _body_words() -> tuple[frozenset[str], frozenset[str]]:
    """Return the words inside and the words at the head of names of bodies."""
    return frozenset(read_lexicon("body_inner_zh")), frozenset(read_lexicon("body_heads"))


def forms_of(entries: Mapping[str, Mapping[str, Any]]) -> Forms:
    """Make a lexicon ready for matching."""
    theme_of: dict[str, str | None] = {}
    acronyms = set()
    for key, entry in entries.items():
        for field, theme in (("en", key), ("zh", key), ("not_en", None), ("not_zh", None)):
            for form in entry[field]:
                theme_of |= dict.fromkeys(variants(form), theme)
                acronyms |= set(variants(form)) if form.isupper() else set()
    latin = _trie_pattern(form for form in theme_of if form[0].isascii())
    han = _trie_pattern(form for form in theme_of if not form[0].isascii())
    bounded = rf"(?<![{LETTER}]){latin}(?![{LETTER}])" if latin else ""
    pattern = re.compile("|".join(filter(None, [bounded, han])), re.IGNORECASE)
    return Forms(pattern, theme_of, frozenset(acronyms))


def variants(form: str) -> set[str]:
    """Return all that counts as a form, folded: its plural, -ize for -ise, -or for -our.

    >>> sorted(variants("specialised policy"))
    ['specialised policies', 'specialised policy', 'specialized policies', 'specialized policy']
    """
    folded = normal(form)
    spelt = {folded, re.sub(r"is(?=(?:e|ed|es|ing|ation)\b)", "iz", folded)}
    spelt |= {re.sub(r"(?<=[a-z]{3})our(?=able\b|s?\b)", "or", one) for one in spelt}
    return spelt | {plural for one in spelt for plural in _plurals(one)}


def _plurals(form: str) -> list[str]:
    if not (form[-1].isascii() and form[-1].isalpha()) or form[-1] == "s":
        return []
    if form[-1] == "y" and form[-2:-1] not in "aeiou":
        return [form[:-1] + "ies"]
    return [form + "es"] if re.search("(?:[sxz]|ch|sh)$", form) else [form + "s"]


def normal(form: str) -> str:
    """Fold letter case, script, and hyphens to blanks, so that `Medium-sized` is `medium sized`."""
    return re.sub(r"[\s\-–‑]+", " ", fold(form)).lower()


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
        (r"[\s\-–‑]+" if char == " " else re.escape(char)) + _render(child)
        for char, child in sorted(node.items())
        if char
    ]
    if not branches:
        return ""
    return f"(?:{'|'.join(branches)}){'?' if '' in node else ''}"
