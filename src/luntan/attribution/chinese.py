"""The Chinese grammar of reporting: [谁][在…中][表示]，[什么], 据…报道, “……”某人说, and dropped subjects."""

import re
from collections.abc import Iterator
from functools import cache

from luntan.attribution.clauses import end_of
from luntan.attribution.labels import LABEL_ZH
from luntan.attribution.page import Page, Unit
from luntan.attribution.phrases_zh import behind_last, is_joint, strip_tail
from luntan.attribution.sources import Frame, Source
from luntan.attribution.subjects_zh import doer, opening_person, read_subject, read_unknown
from luntan.lexicons import any_of, read_fields, read_lexicon

# How far before a reporting word its subject is looked for.
_WINDOW = 240
_STOPS = "。！？；\n"
_PAUSES = tuple("，：:,“「『")
_NEVER_NEXT = tuple("出的了过者性书力度感值作物为号呼赞之")
_NEWS = "报[道导]"
# Sources that stand in a phrase of their own: 据…报道，.
_ASIDES = tuple(
    map(
        re.compile,
        (
            (
                r"(?:据|根据|依据|按照)([^，。；：！？\n]{2,50}?)"
                r"(?:(?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}日|近日|日前|最新|发布|公布|提供|披露|的|当天)*"
                rf"(?:{_NEWS}|介绍|透露|统计数据|统计|消息|预测|预计|测算|分析|数据|调查|估算|估计|披露|报告|监测|研究|通报|"
                r"观察|描述|公告|声明|说法|判断|评估|测试)(?:显示|称|说|表示|指出|结果)?[，,：:]"
            ),
            (
                rf"(?:援引|引述|引用)([^，。；：！？\n]{{2,40}}?)(?:的?(?:话|消息|说法|{_NEWS}))?"
                rf"(?:称|说|指出|表示|警告|证实|{_NEWS})[，,：:]?"
            ),
            r"(?:正?如|诚如|用)([^，。；：！？\n]{2,40}?)(?:所(?:说|言|指出|强调)|指出|强调|的话(?:说|来说))的?(?:那样)?[，,：:]",
            r"在([^，。；：！？\n在]{1,40})看来[，,]",
        ),
    )
)
# One of these characters stands in each of them.
_ASIDE = re.compile("[据按引如用看]")
_NOBODY = re.compile(
    r"(?:记者|本报|本网|笔者|了解|悉|此|初步|不完全|相关|有关|介绍|粗略|官方|媒体|现有|这|该|以上|上述|最新)*"
)
_PUBLICATION = re.compile(
    r"(?<!题为)《([^《》\n]{1,14})》(?=网站|中文网|客户端|杂志|周刊|记者|日前|近日|在?\d|发表|报道|刊|评论|撰文|称|：|的评论)|"
    r"据([^，。；《》\n]{2,24}?)(?:(?:\d{1,2}月)?\d{1,2}日)?报道"
)


@cache
def _courtesy() -> re.Pattern[str]:
    """Return the pattern of 热烈祝贺 and its like, which report no words."""
    degree = "热烈|衷心|诚挚|崇高|由衷|最|亲切|高度|强烈|坚决|深切|充分|一致|美好"
    return re.compile(rf"(?:{degree})*的?{any_of(read_lexicon('courtesies_zh'))}")


@cache
def _cue_classes() -> dict[str, list[str]]:
    return {fields[0]: fields[1].split() for fields in read_fields("cues_zh")}


@cache
def _cue_pattern() -> re.Pattern[str]:
    """Return the pattern of all reporting words, longest first; 回应称 and 解释说 are one word."""
    cues = any_of(_cue_classes(), leading=True)
    return re.compile(rf"({cues})(说(?![明法服])|称(?![为号作之呼])|道(?![路德理]))?")


def _classes_of(cue: str) -> list[str]:
    found = _cue_pattern().fullmatch(cue)
    return _cue_classes()[found.group(1)] if found else []


def chinese_frames(page: Page, unit: Unit, report: bool, known: frozenset[str]) -> list[Frame]:
    """Return the reporting frames of a unit, in order; `known` are the names of the document's people."""
    found: list[Frame] = []
    candidates = [
        *_labelled(page, unit, known),
        *_asides(page.masked, unit, known),
        *_clauses(page.masked, unit, report, known),
    ]
    if unit.quotes and not candidates:  # else they are the speaker's
        candidates += _beside(page.masked, unit, known)
    if not candidates:
        return candidates
    for frame in sorted(candidates, key=lambda f: (f.start, -f.end)):
        if found and frame.start < found[-1].end:
            cut = _cut(page.masked, found[-1], frame)
            if cut is None:
                continue
            earlier = found.pop()
            if cut > earlier.start:
                found.append(earlier._replace(end=cut, forward=False))
        found.append(frame)
    return [
        frame._replace(source=page.as_written(frame.source)) if frame.source else frame for frame in found
    ]


