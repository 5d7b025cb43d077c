"""Chinese subjects: [机构][职务][姓名] read from the right end, bodies, papers, and those without a name."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from luntan.attribution.names_zh import (
    collective_pattern,
    ending_title,
    is_bare_name,
    is_unknown_name,
    name_end,
    name_pattern,
    organisation_pattern,
    short_forms,
    surname,
    tag_of,
    titles_in,
)
from luntan.attribution.phrases_zh import strip_lead, strip_tail
from luntan.attribution.roles_zh import body_of, split_roles
from luntan.attribution.sources import Role, Source
from luntan.lexicons import any_of, read_lexicon

_PRONOUN = re.compile(
    r"(?:他|她|他们|她们|该(?:报|公司|企业|负责人|发言人|人士|专家|部门|机构|局|委|媒体|协会|官员|学者|代表|委员|集团))$"
)
_BRACKET = re.compile(r"[（(][^（()）]{0,40}[)）]$")
_OTHERS = re.compile(r"等(?:人|专家|学者|代表|委员|嘉宾|企业家)?$")
# Who is named with these writes the text: （记者 某某）.
_AUTHORS = ("记者", "编辑", "通讯员")
_POLITE = frozenset(
    "先生 女士 小姐 太太 太 总 老师 老板 师傅 大爷 大妈 大叔 大姐 大哥 阿姨 阿婆 奶奶 爷爷 老伯 嫂".split()
)


_JOINT, _MAYOR = re.compile("[、和与及]"), re.compile("[市省县州镇乡村]长$")
_TITLED = re.compile(r"《([^《》]{1,40})》(?:网站|中文网|客户端|杂志|报告)?$")


@cache
def _surname_last() -> re.Pattern[str]:
    return re.compile(f"{surname()}$")


def read_subject(
    text: str, start: int, end: int, known: frozenset[str], *, bodies: bool = True
) -> Source | None:
    """Return who text[start:end] names, if it is a subject and nothing else; without `bodies` people alone.

    >>> read_subject("工业和信息化部部长李明", 0, 11, frozenset()).roles
    (('部长', '工业和信息化部'),)
    """
    start = strip_lead(text, start, end)
    phrase = text[start:end].rstrip()
    for extra in (_BRACKET, _OTHERS):
        found = extra.search(phrase)
        phrase = phrase[: found.start()] if found and found.start() else phrase
    if not phrase or len(phrase) > 120:
        return None
    if _PRONOUN.match(phrase):
        return Source(start, start + len(phrase), phrase, "pronoun")
    if phrase in short_forms(known) or (
        phrase[0] in "老小阿" and re.fullmatch(rf"[老小阿]{surname()}", phrase)
    ):
        return Source(start, start + len(phrase), phrase, "surname")
    people = _read_several(text, start, phrase, known) or _read_person(phrase, start, known)
    return people or (_read_body(phrase, start) if bodies else None)


def _read_several(text: str, start: int, phrase: str, known: frozenset[str]) -> Source | None:
    """Read people who speak together: 甲局局长某某与乙公司经理某某."""
    for joint in reversed(list(_JOINT.finditer(phrase))):
        last = _read_person(phrase[joint.end() :], start + joint.end(), known)
        if last is not None:
            before = read_subject(text, start, start + joint.start(), known, bodies=False)
            if before is not None and before.is_person:
                return last._replace(also=before)
    return None


def _read_person(phrase: str, start: int, known: frozenset[str]) -> Source | None:
    trailing = ending_title(phrase)
    # 布里斯本市长 is the mayor of a place, no Mr 布里斯本.
    if trailing and (not trailing.start() or _MAYOR.search(phrase)):
        trailing = None
    stem = phrase[: trailing.start()] if trailing else phrase
    after: tuple[Role, ...] = ((trailing.group(), ""),) if trailing else ()
    for at, roles in _splits(stem):
        if roles and any(role.endswith(_AUTHORS) for role, _ in roles):
            return None
        name = stem[at:].strip()
        if at and name.isascii() and " " not in name and not any(role for role, _ in roles):
            continue  # 市场研究机构 RedBrook is a body
        at += len(stem[at:]) - len(stem[at:].lstrip())
        if (
            name in known
            or is_bare_name(name)
            or (at and name_pattern().fullmatch(name))
            or (roles and roles[-1][0] and is_unknown_name(name))
        ):
            return Source(start + at, start + at + len(name), name, "person", (*roles, *after))
    return _read_called(phrase, start, trailing) if trailing else None


def _read_called(phrase: str, start: int, title: re.Match[str]) -> Source | None:
    """Read a family name with a title: 李女士, 诸葛教授."""
    family = _surname_last().search(phrase[: title.start()])
    polite = title.group() in _POLITE
    if family is None or (family.start() and not polite):
        return None
    roles = split_roles(phrase[: family.start()]) if polite else ((title.group(), ""),)
    return Source(start + family.start(), start + len(phrase), phrase[family.start() :], "surname", roles)


def _splits(stem: str) -> Iterator[tuple[int, tuple[Role, ...]]]:
    """Yield the places where a name may begin, best first, with the roles before them."""
    titles = [found.end() for found in titles_in(stem, 0, len(stem))]
    for end in reversed(titles):
        if end < len(stem):
            yield end, split_roles(stem[:end])
    first = _body_word().search(stem, 2)
    places = range(first.start(), len(stem)) if first else ()
    words = ((entry, at) for at in places for entry in _body_words().get(stem[at], ()))
    last = {entry: at + len(entry[1]) for entry, at in words if stem.startswith(entry[1], at)}
    for _, end in sorted(last.items()):
        if end < len(stem):
            yield end + stem.startswith("的", end), (("", body_of(stem[:end])),)
    yield 0, ()


@cache
def _body_words() -> dict[str, list[tuple[int, str]]]:
    """Return the longer words of bodies by their first characters, each with its rank by length."""
    words: dict[str, list[tuple[int, str]]] = {}
    for rank, word in enumerate(sorted(read_lexicon("organisation_words_zh"), key=len, reverse=True)):
        if len(word) > 1:
            words.setdefault(word[0], []).append((rank, word))
    return words


@cache
def _body_word() -> re.Pattern[str]:
    return re.compile(
        any_of((word for entries in _body_words().values() for _, word in entries), leading=True)
    )


_SOME = re.compile(
    r"(?:有|不少|很多|一些|部分|许多|多数|大多数|绝大多数|多家|多位|多名|几位|几名|数位|一位|一名|众多|各)"
)
_PLAIN = re.compile(
    r"(?![这那其此该本某每所因如若但而且或及与和从对为以据按当])[\u3400-\u9fffA-Za-z0-9·&.\- ]{2,12}"
)
_BROKEN = re.compile(
    r"[的了是着把被将会应]|(?<!智)能|[要不没也还都就很更得我你他她它们谁吗呢吧]|什么|可以|没有|[时后前中上下里内外年月日]$"
)


def read_unknown(text: str, start: int, end: int) -> Source | None:
    """Read a short subject no lexicon knows: a company (腾讯表示，), or 有人."""
    start = strip_lead(text, start, end)
    phrase = text[start:end]
    if not _PLAIN.fullmatch(phrase) or _BROKEN.search(phrase) or tag_of(phrase)[:1] in tuple("dvcrpat"):
        return None
    some = _SOME.match(phrase)
    return Source(
        start, end, phrase, "collective" if some else "organisation", () if some else (("", phrase),)
    )


_PUBLISHED = re.compile(
    r"(?:(?:最新|近日|日前|联合|共同|\d+月\d+日|\d+日|此前)*"
    r"(?:发布|公布|出具|提供|披露|发表|完成|开展|进行|印发|下发|出台|制定|推出)[了的]?.{0,40}|(?:的|最新|一项|官方|有关|相关){0,2})$"
)
_PAPERS = frozenset(
    "数据 统计 统计数据 报告 研究报告 调查 调查结果 研究 公告 公报 声明 通知 意见 文件 监测 结果 白皮书 "
    "蓝皮书 报道 文章".split()
)
# Before a word for a meeting these make it what somebody held: 某人主持上午的会议, 某人作会议总结.
_HELD = re.compile(r"主持|举行|举办|召开|出席|参加|(?<![工合协创著])作$|[，。；：]")


def _read_body(phrase: str, start: int) -> Source | None:
    """Read a body, a publication, or speakers without a name."""
    latin = _LATIN_BODY.search(phrase)
    if latin:
        return _body(phrase, start, *latin.span(1))
    title = _TITLED.search(phrase)
    if title:
        return _body(phrase, start, *title.span(1), marks=1)
    common = collective_pattern().search(phrase)
    if common:
        return _read_common(phrase, start, common.group())
    if ending_title(phrase) and not phrase.endswith(_AUTHORS):
        roles = split_roles(phrase)
        kind = "collective" if roles and roles[0][1] else "title"
        return Source(start, start + len(phrase), phrase, kind, roles)
    at = phrase.rfind("的") + 1
    at = at if len(phrase) - at > 2 else 0
    if _is_body(phrase[at:]) and 2 <= len(phrase) - at <= 40 and not _HELD.search(phrase[at:]):
        return _body(phrase, start, at, len(phrase))
    return None


# 开源平台 OpenLake: what stands before says what it is.
_LATIN_BODY = re.compile(r"[\u3400-\u9fff]\s?([A-Z][A-Za-z\d.&-]*(?:\s[A-Z&][A-Za-z\d.&-]*)*)$")


def _body(phrase: str, start: int, left: int, right: int, marks: int = 0) -> Source:
    """Return the body that a part of the phrase names; its marks 《》 stand in the name."""
    name = phrase[left - marks : right + marks]
    return Source(
        start + left - marks, start + right + marks, name, "organisation", (("", phrase[left:right]),)
    )


def _is_body(phrase: str) -> bool:
    return bool(organisation_pattern().search(phrase) or (phrase[-1:].isascii() and phrase[-1:].isalpha()))


def _read_common(phrase: str, start: int, word: str) -> Source | None:
    """Read a common noun: the body behind a paper, a body called 某部门, or speakers without a name."""
    before = phrase.removesuffix(word)
    if word in _PAPERS:
        maker = _read_maker(phrase, start, before)
        if maker is not None:
            return maker
        if word == "报道":
            return Source(start, start + len(phrase), phrase, "report")
    if len(phrase) > 30 or _HELD.search(before):
        return None
    counted = re.match(".*的|一[项份篇则个]", before) if word in _PAPERS else None
    at = counted.end() if counted else 0
    body = before[at:] if len(before) - at > 1 and organisation_pattern().search(before[at:]) else ""
    if (
        not body
        and ending_title(word)
        and _PLAIN.fullmatch(before)
        and not (_SOME.match(before) or _BROKEN.search(before))
    ):
        body = before  # 某某发言人
    return Source(start + at, start + len(phrase), phrase[at:], "collective", ((word, body),) if body else ())


def _read_maker(phrase: str, start: int, before: str) -> Source | None:
    """Read who made a paper: 某局日前发布的数据, 某机构的报告."""
    published = _PUBLISHED.search(before)
    end = len(before[: published.start()].rstrip()) if published else len(before)
    left = strip_lead(phrase, 0, end)
    verb = published is not None and re.search("[布表具印下出]", published.group())
    if not 1 < end - left < 25 or not (verb or _is_body(phrase[left:end])):
        return None
    return _body(phrase, start, left, strip_tail(phrase, left, end))


# What shows that a name was not the subject: 某人的, 某人团队.
_NOT_ALONE = re.compile(r"[的等所之和与、]|团队|课题组|一行|夫妇|[（(]")


def opening_person(text: str, left: int, right: int, known: frozenset[str]) -> Source | None:
    """Return the person who opens a clause and does something before speaking: 张三发来贺信，表示…."""
    for end in _ends_of_names(text, left, right, known):
        alone = not _NOT_ALONE.match(text, end, right)
        source = read_subject(text, left, end, known, bodies=False) if alone else None
        if source and source.is_person:
            return source
    return None


def _ends_of_names(text: str, left: int, right: int, known: frozenset[str]) -> Iterator[int]:
    """Yield where the first known name of a stretch may end, then all names behind titles, and the titles."""
    sizes, names = _by_initial(known)
    stretch = text[left : min(right, left + 40)]
    known_here = not sizes.keys().isdisjoint(stretch)
    for at in [at for at, char in enumerate(stretch, left) if char in sizes] if known_here else ():
        known_end = next((at + size for size in sizes[text[at]] if text[at : at + size] in names), 0)
        if known_end:
            yield known_end
            break
    for title in titles_in(text, left, right):
        yield from (end for end in (name_end(text, title.end()), title.end()) if left < end <= right)


@lru_cache(maxsize=4)
def _by_initial(known: frozenset[str]) -> tuple[dict[str, list[int]], frozenset[str]]:
    """Return the lengths of names, the longest first, by their first characters, and all names."""
    names = known | short_forms(known)
    sizes: dict[str, set[int]] = {}
    for name in names:
        sizes.setdefault(name[0], set()).add(len(name))
    return {initial: sorted(found, reverse=True) for initial, found in sizes.items()}, names


def doer(text: str, left: int, right: int, known: frozenset[str]) -> Source | None:
    """Return the person of the clauses beside a quotation: 他摆摆手：“……”."""
    while right > left:
        start = max(text.rfind("，", left, right - 1) + 1, left)
        begin = strip_lead(text, start, right)
        if re.match("[他她](?!们)", text[begin:right]):
            return Source(begin, begin + 1, text[begin], "pronoun")
        end = name_end(text, begin)
        if begin + 2 < end <= right and is_bare_name(text[begin:end]):
            return Source(begin, end, text[begin:end], "person")
        if person := opening_person(text, start, right, known):
            return person
        right = start
    return None
