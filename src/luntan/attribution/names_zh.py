"""Names, roles and organisations in Chinese: [机构][职务][姓名], read from the right end."""

import re
from functools import cache

from luntan.attribution.sources import Role, Source
from luntan.lexicons import read_lexicon

_HAN = "[\u3400-\u9fff]"
# Characters that hardly ever stand in a given name but end or join ordinary words.
_NOT_GIVEN = (
    "的了是在有和与这那们个不我你他她它其所要将被把对从向为以及等并也都就还很更者着过会报部局院网社某该各每"
)
_DATE = (
    r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日)?|\d{1,2}日|近日|日前|今天|今日|昨天|昨日|当天|当日|今年|去年|上午|下午|晚间|"
    r"周[一二三四五六日]|此前|最近|不久前|随后|当地时间|近期"
)
_MANNER = "[\u3400-\u9fff]{2}地|[笑哭指含红握拿捧看望皱摇点]着"
_LEAD = re.compile(
    rf"^(?:[^，。]{{0,30}}?(?:电|讯|消息)\**\s*[（(][^（）()]{{0,30}}[）)]|(?:{_DATE})|此外|另外|其中|同时|但是|但|而且|而|不过|然而|因此|所以|以及|和|及|与(?!会)|会上|会议上|论坛上|活动中|会后|据悉|对此|为此|"
    r"与此同时|最后|首先|其次|随后|接着|目前|当前|日前|近日|在会上|下午的会议|上午的会议|会议由|由|[，、\s*“”：:])+"
)
_CONJUNCTION = re.compile(
    r"^(?:并|同时|而且|且|还|也|又|但|此外|另外|进而|其中|随后|接着|最后|首先|，|、|\s|一方面|另一方面)*$"
)
_PRONOUN = re.compile(
    r"(?:他|她|他们|她们|该(?:报|公司|企业|负责人|发言人|人士|专家|部门|机构|局|委|媒体|协会|官员|学者|代表|委员|集团))$"
)
_BRACKET = re.compile(r"[（(][^（()）]{0,40}[)）]$")


def _any(entries: tuple[str, ...]) -> str:
    return "|".join(re.escape(entry) for entry in sorted(entries, key=lambda e: (-len(e), e)))


@cache
def _tail() -> re.Pattern[str]:
    """Return the pattern of what may stand between a subject and its reporting word."""
    return re.compile(
        rf"(?:(?:{_DATE})|(?:{_any(read_lexicon('adverbs_zh'))})|(?:{_MANNER})|(?:在|于)[^，。；：“”\x01]{{1,40}}(?:中|上|时|里|后|前|期间|之际|间|会|现场|日|下)|"
        r"(?<=报道|报告|文章|贺信|讲话|声明|致辞)中|(?:对|向)(?:记者|媒体|本报记者|与会者|公众|外界|[^，。对向]{1,10}记者)|(?:就|针对|围绕|结合|谈及|谈到|说到|面对)[^，。；：“”]{1,40}|"
        r"以[^，。；：]{1,40}为(?:例|题|主题)|通过[^，。；：]{1,30}|代表[^，。；：]{2,20}(?=$)|接受[^，。；：]{1,24}采访时?|用[^，。；：]{1,20})$"
    )


@cache
def title_pattern() -> re.Pattern[str]:
    """Return the pattern of a title with its prefixes: 原党组副书记."""
    prefixes = _any(read_lexicon("title_prefixes_zh"))
    return re.compile(rf"(?:(?:{prefixes})\s?){{0,4}}(?:{_any(read_lexicon('titles_zh'))})")


@cache
def name_pattern() -> re.Pattern[str]:
    """Return the pattern of a whole name: Chinese, Japanese, transliterated with ·, or in Latin letters."""
    surnames = read_lexicon("surnames")
    single = "".join(entry for entry in surnames if len(entry) == 1)
    double = _any(tuple(entry for entry in surnames if len(entry) > 1))
    given = rf"(?:(?![{_NOT_GIVEN}]){_HAN})"
    latin = r"[A-Z][A-Za-zÀ-ž'’.-]+(?:\s+[A-Z][A-Za-zÀ-ž'’.-]*){0,3}"
    return re.compile(
        rf"(?:{double}){given}{{1,2}}|[{single}]{given}{{1,2}}|{_HAN}{{1,8}}(?:[·•‧・．]{_HAN}{{1,10}})+|{latin}"
    )


