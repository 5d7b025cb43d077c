"""The English grammar of reporting: from a unit of text to frames, in which who, how and what are spans."""

import re
from collections.abc import Iterator
from functools import cache

from luntan.attribution.clauses import (
    around,
    content_left,
    content_right,
    end_of,
    is_postposed,
    skip,
    trimmed,
)
from luntan.attribution.page import Page, Unit
from luntan.attribution.roles import opens_role
from luntan.attribution.sources import Frame, Source
from luntan.attribution.subjects import leading_subject, subject_after, subject_before
from luntan.attribution.words import REACH, cue_forms
from luntan.lexicons import read_fields

_NOT_FINITE = re.compile(
    r"(?:^|\W)(?:to|will|would|can|could|should|must|may|might|be|been|is|are|was|were|being|not|n['’]t|"
    r"by|the|a|an|this|its|their|his|her|of|for|no|did|do|does|let|us)\s?$",
    re.IGNORECASE,
)
_IMPERSONAL = re.compile(
    r"\b(?:it\s+(?:is|was)\s+(?:also\s+|further\s+)?(believed|concluded|emphasi[sz]ed|stressed|noted|suggested|"
    r"pointed\s+out|argued|said|reported|proposed|recommended|hoped)\s+that\b|"
    r"(emphasis)\s+(?:is|was)\s+(?:also\s+)?(?:placed|laid)\s+on\b)",
    re.IGNORECASE,
)
_CONSENSUS = re.compile(
    r"\b(?:consensus|conclusion|view|opinion|message|finding)\b[^.;:,]{0,80}?\b((?:is|was)\s+that)\b",
    re.IGNORECASE,
)
_ACCORDING = re.compile(
    r"\b(according\s+to|as\s+reported\s+by|as\s+stated\s+by|in\s+the\s+(?:view|opinion|words)\s+of)\s",
    re.IGNORECASE,
)
_REPORT = re.compile(
    r"\b((?:made|delivered|gave|presented|shared)\s+(?:an?|the|his|her)\s+(?:[\w-]+\s+){0,3}?"
    r"(?:report|speech|lecture|talk|presentation|address))\s*(?::|(?:entitled|titled|on|about)\b)",
)
_NEW_CLAUSE = re.compile(
    r"(?:;\s*(?:and|but)?|,\s*(?:and|but|while|whereas)|\s(?:while|whereas))(?:\s[\w.’'-]+){0,6}\s?$"
)
_WITH = re.compile(r",\s+with\s")
_JOINED = re.compile(r"(?:,|,?\s(and)|,?\s(?:while|whilst|before|also|but))(?:\s(?:also|\w+ly|then))?$")
_JOINTS = (",", ";", " and ", " while ", " whilst ", " but ")


@cache
def _base_forms() -> frozenset[str]:
    return frozenset(forms.split(",")[0].strip() for forms, _ in read_fields("cues_en"))


@cache
def _cue_pattern() -> re.Pattern[str]:
    forms = sorted(cue_forms(), key=lambda form: (-len(form), form))
    return re.compile(r"\b(" + "|".join(form.replace(" ", r"\s+") for form in forms) + r")\b")


def english_frames(page: Page, unit: Unit, report: bool) -> list[Frame]:
    """Return the reporting frames of a unit, in order; `report` allows topics as contents."""
    text = page.masked
    found: list[Frame] = []
    for frame in sorted(_candidates(text, unit, report), key=lambda f: (f.start, -f.end)):
        if found and frame.start < found[-1].end:
            last = found[-1]
            if frame.topic and last.topic and frame.source in (None, last.source):
                continue
            cut = _cut(text, last, frame)
            if cut is None:
                continue
            found[-1] = Frame(last.start, cut, last.cue, last.source, forward=False, topic=last.topic)
        found.append(frame)
    return found


def _cut(text: str, earlier: Frame, later: Frame) -> int | None:
    """Return where `earlier` ends if `later` may begin inside it: after "; ", ", and", ", adding"."""
    if later.source is None or later.source.start <= earlier.start:
        at = text.rfind(later.cue.split()[0], earlier.start, later.start)
        left = max(earlier.start, at - REACH)
        cut = max(text.rfind(joint, left, max(at, left)) for joint in _JOINTS)
        return cut if cut > earlier.start else None
    left = max(earlier.start, later.source.start - 80)
    joint = _NEW_CLAUSE.search(text, left, later.source.start)
    return joint.start() if joint and joint.start() > earlier.start else None


def _candidates(text: str, unit: Unit, report: bool) -> Iterator[Frame]:
    yield from _according(text, unit)
    earlier: Source | None = None
    end = end_of(text, unit)
    for found in _cue_pattern().finditer(text, unit.start, unit.end):
        kind = cue_forms()[" ".join(found.group(1).split())]
        if kind != "topic" or report:
            frame = _frame_at(text, unit, found, kind, earlier, report)
            earlier = frame.source or earlier if frame else earlier
            if frame is not None:
                yield frame
    for found in _IMPERSONAL.finditer(text, unit.start, unit.end):
        cue = " ".join((found.group(1) or found.group(2)).split())
        yield Frame(skip(text, found.end(), end), end, cue, None)
    for found in _CONSENSUS.finditer(text, unit.start, unit.end) if report else ():
        yield Frame(skip(text, found.end(), end), end, " ".join(found.group(1).split()), None)
    for found in _REPORT.finditer(text, unit.start, unit.end) if report else ():
        source = subject_before(text, unit.start, found.start())
        if source is not None and (source.is_person or source.kind == "pronoun") and end - found.end() > 12:
            cue = " ".join(found.group(1).split())
            yield Frame(skip(text, found.end(), end), end, cue, source, topic=True)


