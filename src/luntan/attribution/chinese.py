"""The Chinese grammar of reporting: [谁][在…中][表示]，[什么], 据…报道, “……”某人说, and dropped subjects."""

import re
from collections.abc import Iterator
from functools import cache

from luntan.attribution.names_zh import is_joint, read_subject, read_unknown, strip_tail
from luntan.attribution.page import Page, Unit
from luntan.attribution.sources import Frame, Source
from luntan.lexicons import read_fields, read_lexicon

# How far before a reporting word its subject is looked for.
_WINDOW = 240
_STOPS = "。！？；\n"
_NEVER_NEXT = "的了过者性书力度感值作物"
_ACCORDING = re.compile(
    r"(?:据|根据|依据|按照)([^，。；：！？\n]{2,50}?)(?:(?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}日|近日|日前|最新|发布|公布|提供|披露|的|当天)*"
    r"(?:报道|介绍|透露|统计数据|统计|消息|预测|测算|分析|数据|调查|估算|估计|披露|报告|监测|研究|通报)"
    r"(?:显示|称|说|表示|指出|结果)?[，,：:]"
)
_IN_EYES = re.compile(r"在([^，。；：！？\n在]{2,40})看来[，,]")
_NOBODY = re.compile(
    r"^(?:记者|本报|本网|笔者|了解|悉|此|初步|不完全|相关|有关|介绍|粗略|官方|媒体|现有|这|该|以上|上述|最新)*$"
)
_PUBLICATION = re.compile(
    r"(?<!题为)《([^《》\n]{1,14})》(?=网站|中文网|客户端|杂志|周刊|记者|日前|近日|在?\d|发表|报道|刊|评论|撰文|称|：|的评论)|"
    r"据([^，。；《》\n]{2,24}?)(?:\d{1,2}月)?\d{1,2}日报道"
)


@cache
def _courtesy() -> re.Pattern[str]:
    """Return the pattern of 热烈祝贺 and its like, which report no words."""
    degree = "热烈|衷心|诚挚|崇高|由衷|最|亲切|高度|强烈|坚决|深切|充分|一致|美好"
    return re.compile(rf"(?:{degree})*的?(?:{'|'.join(read_lexicon('courtesies_zh'))})")


@cache
def cue_classes() -> dict[str, str]:
    """Return every Chinese reporting word with its class."""
    return {fields[0]: fields[1] for fields in read_fields("cues_zh")}


@cache
def cue_pattern() -> re.Pattern[str]:
    """Return the pattern of all Chinese reporting words, longest first."""
    return re.compile("|".join(sorted(map(re.escape, cue_classes()), key=lambda cue: (-len(cue), cue))))


def chinese_frames(page: Page, unit: Unit, report: bool, known: frozenset[str]) -> list[Frame]:
    """Return the reporting frames of a unit, in order; `known` are the names of the document's people."""
    found: list[Frame] = []
    candidates = [
        *_labelled(page, unit, known),
        *_according(page.masked, unit, known),
        *_clauses(page.masked, unit, report, known),
    ]
    for frame in sorted(candidates, key=lambda f: (f.start, -f.end)):
        if found and frame.start < found[-1].end:
            cut = _cut(page.masked, found[-1], frame)
            if cut is None:
                continue
            earlier = found[-1]
            found[-1] = Frame(
                earlier.start, cut, earlier.cue, earlier.source, forward=False, topic=earlier.topic
            )
        found.append(frame)
    return found


_LABEL = re.compile(r"\s*([^，。；：？！“”\n\x01]{2,40})：\s*(?=\S)")
_SAID = ("说", "道", "称", "表示", "指出", "认为", "强调", "告诉", "写", "问", "坦言", "直言", "介绍", "回应")
_HOST = re.compile(r"记者|主持|问|答|编者|编辑|来源|作者|摄影|时间|地点|标题")


def _labelled(page: Page, unit: Unit, known: frozenset[str]) -> Iterator[Frame]:
    """Read 某人：“……” and, where a paragraph opens with a known name, 某人：…… of an interview."""
    found = _LABEL.match(page.masked, unit.start, unit.end)
    if not found or _HOST.search(found.group(1)) or found.group(1).endswith(_SAID):
        return
    quoted = any(quote.start == found.end() for quote in unit.quotes)
    source = read_subject(page.masked, *found.span(1), known)
    opens = any(
        sentence.start == unit.start and sentence.par_id == unit.par_id for sentence in unit.sentences
    )
    if (
        source is not None
        and source.kind == "person"
        and (quoted or (opens and (source.name in known or source.roles)))
    ):
        yield Frame(found.end(), unit.start + len(page.masked[unit.start : unit.end].rstrip()), "：", source)


def _cut(text: str, earlier: Frame, later: Frame) -> int | None:
    """Return where `earlier` ends if `later` may begin inside it; None if it belongs to what was said."""
    anchor = text.rfind(later.cue, earlier.start, later.start)
    if anchor < 0:
        return None
    far = max(earlier.start, anchor - _WINDOW)
    clause = max(text.rfind(stop, far, anchor) for stop in "，；。！？,;")
    if clause < 0:
        return None
    strong = text[clause] in "；。！？;"
    person = later.source is not None and later.source.kind in ("person", "pronoun")
    joint = later.source is None and text[clause + 1 : anchor].strip() != ""
    return clause if strong or person or joint else None


