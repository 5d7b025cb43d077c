"""Walk through a document and attribute: frames, quotations that float, sentences that go on."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from luntan.attribution.acts import find_acts
from luntan.attribution.bodies import bodies_in
from luntan.attribution.chinese import chinese_frames, last_publication
from luntan.attribution.contents import Said, contents, direct, trim
from luntan.attribution.english import english_frames
from luntan.attribution.openings import leading_subject
from luntan.attribution.page import PAIRS, Page, Quote, Unit
from luntan.attribution.people import people_of
from luntan.attribution.phrases_zh import strip_lead
from luntan.attribution.register import Actor, Mention, Register
from luntan.attribution.signatures import signature_after
from luntan.attribution.sources import Act, Frame, Source
from luntan.attribution.subjects import name_segment
from luntan.attribution.subjects_zh import doer, opening_person

# Every branch opens with a letter, and then that none stands before it: so a search skips all others.
_MEETINGS = "forum roundtable conference seminar meeting symposium summit workshop congress dialogue panel"
_EVENT = re.compile(
    "|".join(rf"{word[0]}(?<!\w.){word[1:]}\b" for word in _MEETINGS.split())
    + "|论坛|会议|座谈会|研讨会|大会|峰会|圆桌|沙龙|发布会"
)


@dataclass(slots=True)
class Statement:
    """A statement in page coordinates."""

    page: Page
    said: Said
    actor: Actor
    basis: str
    cue: str
    source: Source | None
    lang: str
    open: bool


@dataclass(slots=True)
class _Reading:
    """A unit with its frames."""

    page: Page
    unit: Unit
    frames: list[Frame]
    acts: list[Act]
    # Whom the unit opens with, and who may so be the one quoted next.
    opened: Actor | None = None


@dataclass(slots=True)
class Deed:
    """An act of a person, at the place of the text that states it."""

    page: Page
    source: Source
    actor: Actor
    act: str
    lang: str


def attribute(pages: Sequence[Page]) -> tuple[list[Statement], list[Deed]]:
    """Return the statements of one document and its register of people."""
    report = is_report(pages)
    register = Register([(at + page.offset, name) for page in pages for at, name in bodies_in(page.masked)])
    for page in pages:
        for source in people_of(page):
            register.note(_moved(page.as_written(source), page.offset))
    known = register.known()
    readings = [
        _Reading(page, unit, _frames(page, unit, report, known), find_acts(page, unit, known))
        for page in pages
        for unit in page.units
    ]
    for reading in readings:
        for frame in reading.frames:
            if frame.source is not None:
                register.note(_moved(frame.source, reading.page.offset))
        for act in reading.acts:
            if act.source is not None:
                register.note(_moved(act.source, reading.page.offset))
    register.settle(page.text for page in pages)
    deeds: list[Deed] = []
    return _walk(readings, register, report, deeds), deeds


def is_report(pages: Sequence[Page]) -> bool:
    """Tell a report of a meeting, where paraphrases run on, from news, where they stop."""
    opening = pages[0].folded[:1500].lower() if pages else ""
    length = sum(len(page.text) for page in pages)
    quoted = sum(quote.end - quote.start for page in pages for quote in page.quotes if quote.speech)
    return len(_EVENT.findall(opening)) >= 2 and quoted < length / 4


def _frames(page: Page, unit: Unit, report: bool, known: frozenset[str]) -> list[Frame]:
    if unit.lang == "en":
        return english_frames(page, unit, report)
    return chinese_frames(page, unit, report, known)


def _moved(source: Source, by: int) -> Source:
    if not by:
        return source
    also = _moved(source.also, by) if source.also else None
    return source._replace(start=source.start + by, end=source.end + by, also=also)


def _walk(
    readings: Sequence[_Reading], register: Register, report: bool, deeds: list[Deed]
) -> list[Statement]:
    made: list[Statement] = []
    plain: list[_Reading] = []
    for number, reading in enumerate(readings):
        if plain and (plain[-1].page is not reading.page or plain[-1].unit.par_id != reading.unit.par_id):
            plain = []
        deeds += _deeds(reading, register)
        news = list(_of_unit(reading, register)) if reading.frames or reading.unit.quotes else []
        if news:
            if (
                news[0].open is False
                and report
                and plain
                and news[0].said.mode != "direct"
                and _postposed(reading)
            ):
                first = trim(reading.page.text, plain[0].unit.start, news[0].said.end)
                news[0].said = Said(first[0], first[1], news[0].said.mode)
            made += news
            plain = []
            continue
        floating = list(_floating(readings, number, made, register)) if reading.unit.quotes else []
        if floating:
            made += floating
            plain = []
        elif made and _goes_on(made[-1], readings[number - 1], reading, report, register):
            left, right = trim(reading.page.text, made[-1].said.start, reading.unit.end)
            made[-1].said = Said(left, right, made[-1].said.mode)
        elif not reading.acts:
            plain.append(reading)
    return made


def _deeds(reading: _Reading, register: Register) -> Iterator[Deed]:
    """Resolve the acts of a unit; whoever acts, or opens a sentence in full, is whom "he" means next."""
    page, unit = reading.page, reading.unit
    opening = _opening(page, unit, register)
    if opening is not None and opening.is_person:
        actor = register.note(_moved(opening, page.offset)) or register.with_surname(
            opening.name, opening.start
        )
        if actor is not None and (actor.roles or _INTRODUCED.match(page.masked, opening.end)):
            register.last = register.last_person = reading.opened = actor
    elif opening is not None and opening.kind == "organisation":
        register.last_body = register.note(_moved(opening, page.offset))
    if opening is not None and opening.kind == "surname" and actor is None and not opening.titled:
        register.last_body = Actor(opening.name, False, opening.start + page.offset)  # "Acme opened a plant"
    for act in reversed(reading.acts):  # so that "they" and "he" mean the one named first
        source = _moved(act.source, page.offset) if act.source else None
        mention = register.resolve(source)
        if mention is not None and source is not None and mention.actor.person:
            yield Deed(page, source, mention.actor, act.act, unit.lang)


def _opening(page: Page, unit: Unit, register: Register) -> Source | None:
    if unit.lang == "en":
        return leading_subject(page.masked, unit.start, unit.end)
    start = strip_lead(page.masked, unit.start, unit.end)
    clause = _CLAUSE.match(page.masked, start, unit.end)
    source = opening_person(page.masked, start, clause.end(), register.known()) if clause else None
    return page.as_written(source) if source else None


# "NAME is a baker", "NAME, a baker, …", "NAME, 54, …"
_INTRODUCED = re.compile(r"\s(?:is|was|has\sbeen)\s(?:an?|the)\s|,\s(?:an?|the|\d\d)\b")
_CLAUSE = re.compile(r"[^，。；：！？\n\x01]+")


def _postposed(reading: _Reading) -> bool:
    return reading.frames[0].backward


def _of_unit(reading: _Reading, register: Register) -> Iterator[Statement]:
    page, unit = reading.page, reading.unit
    covered: list[tuple[int, int]] = []
    mention: Mention | None = None
    for frame in reading.frames:
        source = _moved(frame.source, page.offset) if frame.source else None
        if source is not None and source.kind == "report":
            source = _publication(page, source)
        covered.append((frame.start, frame.end))
        for who in (source.also, source) if source is not None and source.also else (source,):
            found = register.resolve(who)
            mention = found or mention
            if found is None:
                continue
            for said in contents(page, frame.start, frame.end):
                yield Statement(
                    page, said, found.actor, found.basis, frame.cue, who, unit.lang, frame.forward
                )
    for quote in unit.quotes:
        if any(start - 1 <= quote.start < end for start, end in covered):
            continue
        label = _label(page, unit, quote, register) if mention is None else None
        source = _moved(label, page.offset) if label else None
        mention = mention or (register.resolve(source) if source else None)
        basis = mention.basis if mention and source else "continued"
        if mention is not None:
            for said in direct(page, quote):
                yield Statement(page, said, mention.actor, basis, "", source, unit.lang, False)


def _label(page: Page, unit: Unit, quote: Quote, register: Register) -> Source | None:
    """Return whom the label before a unit's first quotation names: 'NAME: "…"', "The CHAIR. …"."""
    before = page.text[unit.start : quote.left].rstrip(_OPENING + "*_")
    if unit.lang != "en" or quote is not unit.quotes[0] or not before.endswith((":", ".")):
        return None
    end = unit.start + len(before)
    short = before.strip(_OPENING + "*_#>-–—:.")
    if short in _ASKS | _ANSWERS:  # who answers was introduced before, who asks was not
        return Source(end - 1 - len(short), end - 1, "he", "pronoun") if short in _ANSWERS else None
    if short.isupper() and (name := register.with_initials(short)):
        return Source(end - 1 - len(short), end - 1, name, "person")
    return name_segment(page.masked, unit.start, end - 1) or leading_subject(
        page.masked, unit.start, end - before.endswith(".")
    )


