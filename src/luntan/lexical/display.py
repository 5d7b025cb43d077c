"""Fit text of both languages into the columns of a monospaced font.

A Han character or full-width mark takes two columns, a combining mark none; what East Asian fonts
draw in either width (“ ” … ·) counts as one, as terminals do (Unicode Annex 11).
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

# Line breaks, tabs and control characters: none may break a line or steer a terminal.
_BREAKING = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
_JOINER = "\u200d"
# No more characters than this are looked at for each column: a text may be one endless line.
REACH = 20


def one_line(text: str) -> str:
    """Return the text on one line: every run of blanks, line breaks and control characters is one blank."""
    return _BREAKING.sub(" ", text)


def columns_of(text: str) -> int:
    """Count the columns that a text takes.

    >>> columns_of("小巨人 firms"), columns_of("cafe\u0301")
    (12, 4)
    """
    return sum(map(_columns_of_char, text))


def first_columns(text: str, width: int) -> str:
    """Return on one line as many whole characters from the start of the text as fit into `width` columns."""
    near = one_line(text[: width * REACH])
    marks = list(_graphemes(near))
    kept = 0
    for mark in marks if len(text) <= width * REACH else marks[:-1]:
        width -= columns_of(mark)
        if width < 0:
            break
        kept += len(mark)
    return near[:kept]


def last_columns(text: str, width: int) -> str:
    """Return on one line as many whole characters from the end of the text as fit into `width` columns."""
    near = one_line(text[max(0, len(text) - width * REACH) :])
    marks = list(_graphemes(near))
    kept = len(near)
    for mark in reversed(marks if len(text) <= width * REACH else marks[1:]):
        width -= columns_of(mark)
        if width < 0:
            break
        kept -= len(mark)
    return near[kept:]


def _graphemes(text: str) -> Iterator[str]:
    """Yield the characters as a reader sees them: each with the marks that stand upon it."""
    start = 0
    for place in range(1, len(text)):
        if _columns_of_char(text[place]) and text[place - 1] != _JOINER:
            yield text[start:place]
            start = place
    if text:
        yield text[start:]


@cache
def _columns_of_char(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
