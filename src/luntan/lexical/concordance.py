"""List the occurrences of a term or a theme with what stands around them."""

import os
import re
from difflib import get_close_matches

import pandas as pd

from luntan._tables import check_table, make_table
from luntan.folding import fold
from luntan.lexical.display import columns_of, first_columns, last_columns, one_line
from luntan.lexical.lexicon import theme_lexicon
from luntan.lexical.matching import themes

Path = str | os.PathLike[str]


def kwic(
    sentences: pd.DataFrame, pattern: str | None = None, *,
    theme: str | None = None, width: int = 30, lexicon: Path | None = None,
) -> pd.DataFrame:  # fmt: skip
    """List every occurrence of a term or a theme with what stands around it (a concordance).

    One row is one occurrence, in the order of the text; for other orders see `sort_kwic`.

    Parameters
    ----------
    sentences : DataFrame
        From `luntan.sentences`.
    pattern, theme : str
        One of them: a regular expression (letter case and traditional characters are folded), or a theme's
        key. ValueError for both, none, an unknown theme, or a pattern that matches nothing at all.
    width, lexicon : int, path
        How many columns of the same sentence to show on either side, a Han character taking two; and the
        lexicon of the theme, as in `luntan.themes`.

    Returns
    -------
    DataFrame
        Columns `doc_id sent_id start end before text after`; the contexts are on one line.

    Examples
    --------
    >>> from luntan import make_corpus, sentences
    >>> kwic(sentences(make_corpus({"a": "培育“小巨人”企业。"})), "小巨人|little giants?").values.tolist()
    [['a', 0, 3, 6, '培育“', '小巨人', '”企业。']]
    """
    check_table(sentences, "sentences", "sentences")
    if (pattern is None) == (theme is None):
        raise ValueError(f"pattern = {pattern!r} and theme = {theme!r}: pass exactly one of the two.")
    if width < 0:
        raise ValueError(f"width = {width} is below 0; pass a number of columns, such as 30.")
    if theme is not None:
        found = _occurrences_of_theme(sentences, theme, lexicon)
    elif lexicon is None:
        found = _occurrences(sentences, str(pattern))
    else:
        raise ValueError(f"lexicon = {str(lexicon)!r} goes with theme, not with pattern; leave it out.")
    rows = []
    for doc_id, sent_id, text, offset, start, end in found:
        before, after = last_columns(text[:start], width), first_columns(text[end:], width).rstrip()
        rows.append((doc_id, sent_id, offset + start, offset + end, before, text[start:end], after))
    return make_table("concordance", rows)


def sort_kwic(lines: pd.DataFrame, by: str) -> pd.DataFrame:
    """Sort a concordance by its keyword or by the words beside it, so that like usage stands together.

    One row is one occurrence, as in `kwic`.

    Parameters
    ----------
    lines : DataFrame
        From `kwic`.
    by : str
        `left` (the nearest word before first, then the next), `right` or `keyword`; ValueError for any
        other. Words are English words and single Han characters, the latter in the order of Unicode.

    Returns
    -------
    DataFrame
        The rows of `lines`, sorted; equal ones in the order of the text.

    Examples
    --------
    >>> from luntan import make_corpus, sentences
    >>> sents = sentences(make_corpus({"a": "We need talent. 培养人才。 I find talent."}))
    >>> sort_kwic(kwic(sents, "talent|人才"), "left").before.tolist()
    ['I find ', 'We need ', '培养']
    """
    check_table(lines, "concordance", "lines")
    if by not in ("left", "right", "keyword"):
        raise ValueError(f"by = {by!r} is no side of a concordance; pass left, right or keyword.")
    column = {"left": "before", "right": "after", "keyword": "text"}[by]
    words = [re.findall(r"[^\W\u3400-\u9fff]+|\w", fold(text).casefold()) for text in lines[column]]
    beside = [tuple(reversed(found)) if by == "left" else tuple(found) for found in words]
    places = list(zip(beside, lines["doc_id"], lines["start"], range(len(lines)), strict=True))
    return lines.iloc[[place for *_, place in sorted(places)]].reset_index(drop=True)


