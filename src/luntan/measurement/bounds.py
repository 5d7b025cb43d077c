"""Attach each bounding cue (超, 以上, more than …) to the one figure that it touches."""

import re

from luntan.lexicons import read_fields

BOUND = {(cue, side): bound for cue, side, bound, _ in read_fields("bounds")}
_LEFT = [cue for cue, side in BOUND if side == "left"]
_RIGHT = [cue for cue, side in BOUND if side == "right"]


def _any(cues: list[str]) -> str:
    return "|".join(re.escape(cue) for cue in sorted(cues, key=len, reverse=True))


def _han(cues: list[str]) -> list[str]:
    return [cue for cue in cues if cue[0] > "\u2e80"]


def _latin(cues: list[str]) -> list[str]:
    return [cue for cue in cues if cue[0] <= "\u2e80"]


_LEFT_CUE = re.compile(
    rf"(?:(?P<han>{_any(_han(_LEFT))})(?:[有为了达过]|达到)?"
    rf"|(?<![A-Za-z])(?P<latin>(?i:{_any(_latin(_LEFT))}))(?:[ \u00a0](?i:a|an|the|its|another))?)[ \u00a0]?$"
)
_RIGHT_CUE = re.compile(
    rf"[ \u00a0]?(?:[（(]含[）)])?(?P<han>{_any(_han(_RIGHT))})"
    rf"|(?:,? )?(?P<latin>{_any(_latin(_RIGHT))})(?![A-Za-z\d])"
)
# 上亿, 上百, 过亿 bound a bare magnitude only; 以上3家 has no bound.
_BARE = re.compile(r"(?<![以之])(?:上|过)$")
WINDOW = 30


def left_bound(text: str, at: int) -> tuple[str, int] | None:
    """Return the bound whose cue ends at `at`, and where the cue begins."""
    low = max(0, at - WINDOW)
    found = _LEFT_CUE.search(text[low:at])
    if not found:
        return None
    cue = found["han"] or found["latin"].lower()
    return BOUND[cue, "left"], low + found.start()


def bare_bound(text: str, at: int) -> bool:
    """Tell whether 上 or 过 stands before the bare magnitude that begins at `at`."""
    return bool(_BARE.search(text[max(0, at - 2) : at]))


def right_bound(text: str, at: int) -> tuple[str, int] | None:
    """Return the bound whose cue begins at `at`, and where the cue ends."""
    found = _RIGHT_CUE.match(text, at)
    if not found:
        return None
    return BOUND[found["han"] or found["latin"].lower(), "right"], found.end()
