"""The page that says how far the report can be trusted: what was not read, not attributed, not themed."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import pandas as pd

from luntan.attribution import unattributed
from luntan.evidence import tally
from luntan.lexical import untouched
from luntan.measurement import check_arithmetic
from luntan.site.documents import Tables, named_rows
from luntan.site.markup import Frame, mixed
from luntan.site.prose import Place
from luntan.site.tables import table
from luntan.site.tongue import Tongue

QUALITY = "quality.html"
# The ways in which a speaker was found, the surest first.
BASES = ("named", "surname", "pronoun", "continued", "collective")
LONGEST = 200


class Quality(NamedTuple):
    """What a reader must know before trusting the tables; all rows are rows of them."""

    unread: pd.DataFrame
    outside: pd.DataFrame
    bases: dict[str, int]
    covered: float
    nobodys: pd.DataFrame
    subjects: pd.DataFrame
    checks: pd.DataFrame
    flagged: pd.DataFrame

    def summary(self, tongue: Tongue) -> Iterator[str]:
        """Say it in a few sentences."""
        verdicts = Counter(self.checks["verdict"])
        bases = ", ".join(f"{tongue.name_of(basis)} {n}" for basis, n in self.bases.items())
        facts: list[tuple[str, dict[str, object]]] = [
            ("Statements by how their speaker was found: {bases}.", {"bases": bases or 0}),
            (
                "Share of the running text that is somebody's reported words: {share} %.",
                {"share": round(100 * self.covered)},
            ),
            ("Quotations without a speaker: {n}.", {"n": len(self.nobodys)}),
            (
                "Figures checked against neighbours: {n}; {holds} hold, {fails} fail, {open} stay open.",
                {"n": len(self.checks), **{name: verdicts[name] for name in ("holds", "fails", "open")}},
            ),
            ("Numerals that look damaged or are mere identifiers: {n}.", {"n": len(self.flagged)}),
            ("Sentences whose subject no theme names: {n}.", {"n": len(self.subjects)}),
            ("Rules found all this, and nobody has read every row: check ten of each kind before use.", {}),
        ]
        yield from (tongue.say(text, **values) for text, values in facts)


def judge(tables: Tables) -> Quality:
    """Gather what the quality page tells."""
    said = tables.statements[["doc_id", "start", "end"]].sort_values(["doc_id", "start", "end"])
    length = int((tables.sentences["end"] - tables.sentences["start"]).sum())
    missed = untouched(tables.sentences, tables.themes)
    found = Counter(tables.statements["basis"])
    return Quality(
        unread=tables.corpus[(tables.corpus["status"] != "ok")],
        outside=tables.outside,
        bases={basis: found[basis] for basis in BASES if found[basis]},
        covered=_length_of(said) / length if length else 0.0,
        nobodys=unattributed(tables.sentences),
        subjects=missed[missed["reason"] == "other"],
        checks=check_arithmetic(tables.quantities),
        flagged=tables.quantities[tables.quantities["flag"] != ""],
    )


def _length_of(spans: pd.DataFrame) -> int:
    """Count the characters of spans in order; those of two spans once."""
    length, last, reached = 0, "", 0
    for doc_id, start, end in spans.itertuples(index=False):
        reached = reached if doc_id == last else 0
        length += max(0, end - max(start, reached))
        last, reached = doc_id, max(reached, end)
    return length


def quality_page(quality: Quality, place: Place, frame: Frame) -> str:
    """Make the page: the sentences of the summary, then the rows behind them."""
    title = place.tongue.say("How sure is this")
    lines = "".join(f"<li>{mixed(line)}</li>" for line in quality.summary(place.tongue))
    main = [f"<h1>{mixed(title)}</h1>", f"<ul>{lines}</ul>", *_sections(quality, place)]
    return frame.page(QUALITY, title, "\n".join(main))


def _sections(quality: Quality, place: Place) -> Iterator[str]:
    def section(name: str, heading: str, head: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
        if not rows:
            return ""
        title, names = place.tongue.say(heading), [place.tongue.name_of(column) for column in head]
        shown = table(title, names, rows[:LONGEST])
        more = place.tongue.say("The first {n} of {all}.", n=LONGEST, all=len(rows))
        rest = f"<p>{mixed(more)}</p>" if len(rows) > LONGEST else ""
        return f'<h2 id="{name}">{mixed(title)} <small>{len(rows)}</small></h2>\n{shown}{rest}'

    def link(row: Any) -> str:
        return place.evidence.links([(row.doc_id, row.start, row.end)], place.here)

    def texts(rows: pd.DataFrame, *columns: str) -> list[list[str]]:
        return [
            [
                link(row),
                *(mixed(place.tongue.name_of(getattr(row, column))) for column in columns),
                mixed(row.text),
            ]
            for row in named_rows(rows)
        ]

    unread = [
        [
            f'<a href="{place.evidence.address(row.doc_id, place.here)}">{mixed(row.doc_id)}</a>',
            mixed(row.path),
            mixed(place.tongue.name_of(row.status)),
            mixed(row.reason),
        ]
        for row in named_rows(quality.unread)
    ]
    yield section(
        "unread", "Files not read, or read with doubts", ["document", "path", "status", "reason"], unread
    )
    reasons = [
        [mixed(place.tongue.name_of(row.reason)), str(row.n), place.evidence.cell(row.evidence, place.here)]
        for row in named_rows(tally(quality.outside, "reason"))
    ]
    yield section("outside", "Lines left out of the analysis", ["reason", "n", "characters"], reasons)
    checks = quality.checks[quality.checks["verdict"] != "holds"]
    failed = [
        [
            mixed(row.text),
            mixed(place.tongue.name_of(row.verdict)),
            mixed(row.reason),
            place.evidence.cell(row.evidence, place.here),
        ]
        for row in named_rows(checks)
    ]
    yield section(
        "checks", "Figures that fail or stay open", ["text", "verdict", "reason", "characters"], failed
    )
    yield section(
        "flagged", "Flagged numerals", ["characters", "flag", "text"], texts(quality.flagged, "flag")
    )
    yield section("nobodys", "Quotations without a speaker", ["characters", "text"], texts(quality.nobodys))
    yield section("subjects", "Sentences no theme touches", ["characters", "text"], texts(quality.subjects))