def format_kwic(lines: pd.DataFrame) -> str:
    """Write a concordance as plain text with all keywords in one column, to be printed.

    One line is one occurrence. Han characters count two columns: the lines stand true in a monospaced
    font that draws them so, as terminals do.

    Parameters
    ----------
    lines : DataFrame
        From `kwic` or `sort_kwic`.

    Returns
    -------
    str
        For each row its locator, `before`, `text` and `after`; empty if there are no rows.

    Examples
    --------
    >>> from luntan import make_corpus, sentences
    >>> lines = kwic(sentences(make_corpus({"a": "Firms need talent. 企业需要人才。"})), "talent|人才")
    >>> print(format_kwic(lines))
    a:11-17  Firms need   talent  .
    a:23-25     企业需要  人才    。
    """
    check_table(lines, "concordance", "lines")
    spans = zip(lines["doc_id"], lines["start"], lines["end"], strict=True)
    locators = [one_line(f"{doc_id}:{start}-{end}") for doc_id, start, end in spans]
    before, texts, after = (list(map(one_line, lines[name])) for name in ("before", "text", "after"))
    for cells, on_the_left in ((locators, False), (before, True), (texts, False)):
        widest = max(map(columns_of, cells), default=0)
        for place, cell in enumerate(cells):
            blanks = " " * (widest - columns_of(cell))
            cells[place] = blanks + cell if on_the_left else cell + blanks
    return "\n".join("  ".join(cells).rstrip() for cells in zip(locators, before, texts, after, strict=True))


# Document, sentence, its text and offset, and where in it the occurrence starts and ends.
Found = list[tuple[str, int, str, int, int, int]]


def _occurrences(sentences: pd.DataFrame, pattern: str) -> Found:
    """Find a pattern; text and pattern are folded alike, which moves no character."""
    try:
        wanted = re.compile(_fold_pattern(pattern), re.IGNORECASE)
    except re.error as error:
        raise ValueError(f"pattern = {pattern!r} is no regular expression: {error}.") from error
    columns = (sentences[name] for name in ("doc_id", "sent_id", "text", "start"))
    found = [
        (doc_id, sent_id, text, offset, hit.start(), hit.end())
        for doc_id, sent_id, text, offset in zip(*columns, strict=True)
        for hit in wanted.finditer(fold(text))
    ]
    if wanted.match("") or any(start == end for *_, start, end in found):
        raise ValueError(f"pattern = {pattern!r} matches nothing at all; name at least one character.")
    return found


def _fold_pattern(pattern: str) -> str:
    """Fold a pattern; a class such as [一-龥] keeps its characters: a folded end would move its range."""

    def folded(part: re.Match[str]) -> str:
        if not part[0].startswith("["):
            return fold(part[0])
        return part[0][:-1] + "".join(sorted({fold(char) for char in part[0]} - set(part[0]))) + "]"

    return re.sub(r"\[\^?\]?(?:\\.|[^\]\\])*\]|(?:\\.|[^\[\\])+", folded, pattern, flags=re.DOTALL)


def _occurrences_of_theme(sentences: pd.DataFrame, theme: str, lexicon: Path | None) -> Found:
    entries = theme_lexicon(lexicon)
    if theme not in entries:
        keys = {
            str(entry.get(name)).lower(): key
            for key, entry in entries.items()
            for name in ("label", "label_zh")
        }
        keys |= {key: key for key in entries}
        near = [keys[name] for name in get_close_matches(str(theme).lower(), sorted(keys), n=1, cutoff=0.5)]
        hint = f"did you mean {near[0]!r}?" if near else f"it has {', '.join(sorted(entries))}."
        raise ValueError(f"theme = {theme!r} is no theme of the lexicon; {hint}")
    hits = themes(sentences, lexicon=lexicon)
    hits = hits[hits["theme"] == theme]
    keys_of_sentences = zip(sentences["doc_id"], sentences["sent_id"], strict=True)
    texts = dict(zip(keys_of_sentences, zip(sentences["text"], sentences["start"], strict=True), strict=True))
    return [
        (doc_id, sent_id, texts[doc_id, sent_id][0], offset, start - offset, end - offset)
        for doc_id, sent_id, start, end in hits[["doc_id", "sent_id", "start", "end"]].itertuples(index=False)
        for offset in [texts[doc_id, sent_id][1]]
    ]
