"""Find the themes of a bilingual lexicon in sentences."""

import os
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, cached_property
from itertools import accumulate
from typing import Any, NamedTuple

import pandas as pd

from luntan._tables import check_table, make_table, rows_of
from luntan.folding import fold
from luntan.lexical.lexicon import theme_lexicon
from luntan.lexicons import any_of, read_lexicon
from luntan.segmentation import segment

LETTER = "A-Za-z\u00c0-\u024f0-9"
_BLANKS = re.compile(r"[\s\-–‑]+")
_CAPITAL = rf"[A-Z][{LETTER}&’'-]*\.?"
# A run of capitalised words, such as a name: Ministry of Science and Technology
_NAME = re.compile(rf"{_CAPITAL}(?:(?:\s(?:of|for|and|on|&))?(?:\sthe)?\s{_CAPITAL})+")


Found = tuple[int, int, str | None]


class Forms(NamedTuple):
    """A lexicon made ready: the patterns of its forms, each folded form's theme, and the acronyms."""

    # Apart, each is ten times as fast as the two in one.
    latin: re.Pattern[str]
    han: re.Pattern[str]
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
    forms = _own_forms() if lexicon is None else forms_of(theme_lexicon(lexicon))
    rows = [
        (doc_id, sent_id, start + first, start + last, text[first:last], lang, theme)
        for doc_id, sent_id, start, text, lang in rows_of(
            sentences, "doc_id", "sent_id", "start", "text", "lang"
        )
        for first, last, theme in _hits(text, forms)
    ]
    return make_table("themes", rows)


def _hits(text: str, forms: Forms) -> Iterator[tuple[int, int, str]]:
    """Yield where each hit begins and ends, and its theme."""
    folded, words = _lower(fold(text)), Words(text)

    def counts_as_latin(first: int, last: int) -> bool:
        # AI is a theme, the surname Ai is not.
        is_acronym = _BLANKS.sub(" ", folded[first:last]) in forms.acronyms
        if is_acronym and not text[first:last].rstrip("es").isupper():
            return False
        return not (text[first].isupper() and _in_name(text, first, last))

    def counts_as_han(first: int, last: int) -> bool:
        return words.are_whole(first, last) and not words.name_a_body(last)

    def found(pattern: re.Pattern[str], counts: Callable[[int, int], bool]) -> Iterator[Found]:
        place = 0
        while hit := pattern.search(folded, place):
            first, place = hit.span()
            theme = forms.theme_of[_BLANKS.sub(" ", hit[0])]
            if theme is None or counts(first, place):
                yield first, place, theme
            else:
                place = first + 1

    end = 0
    places = [*found(forms.latin, counts_as_latin), *found(forms.han, counts_as_han)]
    for first, last, theme in sorted(places, key=lambda place: place[0]):
        if first >= end and theme:
            yield first, last, theme
        end = max(end, last)


def _lower(text: str) -> str:
    """Return the text in small letters, every character at its place: İ would become two."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


class Words:
    """The words of a sentence, which is cut into them only if a Chinese form is found."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _words(self) -> list[str]:
        return segment(self._text)

    @cached_property
    def _number_at(self) -> dict[int, int]:
        """Return how many words end before each of the places where one begins or ends."""
        return {0: 0} | {end: number for number, end in enumerate(accumulate(map(len, self._words)), 1)}

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


@cache
def _own_forms() -> Forms:
    """Return luntan's lexicon ready for matching: reading it takes as long as thousands of sentences."""
    return forms_of(theme_lexicon())


def forms_of(entries: Mapping[str, Mapping[str, Any]]) -> Forms:
    """Make a lexicon ready for matching."""
    theme_of: dict[str, str | None] = {}
    acronyms = set()
    for key, entry in entries.items():
        for field, theme in (("en", key), ("zh", key), ("not_en", None), ("not_zh", None)):
            for form in entry[field]:
                theme_of |= dict.fromkeys(variants(form), theme)
                acronyms |= set(variants(form)) if form.isupper() else set()
    of_latin, of_han = (
        any_of((form for form in theme_of if form[0].isascii() is latin), blank=_BLANKS.pattern)
        for latin in (True, False)
    )
    bounded = rf"(?<![{LETTER}]){of_latin}(?![{LETTER}])"
    return Forms(re.compile(bounded), re.compile(of_han), theme_of, frozenset(acronyms))


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
    return _BLANKS.sub(" ", _lower(fold(form)))