@cache
def rare_name_pattern() -> re.Pattern[str]:
    """Return the pattern of names whose surname is mostly an ordinary word: only right after a role."""
    single = "".join(read_lexicon("surnames_rare"))
    common = "".join(entry for entry in read_lexicon("surnames") if len(entry) == 1)
    given = rf"(?:(?![{_NOT_GIVEN}]){_HAN})"
    return re.compile(rf"[{single}]{given}{{1,2}}|[{common}]{given}{{3}}|[{common}](?![的了是]){_HAN}{{2}}")


@cache
def organisation_pattern() -> re.Pattern[str]:
    """Return the pattern of the ending of a body's name."""
    return re.compile(rf"(?:{_any(read_lexicon('organisation_words_zh'))})$")


@cache
def collective_pattern() -> re.Pattern[str]:
    """Return the pattern of a speaker without a name at the end of a phrase."""
    return re.compile(rf"(?:{_any(read_lexicon('collectives_zh'))})$")


def strip_tail(text: str, start: int, end: int) -> int:
    """Step back over adverbs, dates and phrases like 在致辞中 that stand before a reporting word."""
    for _ in range(5):
        end = start + len(text[start:end].rstrip("，, 　"))
        found = _tail().search(text, max(start, end - 60), end) if end > start else None
        if not found or found.start() == found.end():
            break
        end = found.start()
    return end


def strip_lead(text: str, start: int, end: int) -> int:
    """Step over dates and joining words before a subject."""
    found = _LEAD.match(text[start:end])
    return start + found.end() if found else start


def is_joint(text: str) -> bool:
    """Tell whether nothing but joining words is left where a subject could stand: 并, 同时还."""
    return bool(_CONJUNCTION.match(text.strip()))


def read_subject(text: str, start: int, end: int, known: frozenset[str]) -> Source | None:
    """Return who text[start:end] names, if it is a subject and nothing else.

    >>> read_subject("工业和信息化部部长李明", 0, 11, frozenset()).roles
    (('部长', '工业和信息化部'),)
    """
    start = strip_lead(text, start, end)
    phrase = text[start:end]
    bracket = _BRACKET.search(phrase)
    if bracket and bracket.start():
        phrase = phrase[: bracket.start()]
    if not phrase or len(phrase) > 120:
        return None
    pronoun = _PRONOUN.match(phrase)
    if pronoun:
        return Source(start, start + len(phrase), phrase, "pronoun")
    return _read_person(phrase, start, known) or _read_body(phrase, start)


_SOME = re.compile(
    r"^(?:有|不少|很多|一些|部分|许多|多数|大多数|绝大多数|多家|多位|多名|几位|几名|数位|一位|一名|众多|各)"
)
_PLAIN = re.compile(
    r"(?![这那其此该本某每所因如若但而且或及与和从对为以据按当])[\u3400-\u9fffA-Za-z0-9·&.\- ]{2,12}$"
)
_BROKEN = re.compile(
    r"[的了是着把被将会能应要不没也还都就很更得我你他她它们谁吗呢吧]|什么|可以|没有|[时后前中上下里内外年月日]$"
)


def read_unknown(text: str, start: int, end: int) -> Source | None:
    """Read a short subject no lexicon knows: a company (腾讯表示，), or 有人."""
    start = strip_lead(text, start, end)
    phrase = text[start:end]
    some = _SOME.match(phrase)
    if not _PLAIN.match(phrase) or _BROKEN.search(phrase):
        return None
    kind = "collective" if some else "organisation"
    return Source(start, end, phrase, kind, () if some else (("", phrase),))


def _read_person(phrase: str, start: int, known: frozenset[str]) -> Source | None:
    after: tuple[Role, ...] = ()
    stem = phrase
    trailing = next((m for m in title_pattern().finditer(phrase) if m.end() == len(phrase)), None)
    if trailing and trailing.start() > 0:
        stem, after = phrase[: trailing.start()], ((trailing.group(), ""),)
    for at, roles in _splits(stem):
        name = stem[at:].strip()
        named = name_pattern().fullmatch(name)
        surname_only = bool(after) and after[0][0] in ("先生", "女士", "小姐") and len(name) == 1
        if (named and (at or after or _is_bare(name, known))) or name in known or surname_only:
            at += len(stem[at:]) - len(stem[at:].lstrip())
            if surname_only:
                return Source(start + at, start + len(phrase), phrase[at:], "person", roles)
            return Source(start + at, start + at + len(name), name, "person", (*roles, *after))
        if (
            at
            and not after
            and roles
            and roles[-1][0]
            and rare_name_pattern().fullmatch(name)
            and len(name) <= 4
        ):
            return Source(start + at, start + at + len(name), name, "person", roles)
    return None


