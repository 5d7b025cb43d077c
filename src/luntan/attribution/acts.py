"""What people did at an event: chaired, gave a speech or a keynote, commented, also spoke."""

import re
from collections.abc import Iterator
from functools import cache

from luntan.attribution.chinese import subject_of
from luntan.attribution.names_zh import titles_in
from luntan.attribution.openings import leading_subject, subject_after
from luntan.attribution.page import Page, Unit
from luntan.attribution.phrases_zh import behind_last
from luntan.attribution.roles import opens_role, parse_roles
from luntan.attribution.sources import Act, Source
from luntan.attribution.subjects import is_noun, name_segment, subject_before, with_roles
from luntan.attribution.subjects_zh import read_subject
from luntan.attribution.words import phrases_in
from luntan.lexicons import any_of, read_fields

_BY = re.compile(
    r"由([^，。；：\n]{2,80}?)(?:共同|联合|分别)?(?:在[^，。；：\n]{1,20})?(?:担任)?主持|由([^，。；：\n]{2,60}?)(?:作|做|发表|进行)(?:了)?"
    r"(?:主旨|主题|特邀|总结|点评)"
)


@cache
def _acts(lang: str) -> list[tuple[str, str]]:
    """Return the words of a language's acts, and act and position in one note."""
    return [(words, f"{act} {position}") for act, of, position, words in read_fields("acts") if of == lang]


@cache
def _english() -> dict[str, list[tuple[re.Pattern[str], str]]]:
    """Turn "gave|made * speech" into patterns by the words they may begin with."""
    table: dict[str, list[tuple[re.Pattern[str], str]]] = {}
    for words, note in _acts("en"):
        parts = [f"(?:{re.escape(word)})".replace(r"\|", "|") for word in words.split()]
        pattern = r"\s+".join(parts).replace(r"(?:\*)\s+", r"(?:[\w’'-]+\s+){0,4}?")
        compiled = re.compile(pattern + (r"\b" if words[-1].isalpha() else ""), re.IGNORECASE)
        for first in words.split()[0].split("|"):
            table.setdefault(first, []).append((compiled, note))
    return table


@cache
def _chinese() -> re.Pattern[str]:
    return re.compile(any_of(_notes(), leading=True))


@cache
def _notes() -> dict[str, str]:
    """Return what the Chinese words for acts say; of two entries the first counts."""
    return {words: note for words, note in reversed(_acts("zh")) if words != "由"}


def _said_to_act(text: str, unit: Unit, lang: str) -> Iterator[tuple[re.Match[str], str]]:
    """Yield the words for acts in a unit, each with act and position."""
    if lang == "en":
        yield from phrases_in(text, unit.start, unit.end, _english)
    else:
        for found in _chinese().finditer(text, unit.start, unit.end):
            yield found, _notes()[found.group()]


def find_acts(page: Page, unit: Unit, known: frozenset[str]) -> list[Act]:
    """Return who did what in a unit, in the order of the text."""
    lang = "en" if unit.lang == "en" else "zh"
    found = [*_by(page, unit, known)] if lang == "zh" else []
    for words, note in _said_to_act(page.masked, unit, lang):
        act, position = note.split()
        colon = _COLON.match(page.masked, words.end(), unit.end)
        if position == "listed" or (position == "list" and colon):
            left = colon.end() if colon else words.end()
            doers = list(_list_en(page.masked, unit, unit.end, left)) if lang == "en" else []
        elif position == "list":
            doers = list(_list_en(page.masked, unit, words.start())) if lang == "en" else []
            doers = doers or list(_list_zh(page.masked, unit, words.start(), known) if lang == "zh" else [])
        elif position == "object":
            doers = _doers_after(page.masked, unit, words.end())
        else:
            doers = _doers_before(page.masked, unit, words.start(), lang, known)
        found += [Act(page.as_written(doer), act) for doer in doers]
    return sorted(found, key=lambda act: act.source.start if act.source else 0)


def _doers_after(text: str, unit: Unit, at: int) -> list[Source]:
    source = subject_after(text, at, unit.end)
    return [source] if source is not None else []


def _doers_before(text: str, unit: Unit, at: int, lang: str, known: frozenset[str]) -> list[Source]:
    if lang == "zh":
        clause = max(behind_last("。！？；：", text, unit.start, at), at - 400)
        several = [*_list_zh(text, unit, at, known)] if _SEVERAL.search(text, clause, at) else []
        source, _ = subject_of(text, clause, at, known)
        return several if len(several) > 1 else [source] if source is not None else several
    source = subject_before(text, unit.start, at)
    if source is None or source.kind not in ("person", "surname", "pronoun", "title"):
        source = leading_subject(text, unit.start, at)
    if source is None:
        return []
    return [source, source.also] if source.also else [source]


_SEVERAL = re.compile("[和与等]")
# One of a list, and what ends the list
_MEMBER = re.compile(r"(?:(?![和与](?:[A-Z]|[\u3400-\u9fff]{2,4}$))[^、，,])+")
_OTHERS = re.compile(r"(?:等(?!级)|还|也|先后|分别|共同|一起|以及).*$")
_COLON = re.compile(r"\s*[:：]")


def _by(page: Page, unit: Unit, known: frozenset[str]) -> Iterator[Act]:
    for found in _BY.finditer(page.masked, unit.start, unit.end):
        group = 1 if found.group(1) else 2
        source = read_subject(page.masked, *found.span(group), known, bodies=False)
        if source is not None and source.kind == "person":
            yield Act(page.as_written(source), "chaired" if group == 1 else "speech")


def _list_en(text: str, unit: Unit, at: int, left: int | None = None) -> Iterator[Source]:
    """Yield every "NAME, ROLE of ORGANISATION" of a list."""
    spans: list[tuple[int, int]] = []
    left = unit.start if left is None else left
    for comma in re.compile(r"[,;]|\band\s+(?=[A-Z])").finditer(text, left, at):
        spans.append((left, comma.start()))
        left = comma.end()
    spans.append((left, at))
    names: list[tuple[int, Source]] = []
    for number, (start, end) in enumerate(spans):
        source = name_segment(text, start, end)
        # "… Government and Industrial Innovation" is no person of the list.
        if source is not None and source.kind == "person" and not is_noun(source.name):
            names.append((number, source))
    for place, (number, source) in enumerate(names):
        until = names[place + 1][0] if place + 1 < len(names) else len(spans)
        after = text[spans[number][1] : spans[until - 1][1]].strip(" ,;") if until > number + 1 else ""
        after = re.sub(r",?\s+and(?:\s+others)?$|,?\s*and others\s*$", "", after)
        yield with_roles(source, parse_roles(after)) if opens_role(after) else source


def _list_zh(text: str, unit: Unit, at: int, known: frozenset[str]) -> Iterator[Source]:
    """Yield every [机构][职务][姓名] of a list parted by 、 or ，."""
    clause = held = behind_last("。！？；：\x01", text, unit.start, at)
    for part in _MEMBER.finditer(text, clause, at):
        left, right = part.span()
        stop = _OTHERS.search(text, left, right)
        right = stop.start() if stop else right
        source = read_subject(text, held, right, known, bodies=False) if right > left else None
        if source is None or source.kind != "person":
            source = read_subject(text, left, right, known, bodies=False) if right > left else None
        if source is not None and source.kind == "person":
            yield source
            held = part.end() + 1
        elif not any(m.end() == right for m in titles_in(text, left, right)):
            held = part.end() + 1
