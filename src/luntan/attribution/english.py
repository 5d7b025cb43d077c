"""The English grammar of reporting: from a unit of text to frames, in which who, how and what are spans."""

import re
from collections.abc import Iterator
from functools import cache

from luntan.attribution.clauses import (
    ADDRESSED,
    REPORTING,
    around,
    content_left,
    content_right,
    end_of,
    is_postposed,
)
from luntan.attribution.contents import trim_blanks
from luntan.attribution.nominals import nominal_frames
from luntan.attribution.nouns import noun_phrase, share
from luntan.attribution.openings import leading_subject, subject_after
from luntan.attribution.page import Page, Unit
from luntan.attribution.sources import Frame, Source
from luntan.attribution.subjects import subject_before
from luntan.attribution.words import REACH, VERBS, cue_forms, phrases_in, words_of
from luntan.lexicons import read_fields

_NOT_FINITE = re.compile(
    r"(?:^|\W)(?:to|will|would|can|could|should|must|may|might|be|been|is|are|was|were|being|not|n['’]t|"
    r"by|the|a|an|this|its|their|his|her|of|for|no|did|do|does|let|us)\s?$",
    re.IGNORECASE,
)
# "is calling for", "are concerned that"; "went on to say", "appears to suggest"
_BEING = re.compile(
    r"(?:\b(?:is|are|was|were|been|remain(?:s|ed)?|feels?|felt|seem(?:s|ed)?|appear(?:s|ed)?|grew|became)|[’'](?:s|re))"
    r"(?:\s(?:also|very|still|now|so|more|less|particularly|\w+ly))?\s$"
)
_RAISED = re.compile(
    r"\b(?:(?:(?:is|are|was|were)\s(?:quick|keen|careful|at\spains)|rose|(?:went|goes|gone|going)\son|(?:appear|seem|continue)(?:s|ed|d)?)\sto|"
    r"(?:began|begins|started|starts|concluded|concludes|ended|ends|opened|opens|closed|responded|replied|reacted)\sby)\s$"
)
# "took its own plant as an example to explain how …", "used the debate to argue that …"
_MEANS = re.compile(r"\b(?:took|takes|used|uses|cited|cites|gave|gives)\s[^,.;:\x01]{3,80}\sto$")
# '…," said one person with knowledge of the talks'
_UNNAMED = re.compile(
    rf"\s+((?:an?|the|one|two|three|several|some|many|other)(?:\s(?!(?:{'|'.join(sorted(VERBS))})\b)[a-z][\w-]*){{1,5}}?)"
    r"(?=[.,;]|\s(?:on|in|at|who|with|of|from|for|during|after)\b|$)"
)
_NEW_CLAUSE = re.compile(
    r"(?:[;:]\s*(?:and|but)?|,\s*(?:and|but|while|whereas)|\s(?:while|whereas))(?:\s[\w.’'-]+){0,6}\s?$"
)
_THAT = re.compile(r"\sthat\b")  # "shared that"
_CONCEDED = re.compile(r"(?:while|although|though|whereas|as)\s", re.IGNORECASE)
# "the vote a theft", "the ruling as dangerous"
_JUDGED = re.compile(
    r"(?!an?\s)(?:\S+\s){1,7}?(?<!\bin\s)(?<!\bon\s)(?<!\bof\s)(?<!\bat\s)(?<!\bfor\s)(?<!\bwith\s)(?:an?|as)\s"
)
# What a report rests on is no part of it: "…, citing two officials"
_GROUNDS = re.compile(r",\s(?:citing|quoting|referring\sto)\s")
_IF = re.compile(r"\b(?:if|unless)\s(?:the\s)?$", re.IGNORECASE)
_WHOM = re.compile(r"\b(?:which|whom)\s(?:the\s)?$")
_WITH = re.compile(r",\s+with\s")
_JOINED = re.compile(r"(?:,|,?\s(and|but)|,?\s(?:while|whilst|before|also))(?:\s(?:also|\w+ly|then))?$")
# Attitudes never stand after what was said, and never cut a statement in two.
_ATTITUDES = frozenset("to stance side state bid".split())
_JOINTS = (",", ";", " and ", " while ", " whilst ", " but ")


