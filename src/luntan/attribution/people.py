"""The people a page names with a role anywhere, so that "Li" and 他 can be resolved wherever they speak."""

import re
from collections.abc import Iterator
from itertools import compress, pairwise
from operator import itemgetter

from luntan.attribution.names_zh import is_bare_name, name_end, title_pattern
from luntan.attribution.page import Page
from luntan.attribution.phrases_zh import behind_last
from luntan.attribution.roles import body_name, opens_role, parse_roles
from luntan.attribution.roles_zh import split_roles
from luntan.attribution.sources import Source
from luntan.attribution.subjects import name_segment, subject_before, with_roles
from luntan.attribution.words import is_body_word, is_title, words_on

_WORD = r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w’'.-]{0,30}+"
# The letter stands first, and then that no word goes on with it: so a search skips what is no capital.
_NAME = rf"[A-ZÀ-ÖØ-ÞĀ-Ž](?<!\w.)[\w’'.-]{{0,30}}+(?:\s(?:[a-z]{{1,3}}\s)?{_WORD}){{0,3}}"
_HAN_BEFORE = re.compile(r"[\u3400-\u9fff]\s?$")
_HAN = re.compile(r"[\u3400-\u9fff]")
_FULL_NAME = re.compile(_NAME)
# "NAME, head of …" and "NAME is the head of …"
_APPOSED = re.compile(
    rf"({_NAME})(?:(?:\s\([^()\n]{{1,30}}\))?,\s|\s(?:is|was|became|(?:serves|works)\sas)\s(?=an?\s|the\s|[\w-]+\s(?:of|at)\s|\w+\sdirector\b))"
    r"(?=((?:[\w’'-]+\s){0,4}[\w’'-]+))"
)
# "Speaking for the Lake Council, NAME said"
_ON_BEHALF = re.compile(
    r"[OoRrSs](?<!\w.)(?:(?<=[Oo])n behalf of|(?<=[Rr])epresenting|(?<=[Ss])peaking for)\s(?:the\s)?"
    rf"([A-Z][^,.;:\n\x01\"]{{2,100}}),\s({_NAME})"
)
_BRACKETED = re.compile(rf"({_NAME})\s\(([^()\n]{{2,60}})\)")
# The heads of a hearing: "STATEMENT OF ANN BELL, DIRECTOR, LAKE INSTITUTE"
_STATEMENT_OF = re.compile(
    r"^\W*(?:opening\s|prepared\s)?(?:statement|testimony)\sof\s(?:the\s)?([^\n]+)$",
    re.IGNORECASE | re.MULTILINE,
)
_TESTIMONY = re.compile(r"[SsTt](?:tatement|TATEMENT|estimony|ESTIMONY)\s[Oo][Ff]\s")
# "The chairman of the Lake Council, NAME, …"
_ROLE_FIRST = re.compile(
    rf"he\s(?<=\b[Tt]he\s)(?=\w)([^,.;:\n\x01\"]{{3,120}}),\s((?:[A-Z][a-z]*\.\s)?{_NAME}),"
)
# "NAME, director, Lake Institute"
_PART = r"(?:[A-Z][\w’'&-]*|of|for|and|the|on)"
_BODY_NEXT = re.compile(rf",\s({_PART}(?:\s{_PART})*)(?=[,.;:\n]|$)")
_APPOSITION_END = re.compile(r",(?![^()]{0,60}\))|[.;:\n\x01]|\s(?:who|said|says|has|was|is)\s")


def people_of(page: Page) -> list[Source]:
    """Return everyone named with a role, in the order of the text."""
    return sorted([*_english(page.masked), *_chinese(page.folded)], key=lambda source: source.start)


