"""Find the figures of a document that must agree with each other, and check them."""

from collections.abc import Iterator
from itertools import groupby, islice
from typing import Any, NamedTuple

import pandas as pd

from luntan._tables import check_table, make_table
from luntan.measurement.arithmetic import (
    Finding,
    Stated,
    check_range,
    check_whole,
    compare_growth,
    compare_points,
    compare_rank,
    compare_share,
    compare_sum,
    compare_times,
    date_fault,
    shown,
    words_of,
)
from luntan.measurement.intervals import Interval, allowed, unit_of_last_digit

CHANGES = ("growth", "decline", "增长", "下降")
TOTALS = ("total", "合计")
SHARES = ("share", "占")


class Figure(NamedTuple):
    """What the checks read in a row of the quantities table."""

    sent_id: int
    start: int
    end: int
    text: str
    value: float
    kind: str
    unit: str
    bound: str
    counted: str
    value2: float
    date: str
    date2: str


def check_arithmetic(quantities: pd.DataFrame) -> pd.DataFrame:
    """Check the figures of each document against each other, honouring rounding and bounds.

    One row is one check of one stated figure. Compared are only figures that stand together and whose
    `counted` says what they are to each other (a share, a growth, a total): sound text raises no alarm.

    Parameters
    ----------
    quantities : DataFrame
        From `luntan.quantities`.

    Returns
    -------
    DataFrame
        Columns `doc_id sent_id start end text check verdict stated computed reason evidence`: `check`
        is `share`, `sum`, `growth`, `rank`, or a fault of `range` or `date`; `verdict` is `holds`,
        `fails`, or `open` (undecided); `reason` says what would make a failing figure true;
        `evidence` holds the places of all figures involved, as `doc_id:start-end`.

    Examples
    --------
    >>> from luntan import make_corpus, quantities, sentences
    >>> corpus = make_corpus({"a": "13 of 264 projects, or 10.2%.", "b": "企业264家，其中外企13家，占4.9%。"})
    >>> checks = check_arithmetic(quantities(sentences(corpus)))
    >>> checks.verdict.tolist(), checks.reason[0]
    (['fails', 'holds'], '13 of 264 is 4.9 %, not 10.2 %; 13 over 127 or 128 would be, or 27 over 264')
    """
    check_table(quantities, "quantities", "quantities")
    # A flagged figure proves nothing.
    usable = quantities.loc[quantities.flag.eq(""), ["doc_id", *Figure._fields]]
    # The rows leave pandas once: a frame for each of many short documents costs more than the checks.
    by_document: dict[str, list[Figure]] = {}
    for doc_id, *fields in usable.to_numpy().tolist():
        by_document.setdefault(doc_id, []).append(Figure(*fields))
    rows: list[tuple[Any, ...]] = []
    for doc_id, unsorted in by_document.items():
        figures = sorted(unsorted, key=lambda figure: figure.start)
        stated = _stated(figures)
        findings = [*_shares(stated), *_wholes(stated), *_sums(stated), *_growths(stated), *_ranks(stated)]
        findings += [*_ranges(stated), *_dates(figures)]
        for found in sorted(findings, key=lambda one: one.figure.start):
            one = found.figure
            evidence = " ".join(f"{doc_id}:{other.start}-{other.end}" for other in (*found.others, one))
            place = (doc_id, one.sent_id, one.start, one.end, one.text, found.check, found.verdict)
            said = shown(one.value) if one.value == one.value else one.text
            rows.append((*place, said, found.computed, found.reason, evidence))
    return make_table("checks", rows)


def _stated(figures: list[Figure]) -> list[Stated]:
    """Return the figures of a document with the values they allow, in the order of the text."""
    stated = []
    for sent_id, start, end, text, value, kind, unit, bound, counted, value2, _, _ in figures:
        if value >= 0:
            last = unit_of_last_digit(text, value, kind)
            allows = allowed(value, bound, value2, last)
            stated.append(
                Stated(sent_id, start, end, text, value, kind, unit, bound, counted, last, allows, value2)
            )
    return stated


def _shares(figures: list[Stated]) -> Iterator[Finding]:
    """Yield a check of each share that follows a whole and a part of it."""
    waiting: list[Stated] = []
    whole: Stated | None = None
    place = 0
    while place < len(figures):
        figure = figures[place]
        place += 1
        if figure.kind in ("count", "money"):
            waiting.append(figure)
        elif figure.kind == "percent":
            run = _run_of_shares(figures, place - 1)
            known = whole if whole and figure.sent_id - whole.sent_id <= 1 else None
            triples = _triples(_near(waiting, figure), run, known)
            yield from (compare_share(*triple) for triple in triples)
            whole = triples[0][1] if triples else None
            waiting = []
            place += max(len(run) - 1, 0)


def _run_of_shares(figures: list[Stated], place: int) -> list[Stated]:
    """Return the shares in a row from `place` on: 分别占3.4%和12.9%."""
    run: list[Stated] = []
    for figure in islice(figures, place, place + 9):
        is_share = figure.kind == "percent" and figure.counted.startswith(SHARES)
        if not is_share or figure.unit == "percentage_point":
            break
        run.append(figure)
    return run