_HOST = re.compile(r"记者|主持|问$|编者|编辑|来源|作者|摄影|时间|地点|标题|^《|[说称道示出为调]$")


def _labelled(page: Page, unit: Unit, known: frozenset[str]) -> Iterator[Frame]:
    """Read 某人：“……”, the turns of an interview and, of people with a role or known, 某人：……."""
    found = LABEL_ZH.match(page.masked, unit.start, unit.end)
    if not found or _HOST.search(found.group(1)):
        return
    left, right = found.span(1)
    turn = any(quote.left == found.end() for quote in unit.quotes)
    quoted = turn or any(quote.start == found.end() for quote in unit.quotes)
    source = read_subject(page.masked, left, right, known)
    if found.group(1) == "答":
        source = Source(left, right, "他", "pronoun")
    elif turn and right - left == 1:
        source = Source(left, right, found.group(1), "surname")
    elif turn:
        source = source or read_unknown(page.masked, left, right)
    if source and (quoted or (source.is_person and (source.name in known or source.roles))):
        yield Frame(unit.start if turn else found.end(), end_of(page.masked, unit), "：", source)


def _cut(text: str, earlier: Frame, later: Frame) -> int | None:
    """Return where `earlier` ends if `later` may begin inside it; None if it belongs to what was said."""
    anchor = text.rfind(later.cue, earlier.start, later.start)
    if later.source and earlier.start <= later.source.start < later.start:
        anchor = later.source.start
    if anchor < 0:
        return None
    far = max(earlier.start, anchor - _WINDOW)
    clause = max(text.rfind(stop, far, anchor) for stop in "，；。！？,;\x01")
    if clause < 0:
        # 据某报报道，某人表示: what is reported is that somebody else speaks.
        other = later.source and earlier.source and earlier.source.kind != "person"
        return earlier.start if other and later.start > earlier.start else None
    if later.source:
        may = later.source.is_person or later.source.kind == "pronoun"
    else:
        may = text[clause + 1 : anchor].strip() != "" or "bare" in _classes_of(later.cue)
    return clause if may or text[clause] in "；。！？;\x01" else None


# 宣布三项措施：…; 告诉记者，….
_LEDE = re.compile(r"[了过]?[^，。；：！？“”\n\x01]{1,40}：|(?<=告诉)[^，。；：！？“”\n\x01]{1,12}，")
# 某人表示欢迎，称…; …，又指….
_GOES_ON = re.compile("，[并还也又亦更且同时只仅]*$")


def _clauses(text: str, unit: Unit, report: bool, known: frozenset[str]) -> Iterator[Frame]:
    spoken = False
    for found in _cue_pattern().finditer(text, unit.start, unit.end):
        end = end_of(text, unit)
        kind = _kind_of(text, unit, found, end)
        if kind is None or (kind == "topic" and not report):
            continue
        far = max(unit.start, found.start() - _WINDOW)
        clause = behind_last(_STOPS, text, far, found.start())
        for frame in _frame_at(text, unit, found, clause, end, known, spoken):
            spoken = True
            yield frame._replace(topic=kind == "topic")


def _kind_of(text: str, unit: Unit, found: re.Match[str], end: int) -> str | None:
    """Return the frame a reporting word stands in here; None if it reports nothing."""
    kinds, after = _cue_classes()[found.group(1)], text[found.end() : found.end() + 1]
    stopped = after in _PAUSES or _LEDE.match(text, found.end(), end) is not None
    kind = "clause" if found.group(2) else kinds[0]
    if kind == "comma" and "bare" in kinds and _GOES_ON.search(text, unit.start, found.start()):
        kind = "clause"
    if not stopped and "topic" in kinds and not found.group(2):
        return "topic"
    if kind == "said" or (kind == "comma" and not stopped and after not in ("", "。")):
        return None
    idle = after in _NEVER_NEXT or _courtesy().match(text, found.end())
    return None if kind == "clause" and not stopped and idle else kind


# A clause before the subject that only sets the scene: 谈到前景，他说。
_SETTING = re.compile(r"\s*(?:对|面对|就|在|当|谈|说|据|随着|关于|针对|为)")