@cache
def _base_forms() -> frozenset[str]:
    return frozenset(forms.split(",")[0].strip() for forms, _ in read_fields("cues_en"))


@cache
def _cues() -> dict[str, list[tuple[re.Pattern[str], str]]]:
    """Return the patterns of the reporting words by their first words, the longest first."""
    cues: dict[str, list[tuple[re.Pattern[str], str]]] = {}
    for form, kind in sorted(cue_forms().items(), key=lambda item: (-len(item[0]), item)):
        words = form.split()
        pattern = re.compile("(" + r"\s+".join(words) + r")\b")
        cues.setdefault(words[0], []).append((pattern, kind))
    return cues


def english_frames(page: Page, unit: Unit, report: bool) -> list[Frame]:
    """Return the reporting frames of a unit, in order; `report` allows topics as contents."""
    text = page.masked
    found: list[Frame] = []
    kinds = cue_forms()
    for frame in sorted(_candidates(text, unit, report), key=lambda f: (f.start, -f.end)):
        if found and frame.start < found[-1].end:
            last = found[-1]
            if frame.topic and last.topic and frame.source in (None, last.source):
                continue
            cut = _cut(text, last, frame)
            inside = kinds.get(frame.cue) in _ATTITUDES and kinds.get(last.cue) not in _ATTITUDES
            if cut is None or (inside and text[cut] != ";"):
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
    comma = text.rfind(",", earlier.start, later.source.start)
    if earlier.source is not None and _CONCEDED.search(
        text[max(0, earlier.source.start - 9) : earlier.source.start]
    ):
        return comma if not text[comma + 1 : later.source.start].strip(" ,") or comma < 0 else None
    left = max(earlier.start, later.source.start - 80)
    joint = _NEW_CLAUSE.search(text, left, later.source.start)
    return joint.start() if joint and joint.start() > earlier.start else None


def _candidates(text: str, unit: Unit, report: bool) -> Iterator[Frame]:
    yield from nominal_frames(text, unit, report)
    earlier: Source | None = None
    for found, kind in phrases_in(text, unit.start, unit.end, _cues):
        if kind == "topic" and _THAT.match(text, found.end()):
            kind = "that"
        if kind != "topic" or report:
            frame = _frame_at(text, unit, found, kind, earlier, report)
            earlier = frame.source or earlier if frame else earlier
            if frame is not None:
                yield frame


def _frame_at(
    text: str, unit: Unit, found: re.Match[str], kind: str, earlier: Source | None, report: bool
) -> Frame | None:
    """Try the places of a subject in turn: before the word, after it, shared with the clause before."""
    cue, at = " ".join(found.group(1).split()), found.start()
    participle = cue.split()[0].endswith("ing")
    near = max(unit.start, at - 32)
    being = _BEING.search(text, near, at) if participle or kind == "state" else None
    if not being and text[at - 3 : at - 1] in ("to", "by"):
        being = _RAISED.search(text, near, at)
    if kind == "state" and not being:
        return None
    if being:
        at, participle = being.start(), False
    blocked = _NOT_FINITE.search(text, max(unit.start, at - 12), at)
    means = _MEANS.search(text, max(unit.start, at - 100), at - 1) if blocked else None
    inverted = _inverted(text, unit, found) if kind in ("speech", "quote") else None
    if inverted is not None:
        return inverted
    source = None if blocked or participle else _subject(text, unit.start, at, kind)
    if means:
        source = subject_before(text, unit.start, means.start())
    absolute = _WITH.search(text, max(unit.start, at - 80), at) if participle and not blocked else None
    if absolute:  # ", with NAME saying"
        source = subject_before(text, absolute.end(), at)
    if kind == "topic" and source is not None and not source.is_person and source.kind != "pronoun":
        return None
    if source is not None:
        owns = text[source.end : source.end + 1] in ("'", "’")  # "NAME's claim" is no verb
        return None if owns or _helps(cue, kind, source) else _with_subject(text, unit, found, kind, source)
    left = content_left(text, unit, at) if kind in ("speech", "quote", "object") and not participle else None
    if left:
        source = subject_after(text, found.end(), unit.end) or _unnamed_after(text, found.end(), unit.end)
        if source is not None and (source.kind != "collective" or text[left[1] : at].strip()):
            return Frame(*left, cue, source, forward=False, backward=True)
    return _shared(text, unit, found, kind, earlier, report)