def _splits(stem: str) -> list[tuple[int, tuple[Role, ...]]]:
    """Return the places where a name may begin, best first, with the roles before them."""
    places: list[tuple[int, tuple[Role, ...]]] = [
        (found.end(), split_roles(stem[: found.end()]))
        for found in title_pattern().finditer(stem)
        if found.end() < len(stem)
    ]
    places.reverse()
    for word in sorted(read_lexicon("organisation_words_zh"), key=len, reverse=True):
        at = stem.rfind(word)
        if len(word) > 1 and at > 1 and at + len(word) < len(stem):
            places.append((at + len(word), (("", stem[: at + len(word)]),)))
    return [*places, (0, ())]


def _is_bare(name: str, known: frozenset[str]) -> bool:
    """Tell whether a name without a role is one: known here, foreign, Latin, or not an ordinary word."""
    if name in known or "·" in name:
        return True
    if name[0].isascii():
        return " " in name or len(name) > 2
    if (
        collective_pattern().search(name)
        or organisation_pattern().search(name)
        or title_pattern().search(name)
    ):
        return False
    return (
        2 <= len(name) <= 4 and name[-1] not in "家员方人士性化业力量度会议上中下时间年月日点面口径文书案法"
    )


def _ends_in_name(piece: str) -> bool:
    """Tell 海洋所研究员何静, who is another person of a list, from the first half of a body's name."""
    return any(name_pattern().fullmatch(piece[m.end() :]) for m in title_pattern().finditer(piece))


def split_roles(text: str) -> tuple[Role, ...]:
    """Split 甲大学教授、乙协会副会长 into (role, organisation) pairs."""
    pairs: list[Role] = []
    rest = ""
    text = re.split(r"(?<![自理缘])由", text)[-1].removeprefix("以及")
    for piece in re.split(r"(?<=[^、兼])[、，,兼]|暨", text):
        piece = rest + piece
        found = next((m for m in title_pattern().finditer(piece) if m.end() == len(piece)), None)
        if found is None:
            rest = "" if not piece or _ends_in_name(piece) else piece + "、"
            continue
        rest = ""
        body = piece[: found.start()].strip("、， *")
        pairs.append((found.group(), body[strip_lead(body, 0, len(body)) :].removesuffix("的")))
    return tuple(pairs)


_PUBLISHED = re.compile(
    r"(?:(?:最新|近日|日前|\d+月\d+日|\d+日)*(?:发布|公布|出具|提供|披露|发表|完成|开展|进行)的?.{0,40}|(?:的|最新|一项|官方|有关|相关){0,2})$"
)


def _read_body(phrase: str, start: int) -> Source | None:
    """Read a body, a publication, or speakers without a name."""
    title = re.search(r"《([^《》]{1,40})》(?:网站|中文网|客户端|杂志|报告)?$", phrase)
    if title:
        at = start + title.start()
        end = at + phrase[title.start() :].index("》") + 1
        return Source(at, end, phrase[title.start() : end - start], "organisation", (("", title.group(1)),))
    common = collective_pattern().search(phrase)
    if common:
        before = phrase[: common.start()]
        published = _PUBLISHED.search(before)
        maker = before[: published.start()] if published else before
        maker = maker[strip_lead(maker, 0, len(maker)) :]
        if common.group() in _MADE and len(maker) > 1 and organisation_pattern().search(maker):
            named = re.search(r"《[^《》]{1,14}》", maker)
            if named:
                at = start + phrase.index(named.group())
                return Source(
                    at, at + len(named.group()), named.group(), "organisation", (("", named.group()[1:-1]),)
                )
            return Source(start, start + len(maker), maker, "organisation", (("", maker),))
        if common.group() == "报道":
            return Source(start, start + len(phrase), phrase, "report")
        if len(phrase) <= 30 and not _HELD.search(before):
            return _collective(phrase, start, before, common.group())
        return None
    if (
        organisation_pattern().search(phrase)
        and 2 <= len(phrase) <= 40
        and not re.search(r"[，。；：]", phrase)
    ):
        return Source(start, start + len(phrase), phrase, "organisation", (("", phrase),))
    return None


_MADE = frozenset(
    "数据 统计 统计数据 报告 研究报告 调查 调查结果 研究 公告 公报 声明 通知 意见 文件 监测 结果 白皮书 "
    "蓝皮书 报道 文章".split()
)


# Before a word for a meeting these make it what somebody held: 某人主持上午的会议, 某人作会议总结.
_HELD = re.compile(r"主持|举行|举办|召开|出席|参加|(?<![工合协创著])作$")


def _collective(phrase: str, start: int, before: str, word: str) -> Source:
    body = before if len(before) > 1 and organisation_pattern().search(before) else ""
    return Source(start, start + len(phrase), phrase, "collective", ((word, body),) if body else ())