def _english(text: str) -> Iterator[Source]:
    """Yield "Prime Minister NAME" and "NAME, director of …"."""
    tokens, words = words_on(text)
    capitals = map(str.isupper, map(itemgetter(0), words[1:]))
    for title, following in compress(pairwise(tokens), capitals):
        full = _FULL_NAME.match(text, following.start) if is_title(title.text) else None
        if full is None or _HAN_BEFORE.search(text, max(0, title.start - 2), title.start):
            continue  # 创始人兼 CEO NAME
        if text[title.end : full.start()].strip() or full.group().isupper():
            continue
        far = max(0, title.start - 120)
        left = max(text.rfind(stop, far, title.start) for stop in '.,;:\n\x01"') + 1
        source = subject_before(text, max(left, far), full.end())
        if source is not None and source.kind == "person":
            yield source
    for found in _STATEMENT_OF.finditer(text) if _TESTIMONY.search(text) else ():
        comma = text.find(",", *found.span(1))
        yield from _with_apposition(text, found.start(1), comma, found.end(1), titled=True)
    behalf = any(words in text for words in ("n behalf of", "epresenting", "peaking for"))
    for pattern, titled in ((_ROLE_FIRST, True), (_ON_BEHALF, False)) if behalf else ((_ROLE_FIRST, True),):
        for found in pattern.finditer(text):
            name = name_segment(text, *found.span(2), titled=titled)
            if name is not None and name.kind == "person" and opens_role(found.group(1)) is titled:
                roles = parse_roles(found.group(1)) if titled else (("", body_name(found.group(1))),)
                yield with_roles(name, roles)
    for found in _BRACKETED.finditer(text):
        if opens_role(found.group(2)):
            yield from _with_apposition(text, *found.span(1), found.end(2), found.start(2))
    for found in _APPOSED.finditer(text):
        stop = _APPOSITION_END.search(text, found.end(), found.end() + 240)
        body = _BODY_NEXT.match(text, stop.start()) if stop else None
        stop = body if body and any(is_body_word(word) for word in body.group(1).split()) else stop
        if stop and opens_role(found.group(2)):
            yield from _with_apposition(
                text, found.start(1), found.end(1), stop.end() if stop is body else stop.start(), found.end()
            )


def _with_apposition(
    text: str, start: int, end: int, stop: int, role: int | None = None, *, titled: bool = False
) -> Iterator[Source]:
    name = name_segment(text, start, end, titled=titled) if end > start else None
    if name is None or name.kind != "person":
        return
    other = name_segment(text, role or end + 1, stop)  # "Ann Bell, Senator Li Wen and …" is a list
    if other is None or not other.titled:
        yield with_roles(name, parse_roles(text[role or end + 1 : stop]))


def _chinese(text: str) -> Iterator[Source]:
    """Yield 工业和信息化部部长某某, 某某（某公司经理） and 某某是某村书记。"""
    done = 0
    for title in title_pattern().finditer(text) if _HAN.search(text) else ():
        at = title.end() + (text[title.end() : title.end() + 1] == " ")
        end = name_end(text, at)
        if not end and text[at : at + 1] not in tuple("，。；）)\n"):
            continue
        far = max(done, title.start() - 60)
        left = behind_last("，。；：！？\n\x01", text, far, title.start())
        bracket = text.rfind("（", left, title.start()) + 1
        left = bracket if bracket and "）" not in text[bracket : title.start()] else left
        if end:
            yield Source(at, end, text[at:end], "person", split_roles(text[left : title.end()]))
            done = end
        else:
            named = _NAMED_BEFORE.search(text, far, left) or _NAMED_IS.match(text, left, title.start())
            if named and is_bare_name(named.group(1)):
                roles = split_roles(text[max(left, named.end()) : title.end()])
                yield Source(*named.span(1), named.group(1), "person", roles)


# 某某，某校教授。 某某（某校教授）, 某某是某校教授。
_NAMED_BEFORE = re.compile(r"(?:^|(?<=[，。；：、\s]))([\u3400-\u9fff·]{2,15})(?:[，（(：\s]|——)$")
_NAMED_IS = re.compile(r"\s*([\u3400-\u9fff·]{2,15}?)(?:是|系|现任|担任|[ \u3000—]+)")