def _inverted(text: str, unit: Unit, found: re.Match[str]) -> Frame | None:
    """Read "…, said NAME." where a comma might also close an apposition before the verb."""
    if text[found.start() - 2 : found.start()] != ", " or found.group(1) in ADDRESSED:
        return None
    left, after = content_left(text, unit, found.start()), subject_after(text, found.end(), unit.end)
    named = left is not None and after is not None and after.is_person
    return Frame(*left, found.group(1), after, forward=False, backward=True) if named and left else None


def _subject(text: str, start: int, at: int, kind: str) -> Source | None:
    """Return who is the subject of a reporting word; any noun will do for one that only people can do."""
    source = subject_before(text, start, at) or share(text, start, at)
    return source or (
        noun_phrase(text, start, at) if kind in ("speech", "quote", "clause", "state") else None
    )


def _helps(cue: str, kind: str, source: Source) -> bool:
    """Tell help that a body gives ("the state supports farms") and a noun ("gave a report") from a verb."""
    plural = source.also is not None or source.name.casefold() == "they" or source.name.endswith("s")
    plural = plural or source.name.split()[0].casefold() in ("many", "most", "some", "half", "others")
    if kind == "side" and source.kind in ("organisation", "collective") and not plural:
        return True
    return not plural and source.kind in ("collective", "pronoun") and cue in words_of("speech_nouns_en")


def _with_subject(text: str, unit: Unit, found: re.Match[str], kind: str, source: Source) -> Frame | None:
    if _IF.search(text, max(unit.start, source.start - 12), source.start):
        return None
    if kind not in REPORTING and _WHOM.search(text, max(unit.start, source.start - 12), source.start):
        return None
    left = (
        content_left(text, unit, source.start)
        if kind in REPORTING or (kind == "state" and found.group(1).endswith("saying"))
        else None
    )
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
    left, at = trim_blanks(text, max(unit.start, found.start() - REACH), found.start())
    joined = _JOINED.search(text, max(left, at - 24), at) if cue not in _base_forms() else None
    opening = (
        leading_subject(text, unit.start, at) if earlier is None and (joined or kind == "topic") else None
    )
    if (
        report
        and kind in ("that", "to")
        and joined
        and joined.group(1)
        and not earlier
        and not (opening and opening.is_person)
    ):
        return _right(
            text, unit, found, "that", None
        )  # "… is needed, and hopes that …": whoever spoke before
    if kind in _ATTITUDES and (kind == "state" or (earlier and not cue.split()[0].endswith("ing"))):
        return None
    purpose = kind == "topic" and text[left:at].endswith(" to")
    if purpose or (joined and (cue.split()[0].endswith("ing") or joined.group(1) or earlier)):
        source = earlier or opening
        if source is not None and not (kind == "topic" and source.kind == "organisation"):
            return _right(text, unit, found, kind, source)
    return None


def _right(text: str, unit: Unit, found: re.Match[str], kind: str, source: Source | None) -> Frame | None:
    """Make the frame whose content follows the reporting word."""
    cue, end = " ".join(found.group(1).split()), end_of(text, unit)
    grounds = _GROUNDS.search(text, found.end(), end)
    end = grounds.start() if grounds else end
    start = content_right(text, found.end(), end, kind, cue)
    if start is None or end - start < (6 if "\x01" not in text[start:end] else 3):
        return None
    if kind == "judge" and text.find('"', start, end) < 0 and not _JUDGED.match(text, start, end):
        return None
    if kind == "topic" and text.count(" ", start, min(end, start + REACH)) < 3:
        return None
    return Frame(start, end, cue, source, topic=kind == "topic")


def _unnamed_after(text: str, start: int, end: int) -> Source | None:
    found = _UNNAMED.match(text, start, end)
    return Source(*found.span(1), " ".join(found.group(1).split()), "collective") if found else None
