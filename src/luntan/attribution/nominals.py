"""Reports without a verb of speech: "according to NAME", "in her view", "the consensus is that"."""

import re
from collections.abc import Iterable, Iterator

from luntan.attribution.clauses import end_of, skip
from luntan.attribution.contents import trim_blanks
from luntan.attribution.openings import subject_after
from luntan.attribution.page import Unit
from luntan.attribution.roles import opens_role
from luntan.attribution.sources import Frame, Source
from luntan.attribution.subjects import subject_before
from luntan.attribution.words import words_of
from luntan.lexicons import any_of

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
    r"\b(according\s+to|to\squote|as\s+reported\s+by|as\s+stated\s+by|in\s+the\s+(?:view|opinion|words)\s+of)\s",
    re.IGNORECASE,
)
# "made the claim that", "issued a warning that"
_CLAIM = re.compile(
    r"\b(shared|shares|made|makes|gave|gives|offered|offers|issued|issues|echoed|echoes|stated|holds|held|put\sforward)"
    rf"\s(?:an?|the|his|her|their|its)\s(?:[\w-]+\s){{0,2}}?(?:{'|'.join(words_of('speech_nouns_en'))})\sthat\b"
)
_PHRASE = re.compile(r"(?!\d)[\w’'-]+(?:\s[\w’'-]+){0,9}(?=[,.;]|$)")
# "quoted NAME as saying"
_QUOTED = re.compile(r"\b((?:quot|cit)(?:ed|es|ing))\s([^,.;:\x01\"]{3,100}?)\sas\ssaying(?:\sthat\b)?")
# "it was reported by NAME that", "members heard from NAME, head of …, that"
_PASSIVE = re.compile(
    r"\b(it\s(?:is|was)\s(?:[a-z]+ed|said)\sby|heard\sfrom|learn(?:ed|t)\sfrom)\s([^.;:\x01\"]{3,120}?)\sthat\b",
    re.IGNORECASE,
)
_REPORT = re.compile(
    r"\b((?:made|delivered|gave|presented|shared)\s+(?:an?|the|his|her)\s+(?:[\w-]+\s+){0,3}?"
    r"(?:report|speech|lecture|talk|presentation|address))\s*(?::|(?:entitled|titled|on|about)\b)",
)
_OWNER = r"\b(?:(his|her|their)|([A-Z][^,;:.\x01]{1,60}?)['’]s?)\s"
_NOUN = rf"(?:[\w-]+\s){{0,2}}(?:{'|'.join(words_of('speech_nouns_en'))})"
_IS = r"\s(?:is|was)(?:\s(?:simple|clear|this))?"
# "in her view, …"; "it was her view that …"; "her message is: …"
_VIEWS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\bin\s{_OWNER}(?:own\s)?(?:view|opinion|words|eyes|judge?ment),\s",
        rf"\bit\s(?:is|was)\s{_OWNER}{_NOUN}\sthat\b",
        rf"\bit\s(?:is|was)\sthe\s{_NOUN}\sof\s()([^,;:.\x01]{{3,60}}?)\sthat\b",
        rf"{_OWNER}{_NOUN}(?:{_IS}\sthat\b|(?:{_IS})?:)",
    )
)
# What the patterns need, in small letters: few sentences hold it, and only those are read.
_OPINIONS = "view opinion words eyes judg".split()
_SOURCES = "according quote reported stated saying emphasis".split()
_IT = re.compile(r"it\s+(?:is|was)\s|heard\sfrom|learn(?:ed|t)\sfrom")
_SPEECH_NOUN = re.compile(rf"\s{any_of(words_of('speech_nouns_en'))}(?:{_IS})?(?:\sthat\b|:)")
_OWNERS = {"his": "he", "her": "she", "their": "they"}


