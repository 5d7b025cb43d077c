"""Tell what a theme lexicon does not reach: sentences without a theme, and forms that never match."""

import os
import re
from collections import Counter
from functools import cache

import pandas as pd

from luntan._tables import check_table, make_table
from luntan.folding import fold
from luntan.lexical.lexicon import theme_lexicon
from luntan.lexical.matching import normal, themes, variants
from luntan.lexicons import read_lexicon
from luntan.segmentation import kind_of, segment

SHORT = 6
_HEADING = re.compile(r"^\s*#|[^.!?…。！？；;:：”\"’')）\s]\s*$")


def untouched(sentences: pd.DataFrame, hits: pd.DataFrame) -> pd.DataFrame:
    """List the sentences that no theme touches, and say what they are instead.

    One row is one sentence. `other` is the reason to look at: these sentences have a subject that the
    lexicon does not know.

    Parameters
    ----------
    sentences : DataFrame
        From `luntan.sentences`.
    hits : DataFrame
        From `luntan.themes` of the same sentences.

    Returns
    -------
    DataFrame
        Columns `doc_id sent_id start end text lang reason`; `reason` is `heading` (no full stop),
        `event` (about the meeting or the publication), `short` (at most 6 words) or `other`.

    Examples
    --------
    >>> from luntan import make_corpus, sentences
    >>> sents = sentences(make_corpus({"a": "人才很重要。会议由李华主持。Yes."}))
    >>> untouched(sents, themes(sents))[["text", "reason"]].values.tolist()
    [['会议由李华主持。', 'event'], ['Yes.', 'short']]
    """
    check_table(sentences, "sentences", "sentences")
    check_table(hits, "themes", "hits")
    touched = set(zip(hits["doc_id"], hits["sent_id"], strict=True))
    columns = (sentences[name] for name in ("doc_id", "sent_id", "start", "end", "text", "lang"))
    rows = [
        (*place, text, lang, _reason(text))
        for *place, text, lang in zip(*columns, strict=True)
        if (place[0], place[1]) not in touched
    ]
    return make_table("untouched", rows)


def _reason(text: str) -> str:
    if _HEADING.search(text):
        return "heading"
    if _event_words().search(fold(text)):
        return "event"
    n_words = sum(kind_of(word) in ("han", "latin") for word in segment(text))
    return "short" if n_words <= SHORT else "other"


@cache
def _event_words() -> re.Pattern[str]:
    words = sorted(read_lexicon("event_words"), key=len, reverse=True)
    latin, han = ("|".join(filter(test, words)) for test in (str.isascii, lambda word: not word.isascii()))
    return re.compile(rf"\b(?:{latin})\b|{han}", re.IGNORECASE)


def theme_forms(sentences: pd.DataFrame, *, lexicon: str | os.PathLike[str] | None = None) -> pd.DataFrame:
    """Count how often each form of the theme lexicon is hit, those that never match among them.

    One row is one form of one language, in the order of the lexicon. The sum over a theme and language
    tells where a theme lives in one language only.

    Parameters
    ----------
    sentences : DataFrame
        From `luntan.sentences`.
    lexicon : path, optional
        As for `themes`.

    Returns
    -------
    DataFrame
        Columns `theme lang form n`; `lang` is that of the list the form stands in, and a form of both
        lists (AI) counts where the sentence is of that language.

    Examples
    --------
    >>> from luntan import make_corpus, sentences
    >>> forms = theme_forms(sentences(make_corpus({"a": "人才！ Talents!"})))
    >>> forms[forms.n > 0].values.tolist()
    [['talent', 'en', 'talent', 1], ['talent', 'zh', '人才', 1]]
    """
    hits = themes(sentences, lexicon=lexicon)
    listed = [
        (theme, lang, form)
        for theme, entry in theme_lexicon(lexicon).items()
        for lang in ("en", "zh")
        for form in dict.fromkeys(entry[lang])  # type: ignore[call-overload]
    ]
    place_of: dict[str, list[int]] = {}
    for place, (_, _, form) in enumerate(listed):
        for variant in variants(form):
            place_of.setdefault(variant, []).append(place)
    n: Counter[int] = Counter()
    for text, lang in zip(hits["text"], hits["lang"], strict=True):
        places = place_of[normal(text)]
        n[next((place for place in places if (listed[place][1] == "en") == (lang == "en")), places[0])] += 1
    return make_table("theme_forms", ((*row, n[place]) for place, row in enumerate(listed)))
