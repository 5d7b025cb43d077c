"""Roles in Chinese: 甲大学教授、乙协会副会长 parted into (role, organisation) pairs."""

import re
from functools import lru_cache

from luntan.attribution.names_zh import ending_title, is_word, organisation_pattern
from luntan.attribution.phrases_zh import strip_lead
from luntan.attribution.sources import Role

# What stands before a body's name in running text: 来自某公司, 58岁的, 一位, 担任.
_NOT_BODY = re.compile(
    r"^(?:据|正如|他的?|她的?|.*(?:记者|通讯员|编辑)[^）)]*[）)]|"
    r".*(?:援引|引述|走访|专访|采访|联系|致电|对话|邀请)了?|"
    r"在(?=该)|来自|位于|担任|现任|曾任|时任|新任|作为|任|是|系|[约近]?\d+(?:多)?岁|\d+后|[一两几\d]+(?:位|名|个))+"
)


_BY, _JOINT = re.compile(r"(?<![自理缘])由"), re.compile(r"((?<=[^、兼])[、，,兼]|暨)")


# The same role is read again wherever its bearer is looked at.
@lru_cache(maxsize=10_000)
def split_roles(text: str) -> tuple[Role, ...]:
    """Return (role, organisation) pairs; roles in one body stay together as the text joins them.

    >>> split_roles("甲大学院长、教授，乙协会副会长")
    (('院长、教授', '甲大学'), ('副会长', '乙协会'))
    """
    pairs: list[Role] = []
    rest = joint = ""
    text = _BY.split(text)[-1].removeprefix("以及")
    for piece in _JOINT.split(text):
        if piece in ("、", "，", ",", "兼", "暨"):
            joint = piece
            continue
        piece = rest + piece
        found = ending_title(piece)
        if found is None:
            rest = "" if not piece or piece[-1] in "”」" else piece + "、"
            continue
        rest = ""
        role, body = _part(piece[: found.start()], found.group())
        if pairs and not body and joint != "，":
            pairs[-1] = (pairs[-1][0] + joint + role, pairs[-1][1])
        else:
            pairs.append((role, body))
    return tuple(pairs)


def _part(before: str, title: str) -> Role:
    """Part what stands before a title: 经济部长 is the 部长 of the 经济部."""
    body = body_of(before.strip("、， *”」』"))
    if title[0] in "部局厅署市省县区" and title[1:] == "长" and body:
        placed = body[-1] in "省市县区州" or organisation_pattern().search(body)
        return title, body if placed else body + title[0]
    # 某公司品牌总监: what stands behind the body says what the office is for.
    bodies = [end for end in range(2, len(body) - 1) if organisation_pattern().search(body[:end])]
    if bodies and not organisation_pattern().search(body) and is_word(body[bodies[-1] :]):
        return body[bodies[-1] :] + title, body[: bodies[-1]]
    return title, body


def body_of(text: str) -> str:
    """Return the body that a phrase names, without 来自, a date or an age before it."""
    body = text.removesuffix("的").rpartition("的")[2]
    return _NOT_BODY.sub("", body[strip_lead(body, 0, len(body)) :])
