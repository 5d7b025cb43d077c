"""The page of a document: its text with every statement, quantity and theme marked, and notes on them."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import pandas as pd

from luntan.site.evidence import READ, Evidence
from luntan.site.marks import Mark, light_up, mark_up
from luntan.site.markup import Frame, escape, fold, han_runs, is_chinese, mixed
from luntan.site.tables import table
from luntan.site.tongue import ENGLISH, Tongue

# The labels of a theme in English and in Chinese, by its key.
Labels = Mapping[str, tuple[str, str]]
BOUNDS = {"at_least": "at least {value}", "at_most": "at most {value}", "about": "about {value}"}
# The columns whose values are words of ours, not of the text.
CODED = {"mode", "basis", "kind", "act", "flag"}
KINDS = ("statement", "quantity", "theme")
EXCERPT = 90
_HEADING = re.compile(r"#+\s")


def named_rows(table: pd.DataFrame) -> Iterator[Any]:
    """Yield the rows of a table, their fields as attributes."""
    yield from table.itertuples(index=False)


class Tables(NamedTuple):
    """The tables of a corpus that its pages show."""

    corpus: pd.DataFrame
    outside: pd.DataFrame
    sentences: pd.DataFrame
    statements: pd.DataFrame
    quantities: pd.DataFrame
    themes: pd.DataFrame
    roster: pd.DataFrame

    def by_document(self) -> Iterator[tuple[Any, "Tables"]]:
        """Yield the corpus row of each document with the part of every table that is about it."""
        parts = [dict(tuple(part.groupby("doc_id", sort=False))) for part in self]
        for row in named_rows(self.corpus):
            mine = (part.get(row.doc_id, whole.iloc[:0]) for part, whole in zip(parts, self, strict=True))
            yield row, Tables(*mine)


@dataclass(frozen=True)
class Passage:
    """A paragraph of the body, or (with `reason`) a line that is not part of it."""

    start: int
    end: int
    lang: str
    reason: str = ""


def document_page(
    document: Any, tables: Tables, *, evidence: Evidence, frame: Frame, labels: Labels
) -> tuple[str, str]:
    """Make the page of one document and the style rules that it needs.

    `document` is its row of the corpus, `tables` are its rows of all tables, `labels` name the themes.
    """
    here = f"documents/{evidence.names[document.doc_id]}.html"
    tongue = frame.tongue
    named = {theme: tongue.pair(*label) for theme, label in labels.items()}
    passages = list(_passages(document, tables))
    marks = [*_anchors(tables, evidence.cited[document.doc_id], named, tongue), *_languages(tables)]
    shown, cut = mark_up(document.text, [(passage.start, passage.end) for passage in passages], marks)
    margins = _margins(passages, tables, named, tongue)
    main = "\n".join(
        [
            f"<h1>{mixed(document.title or document.doc_id)}</h1>",
            _about(document, evidence, here, tongue),
            _text(document.text, passages, shown, margins, tongue) if document.status in READ else "",
            *_tables(tables, named, evidence, here, tongue),
        ]
    )
    styles = [tongue.folder + here.replace(".html", ".css")] if cut else []
    return frame.page(here, document.title or document.doc_id, main, styles=styles), light_up(cut)


def _about(document: Any, evidence: Evidence, here: str, tongue: Tongue) -> str:
    """List what is known of the document, and where the report cites it."""
    names = ("doc_id", "publisher", "date", "lang", "kind", "path", "encoding", "status", "reason", "sha256")
    fields = [(name, mixed(getattr(document, name))) for name in names if getattr(document, name)]
    pages = sorted(evidence.cited_on[document.doc_id] - {here})
    links = [f'<a href="../{page}">{escape(page.removesuffix(".html"))}</a>' for page in pages]
    if links:
        fields.append(("cited in", ", ".join(links)))
    return (
        "<dl>"
        + "".join(
            f"<div><dt>{mixed(tongue.name_of(name))}</dt><dd>{value}</dd></div>" for name, value in fields
        )
        + "</dl>"
    )


def _passages(document: Any, tables: Tables) -> Iterator[Passage]:
    """Cut the whole text into paragraphs and lines outside the body, so that no character is lost."""
    body = document.body_start, document.body_end
    starts: dict[int, tuple[str, str]] = {}
    for _, par in tables.sentences.groupby("par_id", sort=True):
        chinese = all(_is_chinese(*pair) for pair in zip(par["lang"], par["text"], strict=True))
        starts[int(par["start"].iloc[0])] = ("zh" if chinese else "en", "")
    for line in named_rows(tables.outside):
        starts[int(line.start)] = ("en", line.reason)
    parts = [(0, body[0], "outside the body"), (*body, ""), (body[1], len(document.text), "outside the body")]
    for left, right, reason in parts:
        inside = sorted(start for start in starts if left <= start < right) or [left]
        # The blanks before the first line belong to it.
        for start, end in zip([left, *inside[1:]], [*inside[1:], right], strict=True):
            if start < end:
                lang, why = starts.get(inside[0] if start == left else start, ("en", reason))
                yield Passage(start, end, lang, why)


def _is_chinese(lang: str, text: str) -> bool:
    return is_chinese(text) if lang == "mixed" else lang == "zh"


def _languages(tables: Tables) -> Iterator[Mark]:
    """Mark the Chinese sentences, and the Chinese words of English ones."""
    for row in named_rows(tables.sentences):
        if _is_chinese(row.lang, row.text):
            yield Mark(row.start, row.end, lang="zh")
        else:
            for start, end in han_runs(row.text):
                yield Mark(row.start + start, row.start + end, lang="zh")
    for row in named_rows(tables.outside):
        for start, end in han_runs(row.text):
            yield Mark(row.start + start, row.start + end, lang="zh")


def _anchors(
    tables: Tables, cited: Iterable[tuple[int, int]], labels: dict[str, str], tongue: Tongue
) -> list[Mark]:
    """Gather all spans that links may lead to; one mark for each span, whatever it is."""
    notes: dict[tuple[int, int], dict[str, str]] = {}
    for kind, row, note in _remarks(tables, labels, tongue):
        notes.setdefault((row.start, row.end), {})[kind] = f"{tongue.name_of(kind)}: {note}"
    for span in [*((row.start, row.end) for row in named_rows(tables.roster)), *cited]:
        notes.setdefault(span, {})
    return [
        Mark(start, end, tuple(kind for kind in KINDS if kind in found), "; ".join(found.values()))
        for (start, end), found in sorted(notes.items())
        if start < end
    ]


def _remarks(tables: Tables, labels: dict[str, str], tongue: Tongue) -> Iterator[tuple[str, Any, str]]:
    """Yield what there is to say of each statement, quantity and theme hit: its kind, its row, a note."""
    for row in named_rows(tables.statements):
        who = (row.speaker or tongue.say("speaker not named"), row.organisation, tongue.name_of(row.mode))
        yield "statement", row, ", ".join(filter(None, who))
    for row in named_rows(tables.quantities):
        unit = row.unit if row.unit == "%" else f" {row.unit}".rstrip()
        parts = (value_of(row, tongue) + unit, row.counted, tongue.name_of(row.flag))
        yield "quantity", row, ", ".join(filter(None, parts))
    for row in named_rows(tables.themes):
        yield "theme", row, labels.get(row.theme, row.theme)


def _margins(
    passages: Sequence[Passage], tables: Tables, labels: dict[str, str], tongue: Tongue
) -> list[str]:
    """Make the notes beside each passage; what is said twice of a passage is one note with a number."""
    starts = [passage.start for passage in passages]
    notes: list[dict[tuple[str, str], list[Any]]] = [{} for _ in passages]
    for kind, row, note in _remarks(tables, labels, tongue):
        notes[bisect_right(starts, row.start) - 1].setdefault((kind, note), []).append(row)
    return [
        "".join(
            f'<li class="of-{kind}"><a href="#c{rows[0].start}-{rows[0].end}">{mixed(note)}</a>'
            + (f" ×{len(rows)}" if len(rows) > 1 else "")
            + "</li>"
            for (kind, note), rows in found.items()
        )
        for found in notes
    ]


def _text(
    text: str, passages: Sequence[Passage], shown: Sequence[str], margins: Sequence[str], tongue: Tongue
) -> str:
    """Show the body with notes in the margin, and behind a fold the lines that are not part of it."""
    body, outside = [], []
    for passage, markup, margin in zip(passages, shown, margins, strict=True):
        if passage.reason:
            outside.append(f"<li>{markup} <small>({mixed(tongue.name_of(passage.reason))})</small></li>")
        else:
            kind = ' class="heading"' if _HEADING.match(text, passage.start) else ""
            notes = f'<ul class="margin">{margin}</ul>' if margin else ""
            body.append(f'<div><p lang="{passage.lang}"{kind}>{markup}</p>{notes}</div>')
    parts = []
    if body:
        parts += [
            f"<h2>{mixed(tongue.say('Text'))}</h2>",
            _legend(tongue),
            '<div id="text">',
            *body,
            "</div>",
        ]
    if outside:
        lines = mixed(tongue.say("Left out of the analysis: {n} lines", n=len(outside)))
        parts.append(fold(lines, f"<ul>{''.join(outside)}</ul>", "outside"))
    return "\n".join(parts)


def _legend(tongue: Tongue) -> str:
    """Make the boxes that show and hide marks and notes of a kind; style rules do it."""
    boxes = "".join(
        f'<label><input type="checkbox" id="show-{kind}" checked> '
        f'<span class="{kind}">{mixed(tongue.name_of(kind))}</span></label> '
        for kind in KINDS
    )
    title = mixed(tongue.say("Marks and notes shown"))
    return f'<fieldset class="legend"><legend>{title}</legend>{boxes}</fieldset>'


def _tables(
    tables: Tables, labels: dict[str, str], evidence: Evidence, here: str, tongue: Tongue
) -> Iterator[str]:
    """Make the tables below the text; every row leads back into it."""

    def cells(row: Any, columns: Sequence[str], text: str = "") -> list[str]:
        link = evidence.link(row.doc_id, row.start, row.end, here, text)
        fields = [(column, getattr(row, column)) for column in columns]
        return [
            link,
            *(mixed(tongue.name_of(value) if column in CODED else value) for column, value in fields),
        ]

    def section(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
        if not rows:
            return ""
        name, names = tongue.say(title), [tongue.name_of(column) for column in head]
        heading = f'<h2 id="{title.lower()}">{mixed(name)} <small>{len(rows)}</small></h2>'
        return f"{heading}\n{table(name, names, rows)}"

    columns = ["speaker", "role", "organisation", "mode", "basis"]
    said = [[*cells(row, columns), mixed(_shorten(row.text))] for row in named_rows(tables.statements)]
    yield section("Statements", ["characters", *columns, "begins"], said)

    columns = ["counted", "unit", "kind", "period", "flag"]
    stated = [(value_of(row, tongue), cells(row, columns, row.text)) for row in named_rows(tables.quantities)]
    counted = [[link, mixed(value), *others] for value, (link, *others) in stated]
    yield section("Quantities", ["text", "value", *columns], counted)

    found = [
        [mixed(labels.get(str(theme), str(theme))), str(len(hits)), evidence.links(locators(hits), here)]
        for theme, hits in tables.themes.groupby("theme", sort=True)
    ]
    yield section("Themes", ["theme", "n", "characters"], found)

    columns = ["name_zh", "role", "organisation", "act"]
    people = [cells(row, columns, row.speaker or row.text) for row in named_rows(tables.roster)]
    yield section("People", ["person", *columns], people)


def locators(rows: pd.DataFrame) -> Iterator[tuple[str, int, int]]:
    """Yield document, start and end of each row."""
    yield from zip(rows["doc_id"], rows["start"].astype(int), rows["end"].astype(int), strict=True)


def value_of(row: Any, tongue: Tongue = ENGLISH) -> str:
    """Say what a quantity is in figures: `at least 3,000`, `2019 to 2020`, `about 10.2`."""
    numbers = [f"{number:,.15g}" for number in (row.value, row.value2) if pd.notna(number)]
    parts = numbers or [date for date in (row.date, row.date2) if date]
    value = tongue.say("{low} to {high}", low=parts[0], high=parts[1]) if len(parts) == 2 else "".join(parts)
    bound = BOUNDS.get(row.bound, "")
    return tongue.say(bound, value=value) if bound else value


def _shorten(text: str) -> str:
    return text if len(text) <= EXCERPT else text[: EXCERPT - 1].rstrip() + "…"