def _near(waiting: list[Stated], figure: Stated) -> list[Stated]:
    """Return the counts before the figure in its sentence; if it has none, those of the one before."""
    same = [one for one in waiting if one.sent_id == figure.sent_id]
    return same or [one for one in waiting if one.sent_id == figure.sent_id - 1]


def _triples(
    near: list[Stated], run: list[Stated], whole: Stated | None
) -> list[tuple[Stated, Stated, Stated]]:
    """Return part, whole and share, where it is plain which is which; else nothing."""
    if not run:
        return []
    if len(near) == 1 and whole and near[0].value <= whole.value and near[0].kind == whole.kind:
        return [(near[0], whole, run[0])]
    if len(near) != len(run) + 1 or len({one.kind for one in near}) > 1:
        return []
    largest = max(near, key=lambda one: one.value)
    if largest.value <= 0 or (len(run) > 1 and largest is not near[0]):
        return []
    parts = [one for one in near if one is not largest]
    return [(part, largest, share) for part, share in zip(parts, run, strict=True)]


def _sums(figures: list[Stated]) -> Iterator[Finding]:
    """Yield a check of each figure that is called the total of those before it in its sentence."""
    parts: list[Stated] = []
    for figure in figures:
        if parts and parts[-1].sent_id != figure.sent_id:
            parts = []
        if figure.kind not in ("count", "money"):
            continue
        if not figure.counted.startswith(TOTALS):
            parts.append(figure)
            continue
        alike = [part for part in parts if (part.unit, part.kind) == (figure.unit, figure.kind)][-9:]
        if len(alike) >= 2 and (figure.unit or _are_of_one_sort(alike, figure)):
            # 共30家，其中甲10家、乙20家，合计30家: the first is no part.
            tails = [compare_sum(alike[place:], figure) for place in range(len(alike) - 1)]
            yield next((tail for tail in tails if tail.verdict != "fails"), tails[0])
        parts = []


def _are_of_one_sort(parts: list[Stated], total: Stated) -> bool:
    """Tell whether parts and total name the same thing, or say it once for all."""
    nouns = {part.counted for part in parts if part.counted}
    whole = total.counted.removeprefix("合计").removeprefix("total").strip()
    return len(nouns) <= 1 and (not whole or all(words_of(whole) & words_of(noun) for noun in nouns))


def _growths(figures: list[Stated]) -> Iterator[Finding]:
    """Yield a check of each growth or multiple beside the only two levels of its sentence."""
    for _, group in groupby(figures, key=lambda figure: figure.sent_id):
        sentence = list(group)
        for place, figure in enumerate(sentence):
            others = sentence[:place] + sentence[place + 1 :]
            # A multiple says less than a growth of what it speaks: the levels must name their unit or thing.
            named = len(others) == 2 and bool(others[0].unit or others[0].counted)
            if figure.unit == "times" and named and _are_two_levels(others) and others[0].kind != "percent":
                yield compare_times(others[0], others[1], figure)
            levels = sentence[:place]
            if (
                figure.kind != "percent"
                or not figure.counted.endswith(CHANGES)
                or not _are_two_levels(levels)
            ):
                continue
            if figure.unit == "percentage_point" and levels[0].kind == "percent":
                yield compare_points(levels[0], levels[1], figure)
            elif figure.unit == "%" and levels[0].kind != "percent":
                yield compare_growth(levels[0], levels[1], figure)


def _are_two_levels(levels: list[Stated]) -> bool:
    if len(levels) != 2 or min(level.value for level in levels) <= 0:
        return False
    first, second = levels
    if any(level.kind not in ("count", "money", "other", "percent") for level in levels):
        return False
    if any(
        level.counted.endswith(CHANGES) or level.unit in ("times", "percentage_point") for level in levels
    ):
        return False
    alike = first.counted == second.counted or not first.counted or not second.counted
    return (first.kind, first.unit) == (second.kind, second.unit) and alike


def _ranks(figures: list[Stated]) -> Iterator[Finding]:
    """Yield a check of each rank; its base is the number beside it that counts what is ranked."""
    for before, figure, after in zip([None, *figures], figures, [*figures[1:], None], strict=False):
        if figure.kind == "ordinal" and figure.unit == "rank":
            beside = [
                one
                for one in (before, after)
                if one and one.sent_id == figure.sent_id and one.kind == "count"
            ]
            bases = [one for one in beside if one.counted and one.counted == figure.counted]
            yield compare_rank(figure, bases[0] if bases else None)


def _ranges(figures: list[Stated]) -> Iterator[Finding]:
    for figure in figures:
        if figure.bound == "range" and figure.upper < figure.value:
            yield check_range(figure, figure.upper)


def _wholes(figures: list[Stated]) -> Iterator[Finding]:
    for figure in figures:
        part = figure.kind == "percent" and figure.unit == "%" and figure.counted.startswith(SHARES)
        if part and figure.allows.low > 100:
            yield check_whole(figure)


def _dates(figures: list[Figure]) -> Iterator[Finding]:
    """Yield each date that no calendar has, and each span of dates that ends before it begins."""
    for sent_id, start, end, text, value, kind, _, _, _, _, date, date2 in figures:
        if date and (fault := date_fault(date, date2)):
            figure = Stated(sent_id, start, end, text, value, kind, "", "exact", "", 0.0, Interval(0.0, 0.0))
            yield Finding(figure, "date", "fails", fault[1], fault[0], [])