_ASKS = frozenset(("Q", "Question", "Interviewer"))
_ANSWERS = frozenset(("A", "Answer", "Interviewee"))
_OPENING = "".join(PAIRS) + " \t\r\n"


def _publication(page: Page, source: Source) -> Source:
    """Name the publication that 报道 stands for, if one was named shortly before."""
    name = last_publication(page.folded, source.start - page.offset)
    if not name:
        return Source(source.start, source.end, source.name, "collective")
    return Source(source.start, source.end, name, "report", (("", name.strip("《》")),))


def _floating(
    readings: Sequence[_Reading], number: int, made: list[Statement], register: Register
) -> Iterator[Statement]:
    """Attribute a quotation without a frame: to the signature below it, or to whoever spoke right before."""
    page, unit = readings[number].page, readings[number].unit
    # A turn whose label names nobody is nobody's, not the last speaker's.
    quotes = [q for q in unit.quotes if q.left - q.start < 3 and _fills(page, unit, q.start, q.end)]
    if not quotes:
        return
    signed = signature_after([r.unit for r in readings[number + 1 : number + 6] if r.page is page], page)
    if signed is not None:
        actor = register.note(_moved(signed, page.offset))
        if actor is not None:
            register.last = register.last_person = actor
            for said in direct(page, quotes[0]):
                yield Statement(page, said, actor, "named", "", _moved(signed, page.offset), unit.lang, False)
        return
    beside = _teller(page, readings[number + 1 : number + 2], unit, register)
    if beside is not None:
        for quote in quotes:
            for said in direct(page, quote):
                yield Statement(page, said, beside.actor, beside.basis, "", None, unit.lang, False)
        return
    before, actor = readings[number - 1], made[-1].actor if made else None
    same = before.unit.par_id == unit.par_id and before.page is page
    between = page.text[made[-1].said.end : unit.start][:400] if made and made[-1].page is page else "." * 80
    near = same and made and before.unit.start <= made[-1].said.start
    if same and before.opened is not None and not before.frames:
        actor, near = before.opened, True
    if actor is not None and (near or (len(between.strip()) < 80 and between.count("\n\n") <= 1)):
        for quote in quotes:
            for said in direct(page, quote):
                yield Statement(page, said, actor, "continued", "", None, unit.lang, False)