def _frame_at(
    text: str, unit: Unit, found: re.Match[str], kind: str, earlier: Source | None, report: bool
) -> Frame | None:
    """Try the places of a subject in turn: before the word, after it, shared with the clause before."""
    cue, at = " ".join(found.group(1).split()), found.start()
    blocked = _NOT_FINITE.search(text, max(unit.start, at - 12), at)
    participle = cue.split()[0].endswith("ing")
    source = None if blocked or participle else subject_before(text, unit.start, at)
    absolute = _WITH.search(text, max(unit.start, at - 80), at) if participle and not blocked else None
    if absolute:  # ", with NAME saying"
        source = subject_before(text, absolute.end(), at)
    if kind == "topic" and source is not None and not source.is_person and source.kind != "pronoun":
        return None
    if source is not None:
        return _with_subject(text, unit, found, kind, source)
    left = content_left(text, unit, at) if kind in ("speech", "object") and not participle else None
    if left:
        source = subject_after(text, found.end(), unit.end)
        if source is not None and (source.kind != "collective" or text[left[1] : at].strip()):
            return Frame(*left, cue, source, forward=False, backward=True)
    return _shared(text, unit, found, kind, earlier, report)


def _with_subject(text: str, unit: Unit, found: re.Match[str], kind: str, source: Source) -> Frame | None:
    left = content_left(text, unit, source.start) if kind not in ("topic", "judge") else None
    cue = " ".join(found.group(1).split())
    if left and is_postposed(text, found.end(), unit.end, cue):
        left, backward = around(text, unit, left, found.end())
        return Frame(*left, cue, source, forward=not backward, backward=backward)
    return _right(text, unit, found, kind, source)


def _shared(
    text: str, unit: Unit, found: re.Match[str], kind: str, earlier: Source | None, report: bool
) -> Frame | None:
    """Read a word that shares its subject: "…, adding that", "… and stressed", "… and hopes that"."""
    cue = " ".join(found.group(1).split())
    left, at = trimmed(text, max(unit.start, found.start() - REACH), found.start())
    joined = _JOINED.search(text, max(left, at - 24), at) if cue not in _base_forms() else None
    opening = (
        leading_subject(text, unit.start, at) if earlier is None and (joined or kind == "topic") else None
    )
    if (
        report
        and kind == "that"
        and cue.endswith("s")
        and joined
        and joined.group(1)
        and not earlier
        and not opening
    ):
        return _right(text, unit, found, kind, None)  # "… is needed, and hopes that …": whoever spoke before
    purpose = kind == "topic" and text[left:at].endswith(" to")
    if purpose or (joined and (cue.split()[0].endswith("ing") or joined.group(1) or earlier)):
        source = earlier or opening
        if source is not None and not (kind == "topic" and source.kind == "organisation"):
            return _right(text, unit, found, kind, source)
    return None


def _right(text: str, unit: Unit, found: re.Match[str], kind: str, source: Source | None) -> Frame | None:
    """Make the frame whose content follows the reporting word."""
    cue, end = " ".join(found.group(1).split()), end_of(text, unit)
    start = content_right(text, found.end(), end, kind, cue)
    if start is None or end - start < 8:
        return None
    if kind == "judge" and text.find('"', start, end) < 0 and text.find(" as ", start, end) < 0:
        return None
    if kind == "topic" and text.count(" ", start, min(end, start + REACH)) < 3:
        return None
    return Frame(start, end, cue, source, topic=kind == "topic")


def _according(text: str, unit: Unit) -> Iterator[Frame]:
    """Read "according to NAME, ROLE, …" and "…, according to NAME, ROLE."."""
    for found in _ACCORDING.finditer(text, unit.start, unit.end):
        source = subject_after(text, found.end(), unit.end)
        if source is None:
            continue
        cue = " ".join(found.group(1).split())
        start, stop = trimmed(text, unit.start, found.start())
        if stop - start > 20:
            yield Frame(start, stop - (text[stop - 1] == ","), cue, source, forward=False)
            continue
        comma, end = _end_of_source(text, source.end, unit.end), end_of(text, unit)
        if comma < end:
            yield Frame(skip(text, comma + 1, end), end, cue, source, forward=False)


def _end_of_source(text: str, start: int, end: int) -> int:
    """Return the comma that closes "According to NAME, ROLE of ORGANISATION,"."""
    comma = text.find(",", start, end)
    following = text.find(",", comma + 1, min(end, comma + 200)) if comma >= 0 else -1
    if following > 0 and opens_role(text[comma + 1 : following].strip()):
        return following
    return comma if comma >= 0 else end