def _clauses(text: str, unit: Unit, report: bool, known: frozenset[str]) -> Iterator[Frame]:
    classes, spoken = cue_classes(), False
    end = unit.start + len(text[unit.start : unit.end].rstrip())
    for found in cue_pattern().finditer(text, unit.start, unit.end):
        kinds, after = classes[found.group()].split(), text[found.end() : found.end() + 1]
        kind = kinds[0]
        stopped = after in tuple("，：:,“「『") and after != ""
        if not stopped and _LEDE.match(text, found.end(), end):
            stopped = True
        if not stopped and "topic" in kinds:
            kind = "topic"
        if (kind == "topic" and not report) or (kind == "comma" and not stopped and after not in ("", "。")):
            continue
        if (
            kind == "clause"
            and not stopped
            and (after in tuple(_NEVER_NEXT) or _courtesy().match(text, found.end()))
        ):
            continue
        far = max(unit.start, found.start() - _WINDOW)
        clause = max(max(text.rfind(stop, far, found.start()) for stop in _STOPS) + 1, far)
        for frame in _frame_at(text, unit, found, clause, end, known, spoken):
            spoken = True
            yield frame


_LEDE = re.compile(r"[了过]?[^，。；：！？“”\n\x01]{1,40}：")


def _frame_at(
    text: str, unit: Unit, found: re.Match[str], clause: int, end: int, known: frozenset[str], spoken: bool
) -> Iterator[Frame]:
    cue = found.group()
    source, dropped = subject_of(text, clause, found.start(), known, spoken)
    if dropped and cue.startswith("报道"):
        source = Source(found.start(), found.start() + 2, "报道", "report")
    if source is None and not (dropped and "bare" in cue_classes()[cue].split()):
        return
    after = text[found.end() : min(end, found.end() + 8)]
    left = _content_left(text, unit, source.start) if source else None
    if left and (not after.strip("。！？ ") or (after[:1] in tuple("，：:") and "\x01" in after[:4])):
        yield Frame(*left, cue, source, forward=False, backward=True)
        if not after.strip("。！？ "):
            return
    start = found.end()
    lede = _LEDE.match(text, start, end) if after[:1] not in tuple("，：:“") else None
    start = lede.end() if lede else start
    while start < end and text[start] in "，：:, \u3000":
        start += 1
    if start < end and not (end - start < 60 and _courtesy().fullmatch(text[start:end].strip("。，"))):
        topic = cue_classes()[cue].split()[0] == "topic"
        yield Frame(start, end, cue, source, topic=topic)


def subject_of(
    text: str, clause: int, at: int, known: frozenset[str], spoken: bool = False
) -> tuple[Source | None, bool]:
    """Return the subject of the word at `at`, and whether the place of a subject is empty there.

    `spoken` says that the sentence has reported already: 并指出 then goes on with the same speaker.
    """
    right, clause = at, max(clause, at - _WINDOW)
    for step in range(4):
        left = max(text.rfind(mark, clause, right) for mark in "，,：\x01")
        left = max(left + 1, clause)
        while left < right and text[left] in '”」』"）)，, ':
            left += 1
        inner = strip_tail(text, left, right)
        phrase = text[left:inner]
        if not is_joint(phrase):
            whole = read_subject(text, left, inner, known) or _opening_person(
                text, left, inner, known, loose=step > 0
            )
            if (
                whole is None
                and step == 0
                and "sure" in cue_classes().get(text[at : at + 2], "").split()
                and text[left:inner] == text[left:right]
            ):
                whole = read_unknown(text, left, inner)
            return whole, False
        if left <= clause or (spoken and step == 0 and text[left:right].strip()):
            return None, True
        right = left - 1
    return None, False


def _opening_person(text: str, left: int, right: int, known: frozenset[str], *, loose: bool) -> Source | None:
    """Return a known person who opens the clause before the word: 张三发来贺信，表示…."""
    if not loose:
        return None
    names = [(text.find(name, left, right), name) for name in known]
    places = [(at, name) for at, name in names if at >= 0]
    if not places:
        return None
    at, name = min(places, key=lambda place: (place[0], -len(place[1])))
    return Source(at, at + len(name), name, "person")


def _content_left(text: str, unit: Unit, at: int) -> tuple[int, int] | None:
    """Return the quotation that ends right before the subject at `at`."""
    end = at
    while end > unit.start and text[end - 1] in "，, ":
        end -= 1
    if end <= unit.start or text[end - 1] not in '”」』"' or text[end - 2] != "\x01":
        return None
    start = unit.start
    while start < end and text[start].isspace():
        start += 1
    return start, end


def _according(text: str, unit: Unit, known: frozenset[str]) -> Iterator[Frame]:
    end = unit.start + len(text[unit.start : unit.end].rstrip())
    for pattern, cue in ((_ACCORDING, "据"), (_IN_EYES, "看来")):
        for found in pattern.finditer(text, unit.start, unit.end):
            if _NOBODY.match(found.group(1)):
                continue
            left, right = found.span(1)
            source = read_subject(text, left, right, known) or Source(
                left, right, text[left:right], "organisation", (("", text[left:right]),)
            )
            if found.end() < end and len(source.name) <= 40:
                yield Frame(found.end(), end, cue, source, forward=cue == "据" and "报道" in found.group())


def last_publication(text: str, at: int) -> str:
    """Return the publication named last before `at`: whom 报道称 means."""
    last = None
    for found in _PUBLICATION.finditer(text, max(0, at - 800), at):
        last = found
    return (f"《{last.group(1)}》" if last.group(1) else last.group(2)) if last else ""
