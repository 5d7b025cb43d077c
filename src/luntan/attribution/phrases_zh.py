"""What stands around a Chinese subject: joining words and dates before it, 在…中 and adverbs behind it."""

import re
from functools import cache
from itertools import repeat

from luntan.lexicons import any_of, read_lexicon

_DATE = (
    r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日)?|\d{1,2}日|近日|日前|今天|今日|昨天|昨日|当天|当日|今年|去年|上午|下午|晚间|"
    r"[周週][一二三四五六日]|星期[一二三四五六日]|此前|最近|不久前|随后|当地时间|近期|当晚|傍晚|[赛会事课庭席]后|席间|其间"
)
_LEAD = re.compile(
    r"(?:(?=[^，。电讯消]{0,30}+[电讯消])[^，。]{0,30}?(?:电|讯|消息)\**\s*(?:[（(][^（）()]{0,30}[）)]|\s)|"
    rf"(?:{_DATE})|此外|另外|其中|同时|但是|但|而且|而|不过|然而|因此|所以|以及|和|及|与(?!会)|"
    r"会上|会议上|论坛上|活动中|会后|会前|期间|据悉|对此|为此|与此同时|最后|首先|其次|接着|目前|当前|在会上|"
    r"下午的会议|上午的会议|会议由|由|还有|包括|亦?有(?!关)|[，、\s*“”：:）)])+"
)
_CONJUNCTION = re.compile(
    r"(?:并|同时|而且|且|还|也|又|但|此外|另外|进而|其中|随后|接着|最后|首先|，|、|\s|一方面|另一方面)*"
)


@cache
def _tail() -> re.Pattern[str]:
    """Return the pattern of what may stand between a subject and its reporting word."""
    courtesies, adverbs = any_of(read_lexicon("courtesies_zh")), any_of(read_lexicon("adverbs_zh"))
    return re.compile(
        rf"(?:(?:表示|给予|予以)[^，。]{{0,6}}(?:{courtesies})|(?:{_DATE})|(?:{adverbs})|"
        "[\u3400-\u9fff]{2}地|[笑哭指含红握拿捧看望皱摇点]着|"
        r"[在于][^，。；：“”\x01]{1,40}(?:中|上|时|里|后|前|期间|之际|间|会|现场|日|下)|在[\u3400-\u9fff]{2,8}|"
        r"(?<=报道|报告|文章|贺信|讲话|声明|致辞)中|"
        r"[对向](?:媒体|传媒|本[报刊网台社]|与会者|公众|外界|[^，。对向]{0,10}记者)|"
        r"(?:就|针对|围绕|结合|谈及|谈到|说到|面对|被问及|通过|用)[^，。；：“”]{1,40}|"
        r"[以从][^，。；：]{1,40}(?:为(?:例|题|主题)|方面|角度)|"
        r"(?:接受|回应|回答|答复|答询|出席|总结|质询|会见|会晤|走访|视察|调研|参观|致辞|演讲)[^，。；：]{0,24}时|"
        r"接受[^，。；：]{1,24}(?:采访|访问|专访|访谈|查询)|受访时?)$"
    )


def behind_last(marks: str, text: str, start: int, end: int) -> int:
    """Return where the text behind the last of these marks begins; `start` if there is none."""
    return max(start, max(map(text.rfind, marks, repeat(start), repeat(end))) + 1)


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
    return bool(_CONJUNCTION.fullmatch(text.strip()))