def _teller(page: Page, following: Sequence[_Reading], unit: Unit, register: Register) -> Mention | None:
    """Return who acts in the sentence after a quotation that opens its paragraph: “……”他摇摇头。"""
    for reading in following:
        after = reading.unit
        opens = page.text[: unit.start].endswith("\n") or unit.start == 0
        if reading.page is not page or after.par_id != unit.par_id or not opens or reading.frames:
            return None
        clause = _CLAUSE.match(page.masked, after.start, after.end)
        source = doer(page.masked, after.start, clause.end(), register.known()) if clause else None
        return register.resolve(_moved(page.as_written(source), page.offset)) if source else None
    return None


def _fills(page: Page, unit: Unit, start: int, end: int) -> bool:
    """Tell whether a quotation is all there is in its unit."""
    outside = page.text[unit.start : start] + page.text[end : unit.end]
    return len(re.sub(r"\W", "", outside)) <= 4


def _goes_on(last: Statement, before: _Reading, reading: _Reading, report: bool, register: Register) -> bool:
    """Tell whether a sentence without a frame plainly goes on with the paraphrase before it."""
    same = before.page is reading.page is last.page and before.unit.par_id == reading.unit.par_id
    if not same or not last.open or last.said.mode == "direct":
        return False
    if last.said.end < before.unit.start:
        return False
    page, unit = reading.page, reading.unit
    if unit.lang != "en":
        opening = _opening(page, unit, register)
        if _PERSON_OPENS.match(page.folded, unit.start, unit.end) or opening is not None:
            return False
        # "… must lead. Beijing will build on its strengths": the author goes on where the demands end.
        demand = _DEMAND.match(page.folded, last.said.start)
        sentence = page.folded[unit.start : unit.end]
        return not (
            demand and (_NARRATED.search(sentence) or ("将" in sentence and not _DEMANDS.search(sentence)))
        )
    if not report:
        return False
    opening = leading_subject(page.masked, unit.start, unit.end)
    if opening is None or opening.kind == "organisation":
        return True
    named = opening.name.casefold() in register.actors or register.with_surname(opening.name, 0) is not None
    return opening.kind != "pronoun" and not named


_PERSON_OPENS = re.compile(r"(?:他|她)(?!们)")
_DEMAND = re.compile(r"[^，。]{0,12}(?:要|必须|应当|应该)")
_DEMANDS = re.compile(r"要|必须|应当|应该|需要|希望|不能|切实|着力")
_NARRATED = re.compile(r"以来|近年|目前|截至|如今|已|不断|日前|近日")
