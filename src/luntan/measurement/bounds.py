"""Attach each bounding cue (超, 以上, more than …) to the one figure that it touches."""

import re

from luntan.lexicons import any_of, read_fields
from luntan.measurement.figure import Figure, last_before

BOUND = {(cue, side): bound for cue, side, bound, _ in read_fields("bounds")}
_LEFT = [cue for cue, side in BOUND if side == "left"]
_RIGHT = [cue for cue, side in BOUND if side == "right"]


def _han(cues: list[str]) -> list[str]:
    return [cue for cue in cues if cue[0] > "\u2e80"]


def _latin(cues: list[str]) -> list[str]:
    return [cue for cue in cues if cue[0] <= "\u2e80"]


_LEFT_CUE = re.compile(
    rf"(?:(?P<han>{any_of(_han(_LEFT))})(?:可?[有为了达过获得]|达到|给予)?"
    rf"|(?<![A-Za-z])(?P<latin>(?i:{any_of(_latin(_LEFT))}))(?:[ \u00a0](?i:a|an|the|its|another))?)"
    r"[ \u00a0]?$"
)
_LEFT_ENDS = frozenset("有为了达过获得到予anesrANESR").union(*((cue[-1], cue[-1].upper()) for cue in _LEFT))
_RIGHT_CUE = re.compile(
    rf"[ \u00a0]?(?:[（(]含[）)])?(?P<han>{any_of(_han(_RIGHT))})"
    rf"|(?:,? )?(?P<latin>{any_of(_latin(_RIGHT))})(?![A-Za-z\d])"
)
# 上亿, 上百, 过亿 bound a bare magnitude only; 以上3家 has no bound.
_BARE = re.compile(r"(?<![以之])(?:上|过)$")
# 约为去年的3倍: what is multiplied stands between the cue and the figure.
_ABOUT = [cue for (cue, side), bound in BOUND.items() if (side, bound) == ("left", "about")]
_OF_TIMES = re.compile(rf"(?P<han>{any_of(_han(_ABOUT))})为?[\u4e00-\u9fff]{{2,8}}的$")
# 500 people or more
_AFTER_NOUN = re.compile(
    r"(?: [a-z][\w-]*){1,2} (?P<cue>or more|or fewer|or less|or so|at most|at least(?=[.,;]|$))(?!\w)"
)
# "a rise of 5% over three years" names the time it took; after these words "over" bounds the time.
_LASTING = frozenset(
    "for in of with than from after at by to is was are were be been has have had take takes took taking "
    "last lasts lasted lasting spend spends spent spending well just already a an".split()
)
_OVER = re.compile(r"(?:(?P<word>[A-Za-z]+) )?over (?:the |a |an |its |another )?$", re.IGNORECASE)
_SETS = re.compile(r"起|前|应|须|限|要求|务必[^，。；]*$")
WINDOW = 30


def left_bound(text: str, at: int) -> tuple[str, int] | None:
    """Return the bound whose cue ends at `at`, and where the cue begins."""
    low = max(0, at - WINDOW)
    found = _LEFT_CUE.search(text[low:at]) if last_before(text, at) in _LEFT_ENDS else None
    if not found:
        return None
    cue = found["han"] or found["latin"].lower()
    return BOUND[cue, "left"], low + found.start()


def times_bound(text: str, at: int) -> tuple[str, int] | None:
    """Return the bound of a multiple before which its base stands: 约为去年的3倍."""
    low = max(0, at - 16)
    found = _OF_TIMES.search(text[low:at])
    return (BOUND[found["han"], "left"], low + found.start()) if found else None


def spans_time(text: str, start: int, end: int) -> bool:
    """Tell whether the cue at `start:end` is the "over" that names the time something took."""
    found = _OVER.search(text[max(0, start - 16) : end])
    return found is not None and (found["word"] or "").lower() not in _LASTING


def is_limit(text: str, figure: Figure, end: int) -> bool:
    """Tell the time somebody sets (要求一周内拨付) from the time in which something happens (三年内培育)."""
    if text[end - 2] in "以之":
        return True
    return figure.kind == "duration" and _SETS.search(text[max(0, figure.head - 8) : figure.head]) is not None


def bare_bound(text: str, at: int) -> bool:
    """Tell whether 上 or 过 stands before the bare magnitude that begins at `at`."""
    return bool(_BARE.search(text[max(0, at - 2) : at]))


def right_bound(text: str, at: int) -> tuple[str, int] | None:
    """Return the bound whose cue begins at `at`, and where the cue ends."""
    found = _RIGHT_CUE.match(text, at)
    if found:
        return BOUND[found["han"] or found["latin"].lower(), "right"], found.end()
    found = _AFTER_NOUN.match(text, at) if text.startswith(" ", at) else None
    return (BOUND[found["cue"], "right"], at) if found else None