def _frame_at(
    text: str, unit: Unit, found: re.Match[str], clause: int, end: int, known: frozenset[str], spoken: bool
) -> Iterator[Frame]:
    cue = found.group()
    source, dropped = subject_of(text, clause, found.start(), known, spoken)
    if dropped and cue.startswith("报道"):
        source = Source(found.start(), found.start() + 2, "报道", "report")
    if source is None and not (dropped and "bare" in _classes_of(cue)):
        return
    after = text[found.end() : min(end, found.end() + 8)]
    last = not after.strip("。！？ ")
    left = _content_left(text, unit, clause, source.start, last) if source else None
    if left and (last or (after[:1] in tuple("，：:") and "\x01" in after[:4])):
        yield Frame(*left, cue, source, forward=False, backward=True)
    if last:
        return
    lede = _LEDE.match(text, found.end(), end) if after[:1] not in tuple("，：:“") else None
    start = lede.end() if lede else found.end()
    while start < end and text[start] in "，：:, \u3000":
        start += 1
    if start < end:
        yield Frame(start, end, cue, source)


def _content_left(text: str, unit: Unit, clause: int, at: int, last: bool) -> tuple[int, int] | None:
    """Return what ends right before the subject whose name stands at `at`: a quotation, or a clause."""
    quotes = [quote for quote in unit.quotes if quote.end <= at]
    if quotes and not re.search("[，。；：！？]", text[quotes[-1].end : at].lstrip("，, ")):
        return at - len(text[unit.start : at].lstrip()), quotes[-1].end
    comma = text.rfind("，", clause, at)
    return (clause, comma) if last and comma - clause > 7 and not _SETTING.match(text, clause) else None


def subject_of(
    text: str, clause: int, at: int, known: frozenset[str], spoken: bool = False
) -> tuple[Source | None, bool]:
    """Return the subject of the word at `at`, and whether the place of a subject is empty there.

    `spoken` says that the sentence has reported already: 并指出 then goes on with the same speaker.
    """
    right, clause = at, max(clause, at - _WINDOW)
    for step in range(4):
        left = behind_last("，,：\x01", text, clause, right)
        while text[left:right].count("）") > text[left:right].count("（") and left - 1 > clause:
            left = behind_last("，,：\x01", text, clause, left - 1)
        while left < right and text[left] in '”」』"）)，, ':
            left += 1
        inner = strip_tail(text, left, right)
        if not is_joint(text[left:inner]):
            whole = _subject_in(text, clause, left, inner, right, known)
            if whole is None and step == 0 and "sure" in _cue_classes().get(text[at : at + 2], ()):
                whole = read_unknown(text, left, inner)
            return whole, whole is None and spoken and step == 1
        if left <= clause or (spoken and step == 0 and text[left:right].strip()):
            return None, True
        right = left - 1
    return None, False


def _subject_in(
    text: str, clause: int, left: int, inner: int, right: int, known: frozenset[str]
) -> Source | None:
    """Return the subject of text[left:right], of which the part behind `inner` only sets the scene."""
    whole = read_subject(text, left, inner, known)
    if whole and whole.is_person:
        return whole
    if whole and whole.roles and left > clause and text[left - 1] == "，":  # 某某，某行行长，表示
        named = read_subject(text, max(clause, text.rfind("，", clause, left - 1) + 1), left - 1, known)
        whole = named if named and named.is_person else whole
    return whole if whole and "的" in text[left:inner] else opening_person(text, left, right, known) or whole


_CLAUSES = re.compile(r"[^。！？；\n\x01]+")


def _beside(text: str, unit: Unit, known: frozenset[str]) -> Iterator[Frame]:
    """Read quotations that no reporting word introduces: 他摆摆手：“……”, “……”他笑了笑。"""
    for quote in unit.quotes:
        left = behind_last("。！？；\x01", text, unit.start, quote.start)
        before, after = text[left : quote.start], _CLAUSES.match(text, quote.end, unit.end)
        source = None
        if before.rstrip().endswith(("：", "，")):
            source = doer(text, left, quote.start, known)
        elif after and not before.strip(" \n”」』"):
            source = doer(text, quote.end, after.end(), known)
        if source:
            yield Frame(quote.start, quote.end, "", source, forward=False)


def _asides(text: str, unit: Unit, known: frozenset[str]) -> Iterator[Frame]:
    if not _ASIDE.search(text, unit.start, unit.end):
        return
    end = end_of(text, unit)
    for pattern in _ASIDES:
        for found in pattern.finditer(text, unit.start, unit.end):
            left, right = found.span(1)
            if _NOBODY.fullmatch(found.group(1)):
                continue
            source = read_subject(text, left, right, known) or read_unknown(text, left, right)
            if source and found.end() < end:
                cue = "看来" if "看来" in found.group() else found.group()[:1]
                yield Frame(found.end(), end, cue, source)


def last_publication(text: str, at: int) -> str:
    """Return the publication named last before `at`: whom 报道称 means."""
    last = None
    for found in _PUBLICATION.finditer(text, max(0, at - 800), at):
        last = found
    return (f"《{last.group(1)}》" if last.group(1) else last.group(2)) if last else ""
