"""The subject of an English clause at its other places: after an inverted verb, and at a sentence's start."""

import re

from luntan.attribution.nouns import common_noun
from luntan.attribution.roles import opens_role, parse_apposition, parse_roles
from luntan.attribution.sources import Source
from luntan.attribution.subjects import name_of, name_segment, segments, subject_before, with_roles
from luntan.attribution.words import (
    ARTICLES,
    CONNECTORS,
    REACH,
    Token,
    is_capital,
    is_function,
    is_title,
    tokens_before,
    words_of,
)

_STOP = re.compile(
    r"\.(?<!\bDr\.)(?<!\bMr\.)(?<!\bMrs\.)(?<!\bMs\.)(?<!\bSt\.)(?<!\bProf\.)(?<!\bSen\.)(?<!\bRep\.)(?<!\bGov\.)(?<!\bGen\.)"
    r"(?<!\b[A-Z]\.)\s|"
    r"[;:!?]\s|[\"“”\x01]|\.?$"
)
_AFTER_NAME = frozenset("in on at during when after as to who".split())


def subject_after(text: str, start: int, end: int) -> Source | None:
    """Return who is named right after an inverted verb: said NAME, ROLE."""
    end = min(end, start + REACH)
    stop = _STOP.search(text, start, end)
    end = stop.start() if stop else end
    tokens = tokens_before(text, start, end)
    if not tokens or text[start : tokens[0].start].strip():
        return None
    if tokens[0].text.casefold() in ("he", "she", "they"):
        if len(tokens) > 1 and tokens[1].text != ",":
            return None  # "…, who said they were tired"
        return Source(tokens[0].start, tokens[0].end, tokens[0].text, "pronoun")
    comma = next((n for n, t in enumerate(tokens) if t.text in ",;"), len(tokens))
    size = next(
        (n for n in range(1, comma) if tokens[n].text in _AFTER_NAME and is_capital(tokens[n - 1].text)),
        comma,
    )
    source = subject_before(text, tokens[0].start, tokens[size - 1].end) if size else None
    if source is None or comma == len(tokens) or size < comma:
        return source if source is not None and _is_near(text, tokens[0].start, source) else None
    if not _is_near(text, tokens[0].start, source):
        return None
    after = text[tokens[comma].end : end]
    if source.kind in ("title", "collective") and source.roles:
        until = next((t.start for t in tokens[comma + 1 :] if t.text == ","), end)
        named = name_segment(text, tokens[comma].end, until, titled=True)
        if named is not None and named.kind == "person":
            return with_roles(named, parse_roles(text[tokens[0].start : tokens[comma].start]))
    for token in tokens[comma + 1 :]:
        if token.text == "," and not opens_role(text[token.end : end]):
            after = text[tokens[comma].end : token.start]
            break
    return with_roles(source, parse_roles(after)) if opens_role(after) else source


def _is_near(text: str, start: int, source: Source) -> bool:
    """Tell whether only a title or an article stands before the name."""
    return len(text[start : source.start].split()) <= (1 if source.kind in ("collective", "title") else 6)


def leading_subject(text: str, start: int, end: int) -> Source | None:
    """Return the subject that a sentence opens with, after at most three introductory phrases."""
    spans = segments(text, start, min(end, start + REACH), 4)
    for number, (left, right) in enumerate(spans[:4]):
        tokens = tokens_before(text, left, right)
        if not tokens:
            continue
        named = len(tokens) > 1 and is_capital(tokens[1].text)
        if tokens[0].text.casefold() in ("he", "she", "they") and not named:
            return Source(tokens[0].start, tokens[0].end, tokens[0].text, "pronoun")
        whole = name_of(text, tokens)
        if whole is not None and number + 1 < len(spans):
            after = text[slice(*spans[number + 1])]
            return with_roles(whole, parse_apposition(after))
        size = _opening_run(tokens)
        # "The", "In" or "It" alone names nobody.
        named = 1 < size < len(tokens) or (size == 1 < len(tokens) and not is_function(tokens[0].text))
        found = subject_before(text, left, tokens[size - 1].end) if named else None
        if found is not None and (found.is_person or found.kind == "organisation"):
            return found
        found = _leading_noun(text, tokens) if tokens[0].text.casefold() in ARTICLES else None
        if found is not None:
            return found
    return None


def _leading_noun(text: str, tokens: list[Token]) -> Source | None:
    """Return the speaker without a name that a sentence opens with: "a spokesman for Acme"."""
    for number, token in enumerate(tokens[:6]):
        if token.text.casefold() in words_of("collectives_en") or is_title(token.text):
            end = number + 1
            while end < len(tokens) and tokens[end].text in CONNECTORS:
                end += 1 + (end + 1 < len(tokens) and tokens[end + 1].text in ARTICLES)
                while end < len(tokens) and is_capital(tokens[end].text):
                    end += 1
            return common_noun(text, tokens[:end])
    return None


def _opening_run(tokens: list[Token]) -> int:
    """Return how many words at the start can belong to a name with its titles."""
    size = 0
    for token in tokens:
        if not (
            is_capital(token.text)
            or (size and token.text in ("of", "the", "and", "for", "(", ")"))
            or is_title(token.text)
        ):
            break
        size += 1
    while size and not is_capital(tokens[size - 1].text) and tokens[size - 1].text != ")":
        size -= 1
    return size
