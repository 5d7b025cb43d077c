"""Say what a figure is to other figures: a share, a growth, a total; the checks read it in `counted`."""

import re

from luntan.lexicons import any_of, read_fields
from luntan.measurement.figure import Figure, last_before

_ROLE = {(word, side): role for word, side, role, _ in read_fields("figure_roles")}


def _any(side: str, han: bool) -> str:
    words = [word for word, given in _ROLE if given == side and (word[0] > "\u2e80") == han]
    return any_of(words)


_LEFT_HAN = re.compile(rf"(?P<cue>{_any('left', True)})[ \u00a0]?$")
_LEFT_LATIN = re.compile(rf"(?i)(?:\b|(?=,))(?P<cue>{_any('left', False)}) $")
_LEFT_ENDS = {end for word, side in _ROLE if side == "left" for end in (word[-1], word[-1].upper())}
_RIGHT = re.compile(rf" (?P<cue>{_any('right', False)})(?![A-Za-z])")
_SHARE_OF = re.compile(
    r"占(?!比重|比例)(?:了|到|比)?(?P<base>[^，。；、：\d占比]{1,20}?)"
    r"(?:的比重|的比例|的)?(?:为|达)?[ \u00a0]?$"
)
# Which roles a figure of each kind may have.
_ROLES = {
    "percent": ("share", "growth", "fall"),
    "times": ("growth", "fall"),
    "count": ("total",),
    "money": ("total",),
}
WORDS = {"growth": ("growth", "增长"), "fall": ("decline", "下降")}


def role_of(text: str, figure: Figure) -> tuple[str, str, int]:
    """Return the role of a figure (or ""), the base of a Chinese share (占…的), and where its cue begins."""
    before = text[max(0, figure.head - 32) : figure.head]
    offset = figure.head - len(before)
    allowed = _ROLES.get("times" if figure.unit == "times" else figure.kind)
    if allowed is None:
        return "", "", figure.head
    last = last_before(text, figure.head)
    found = (_LEFT_HAN if last > "\u2e80" else _LEFT_LATIN).search(before) if last in _LEFT_ENDS else None
    if found and (role := _ROLE[found["cue"].lower(), "left"]) in allowed:
        return role, "", offset + found.start()
    if "share" in allowed and "占" in before and (found := _SHARE_OF.search(before)):
        return "share", found["base"], offset + found.start()
    if (found := _RIGHT.match(text, figure.tail)) and (
        role := _ROLE[found["cue"].lower(), "right"]
    ) in allowed:
        return role, "", figure.head
    return "", "", figure.head
