"""Find the themes of a bilingual lexicon in sentences."""

import os
import re
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from itertools import accumulate, count
from operator import itemgetter
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
    folded = _lower(fold(text))
    places = [*_latin_places(text, folded, forms), *_han_places(text, folded, forms)]
    end = 0
    for first, last, theme in sorted(places, key=itemgetter(0)):
        if first >= end and theme:
            yield first, last, theme
        end = max(end, last)


def _latin_places(text: str, folded: str, forms: Forms) -> Iterator[Found]:
    place = 0
    while hit := forms.latin.search(folded, place):
        (first, last), form = hit.span(), hit[0]
        if form not in forms.theme_of:
            form = _BLANKS.sub(" ", form)
        theme = forms.theme_of[form]
        # AI is a theme, the surname Ai is not.
        is_surname = form in forms.acronyms and not text[first:last].rstrip("es").isupper()
        if theme is None or not (is_surname or (text[first].isupper() and _in_name(text, first, last))):
            yield first, last, theme
            place = last
        else:
            place = first + 1


def _han_places(text: str, folded: str, forms: Forms) -> Iterator[Found]:
    words, place = Words(text), 0
    while hit := forms.han.search(folded, place):
        (first, last), form = hit.span(1), hit[1]
        theme = forms.theme_of[form if form in forms.theme_of else _BLANKS.sub(" ", form)]
        if theme is None or (words.are_whole(first, last) and not words.name_a_body(last)):
            yield first, last, theme
            place = last
        else:
            place = first + 1


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
        return dict(zip(accumulate(map(len, self._words), initial=0), count(), strict=False))

    def are_whole(self, first: int, last: int) -> bool:
        """Tell whether words begin and end here: 市场 is none of the words of 城市|场馆 or 市场监管总局."""
        return first in self._number_at and last in self._number_at

    def name_a_body(self, last: int) -> bool:
        """Tell whether the words from here on make what stands before them the name of a body."""
        inner, heads = _body_words()
        number = self._number_at[last]
        for place, word in enumerate(self._words[number : number + 6]):
            if word not in inner:
                head = fold(word)
                return head in heads or (place > 0 and head == "中心")
        return False


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
    latin = [form for form in theme_of if form[0].isascii()]
    han = [form for form in theme_of if not form[0].isascii()]
    bounded = rf"(?<![{LETTER}]){any_of(latin, blank=_BLANKS.pattern)}(?![{LETTER}])"
    return Forms(re.compile(bounded), re.compile(_han_pattern(han)), theme_of, frozenset(acronyms))


def _han_pattern(forms: list[str]) -> str:
    """Return a pattern whose first group is the form: a search passes what no two characters of one begin."""
    if not forms:
        return "(?!)"
    firsts, seconds = ({re.escape(form[place : place + 1]) for form in forms} for place in (0, 1))
    # After a form of one character, or a blank in one, any character may stand.
    begins = [firsts] if seconds & {"", "\\ "} else [firsts, seconds]
    sets = "".join(f"[{''.join(sorted(chars))}]" for chars in begins)
    return rf"{sets}(?<=(?=({any_of(forms, blank=_BLANKS.pattern)})){'.' * len(begins)})"


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
