"""The people a page names with a role anywhere, so that "Li" and 他 can be resolved wherever they speak."""

import re
from collections.abc import Iterator
from functools import cache

from luntan.attribution.names_zh import is_bare_name, name_end, title_pattern
from luntan.attribution.page import Page
from luntan.attribution.roles import opens_role, parse_roles
from luntan.attribution.roles_zh import split_roles
from luntan.attribution.sources import Source
from luntan.attribution.subjects import name_segment, subject_before, with_roles
from luntan.attribution.words import words_of

_WORD = r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w’'.-]{0,30}"
_NAME = rf"\b{_WORD}(?:\s(?:[a-z]{{1,3}}\s)?{_WORD}){{0,3}}"
_APPOSED = re.compile(rf"({_NAME})(?:\s\([^()\n]{{1,30}}\))?,\s(?=((?:[\w’'-]+\s){{0,4}}?[\w’'-]+))")
_APPOSITION_END = re.compile(r",(?![^()]{0,60}\))|[.;:\n\x01]|\s(?:who|said|says|has|was|is)\s")


@cache
def _titled() -> re.Pattern[str]:
    titles = sorted(words_of("titles_en"), key=lambda word: (-len(word), word))
    return re.compile(rf"\b(?i:{'|'.join(map(re.escape, titles))})\s({_NAME})")


def people_of(page: Page) -> list[Source]:
    """Return everyone named with a role, in the order of the text."""
    return sorted([*_english(page.masked), *_chinese(page.folded)], key=lambda source: source.start)


def _english(text: str) -> Iterator[Source]:
    """Yield "Prime Minister NAME" and "NAME, director of …"."""
    for found in _titled().finditer(text):
        far = max(0, found.start() - 120)
        left = max(text.rfind(stop, far, found.start()) for stop in '.,;:\n\x01"') + 1
        source = subject_before(text, max(left, far), found.end())
        if source is not None and source.kind == "person":
            yield source
    for found in _APPOSED.finditer(text):
        if not opens_role(found.group(2)):
            continue
        stop = _APPOSITION_END.search(text, found.end(), found.end() + 240)
        name = name_segment(text, *found.span(1))
        if name is not None and name.kind == "person" and stop:
            yield with_roles(name, parse_roles(text[found.end() : stop.start()]))


def _chinese(text: str) -> Iterator[Source]:
    """Yield 工业和信息化部部长某某, 某某（某公司经理） and 某某是某村书记。"""
    done = 0
    for title in title_pattern().finditer(text):
        at = title.end() + (text[title.end() : title.end() + 1] == " ")
        far = max(done, title.start() - 60)
        left = max([far, *(text.rfind(stop, far, title.start()) + 1 for stop in "，。；：！？\n\x01")])
        bracket = text.rfind("（", left, title.start()) + 1
        left = bracket if bracket and "）" not in text[bracket : title.start()] else left
        end = name_end(text, at)
        if end:
            yield Source(at, end, text[at:end], "person", split_roles(text[left : title.end()]))
            done = end
        elif text[at : at + 1] in tuple("，。；）)\n"):
            named = _NAMED_BEFORE.search(text, far, left) or _NAMED_IS.match(text, left, title.start())
            if named and is_bare_name(named.group(1)):
                roles = split_roles(text[max(left, named.end()) : title.end()])
                yield Source(*named.span(1), named.group(1), "person", roles)


# 某某，某校教授。 某某（某校教授）, 某某是某校教授。
_NAMED_BEFORE = re.compile(r"(?:^|(?<=[，。；：、\s]))([\u3400-\u9fff·]{2,15})(?:[，（(：\s]|——)$")
_NAMED_IS = re.compile(r"\s*([\u3400-\u9fff·]{2,15}?)(?:是|系|现任|担任|[ \u3000—]+)")
