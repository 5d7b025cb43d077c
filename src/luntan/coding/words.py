"""The closed vocabulary of a coding sheet: columns, verdicts, and how coders write them."""

import os
import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from luntan.folding import fold
from luntan.lexical import theme_lexicon
from luntan.lexicons import read_fields

SUGGESTED = ("speaker", "role", "organisation", "mode", "basis", "themes", "stance")
VERDICTS = ("agree", "change", "no statement")
BLIND_VERDICTS = ("coded", "no statement")
NONE = "-"


def plain(text: str) -> str:
    """Fold width, letter case, traditional characters and blanks: what a coder means, however it is typed."""
    return fold(squeezed(unicodedata.normalize("NFKC", text).casefold()))


def squeezed(text: str) -> str:
    """Return the text with single blanks between its words, for a spreadsheet may lose the others."""
    return " ".join(text.split())


@cache
def answers() -> dict[str, str]:
    """Return the answer to each way of writing it."""
    return {plain(written): answer for answer, written in read_fields("coding_words")}


@cache
def explanations() -> dict[str, tuple[str, str]]:
    """Return what each column and verdict means, in English and Chinese."""
    return {name: (english, chinese) for name, english, chinese in read_fields("coding_columns")}


def theme_names(lexicon: str | os.PathLike[str] | None) -> dict[str, str]:
    """Return the key of each theme by key and by either label."""
    themes = theme_lexicon(lexicon)
    labels = {
        plain(str(entry[field])): key
        for key, entry in themes.items()
        for field in ("label", "label_zh")
        if field in entry
    }
    return labels | {plain(key): key for key in themes}


def join_names(names: Iterable[str]) -> str:
    """Write the names of all who say something together as one text, each once, none left empty.

    >>> join_names(["李华", "Ann Bell", "李华", ""])
    '李华; Ann Bell'
    """
    return "; ".join(filter(None, dict.fromkeys(names)))


def joined_names(text: str) -> list[str]:
    """Return the names of a text that `join_names` or a coder wrote."""
    return [name for part in re.split("[;；]", text) if (name := squeezed(part))]


def join_themes(keys: set[str]) -> str:
    """Write theme keys as one text, sorted.

    >>> join_themes({"talent", "finance"})
    'finance; talent'
    """
    return "; ".join(sorted(keys))


def joined_themes(text: str) -> set[str]:
    """Return the theme keys of a text that `join_themes` wrote."""
    return set(filter(None, text.split("; ")))


def typed_themes(cell: str) -> set[str]:
    """Return the themes that a coder typed, parted by whatever parts a list.

    >>> sorted(typed_themes("talent；finance, SMEs"))
    ['SMEs', 'finance', 'talent']
    """
    return set(filter(None, re.split(r"\s*[;；、，,|/\n]\s*", cell.strip())))