def nominal_frames(text: str, unit: Unit, report: bool) -> Iterator[Frame]:
    """Yield the frames of a unit whose reporting words are no verb with a subject of its own."""
    sentence = text[unit.start : unit.end].lower()
    that = "that" in sentence
    it = that and _IT.search(sentence)
    noun = (that or ":" in sentence) and _SPEECH_NOUN.search(sentence)
    opinion = any(word in sentence for word in _OPINIONS)
    source_told = opinion or any(word in sentence for word in _SOURCES)
    if not (that or noun or source_told or report):
        return

    def finds(pattern: re.Pattern[str], needed: object) -> Iterable[re.Match[str]]:
        return pattern.finditer(text, unit.start, unit.end) if needed else ()

    if source_told:
        yield from _according(text, unit)
    end = end_of(text, unit)
    for found in (*finds(_QUOTED, "saying" in sentence), *finds(_PASSIVE, it)):
        source = subject_before(text, *found.span(2))
        if source is not None:
            yield Frame(skip(text, found.end(), end), end, found.group(1), source)
    for found in finds(_CLAIM, that and noun):
        source = subject_before(text, unit.start, found.start())
        if source is not None:
            yield Frame(skip(text, found.end(), end), end, found.group(1), source)
    views = (opinion, it and noun, it, noun)
    for found in (found for view, needed in zip(_VIEWS, views, strict=True) for found in finds(view, needed)):
        yield from _view(text, found, end)
    for found in finds(_IMPERSONAL, it or "emphasis" in sentence):
        cue = " ".join((found.group(1) or found.group(2)).split())
        yield Frame(skip(text, found.end(), end), end, cue, None)
    for found in finds(_CONSENSUS, report and that):
        yield Frame(skip(text, found.end(), end), end, " ".join(found.group(1).split()), None)
    for found in finds(_REPORT, report):
        source = subject_before(text, unit.start, found.start())
        if source is not None and (source.is_person or source.kind == "pronoun") and end - found.end() > 12:
            cue = " ".join(found.group(1).split())
            yield Frame(skip(text, found.end(), end), end, cue, source, topic=True)


def _view(text: str, found: re.Match[str], end: int) -> Iterator[Frame]:
    """Read "In her view, …" and "NAME's message is that …"."""
    start, stop = found.span(1 if found.group(1) else 2)
    source: Source | None = Source(start, stop, _OWNERS.get((found.group(1) or "").casefold(), ""), "pronoun")
    if found.group(2):
        source = subject_before(text, start, stop)
    if source is not None:
        cue = " ".join(re.sub(r"^['’]s?\s", "", text[stop : found.end()]).split()).strip(" ,:")
        yield Frame(skip(text, found.end(), end), end, cue, source)


def _according(text: str, unit: Unit) -> Iterator[Frame]:
    """Read "according to NAME, ROLE, …" and "…, according to NAME, ROLE."."""
    for found in _ACCORDING.finditer(text, unit.start, unit.end):
        source = subject_after(text, found.end(), unit.end) or _any_source(text, found.end(), unit.end)
        if source is None:
            continue
        cue = " ".join(found.group(1).split())
        start, stop = trim_blanks(text, unit.start, found.start())
        if stop - start > 20:
            yield Frame(start, stop - (text[stop - 1] == ","), cue, source, forward=False)
            continue
        comma, end = _end_of_source(text, source.end, unit.end), end_of(text, unit)
        if comma < end:
            yield Frame(skip(text, comma + 1, end), end, cue, source, forward=False)


def _any_source(text: str, start: int, end: int) -> Source | None:
    """Return whatever "according to" names, up to the next comma: "people briefed on the talks"."""
    found = _PHRASE.match(text, start, end)
    return Source(*found.span(), " ".join(found.group().split()), "collective") if found else None


def _end_of_source(text: str, start: int, end: int) -> int:
    """Return the comma that closes "According to NAME, ROLE of ORGANISATION,"."""
    comma = text.find(",", start, end)
    following = text.find(",", comma + 1, min(end, comma + 200)) if comma >= 0 else -1
    aside = text[comma + 1 : following].strip() if following > 0 else ""
    if opens_role(aside) or aside.startswith(("who ", "which ")):
        return following
    return comma if comma >= 0 else end
