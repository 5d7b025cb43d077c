"""The page of a document: its text with every statement, quantity and theme marked, and notes on them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import pandas as pd

from luntan.site.evidence import READ, Evidence
from luntan.site.marks import Mark, light_up, mark_up
from luntan.site.markup import HAN, Frame, escape, fold, han_runs, mixed
from luntan.site.tables import table

KINDS = ("statement", "quantity", "theme")
EXCERPT = 90
_HAN_CHARACTER = re.compile(f"[{HAN}]")
_HEADING = re.compile(r"#+\s")
_LATIN_WORD = re.compile("[A-Za-z]+")


def rows_of(table: pd.DataFrame) -> Iterator[Any]:
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
        for row in rows_of(self.corpus):
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
    document: Any, tables: Tables, *, evidence: Evidence, frame: Frame, labels: dict[str, str]
) -> tuple[str, str]:
    """Make the page of one document and the style rules that it needs.

    `document` is its row of the corpus, `tables` are its rows of all tables, `labels` name the themes.
    """
    here = f"documents/{evidence.names[document.doc_id]}.html"
    passages = list(_passages(document, tables))
    marks = [*_anchors(tables, evidence.cited[document.doc_id], labels), *_languages(tables)]
    shown, cut = mark_up(document.text, [(passage.start, passage.end) for passage in passages], marks)
    main = "\n".join(
        [
            f"<h1>{mixed(document.title or document.doc_id)}</h1>",
            _about(document, evidence, here),
            _text(document.text, passages, shown) if document.status in READ else "",
            *_notes(tables, labels, evidence, here),
        ]
    )
    styles = [here.replace(".html", ".css")] if cut else []
    return frame.page(here, document.title or document.doc_id, main, styles=styles), light_up(cut)


def _about(document: Any, evidence: Evidence, here: str) -> str:
    """List what is known of the document, and where the report cites it."""
    names = ("doc_id", "publisher", "date", "lang", "kind", "path", "encoding", "status", "reason", "sha256")
    fields = [(name, mixed(getattr(document, name))) for name in names if getattr(document, name)]
    pages = sorted(evidence.cited_on[document.doc_id] - {here})
    links = [f'<a href="../{page}">{escape(page.removesuffix(".html"))}</a>' for page in pages]
    if links:
        fields.append(("cited in", ", ".join(links)))
    return "<dl>" + "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in fields) + "</dl>"


def _passages(document: Any, tables: Tables) -> Iterator[Passage]:
    """Cut the whole text into paragraphs and lines outside the body, so that no character is lost."""
    body = document.body_start, document.body_end
    starts: dict[int, tuple[str, str]] = {}
    for _, par in tables.sentences.groupby("par_id", sort=True):
        chinese = all(_is_chinese(*pair) for pair in zip(par["lang"], par["text"], strict=True))
        starts[int(par["start"].iloc[0])] = ("zh" if chinese else "en", "")
    for line in rows_of(tables.outside):
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
    if lang != "mixed":
        return lang == "zh"
    return len(_HAN_CHARACTER.findall(text)) > len(_LATIN_WORD.findall(text))


def _languages(tables: Tables) -> Iterator[Mark]:
    """Mark the Chinese sentences, and the Chinese words of English ones."""
    for row in rows_of(tables.sentences):
        if _is_chinese(row.lang, row.text):
            yield Mark(row.start, row.end, lang="zh")
        else:
            for start, end in han_runs(row.text):
                yield Mark(row.start + start, row.start + end, lang="zh")
    for row in rows_of(tables.outside):
        for start, end in han_runs(row.text):
            yield Mark(row.start + start, row.start + end, lang="zh")


def _anchors(tables: Tables, cited: Iterable[tuple[int, int]], labels: dict[str, str]) -> list[Mark]:
    """Gather all spans that links may lead to; one mark for each span, whatever it is."""
    notes: dict[tuple[int, int], dict[str, str]] = {}
    for row in rows_of(tables.statements):
        who = ", ".join(filter(None, (row.speaker or "speaker not named", row.organisation, row.mode)))
        notes.setdefault((row.start, row.end), {})["statement"] = f"statement: {who}"
    for row in rows_of(tables.quantities):
        notes.setdefault((row.start, row.end), {})["quantity"] = f"quantity: {value_of(row)}"
    for row in rows_of(tables.themes):
        notes.setdefault((row.start, row.end), {})["theme"] = f"theme: {labels.get(row.theme, row.theme)}"
    for row in rows_of(tables.roster):
        notes.setdefault((row.start, row.end), {})
    for span in cited:
        notes.setdefault(span, {})
    return [
        Mark(start, end, tuple(kind for kind in KINDS if kind in found), "; ".join(found.values()))
        for (start, end), found in sorted(notes.items())
        if start < end
    ]


def _text(text: str, passages: Sequence[Passage], shown: Sequence[str]) -> str:
    """Show the body, and behind a fold the lines that are not part of it."""
    body, outside = [], []
    for passage, markup in zip(passages, shown, strict=True):
        if passage.reason:
            outside.append(f"<li>{markup} <small>({escape(passage.reason)})</small></li>")
        else:
            kind = ' class="heading"' if _HEADING.match(text, passage.start) else ""
            body.append(f'<p lang="{passage.lang}"{kind}>{markup}</p>')
    parts = []
    if body:
        parts += ["<h2>Text</h2>", LEGEND, '<div id="text">', *body, "</div>"]
    if outside:
        lines = "one line" if len(outside) == 1 else f"{len(outside)} lines"
        parts.append(fold(f"Left out of the analysis: {lines}", f"<ul>{''.join(outside)}</ul>", "outside"))
    return "\n".join(parts)


LEGEND = (
    '<fieldset class="legend"><legend>Marks shown</legend>'
    + "".join(
        f'<label><input type="checkbox" id="show-{kind}" checked> <span class="{kind}">{kind}</span></label> '
        for kind in KINDS
    )
    + "</fieldset>"
)


def _notes(tables: Tables, labels: dict[str, str], evidence: Evidence, here: str) -> Iterator[str]:
    """Make the tables below the text; every row leads back into it."""

    def cells(row: Any, columns: Sequence[str], text: str = "") -> list[str]:
        link = evidence.link(row.doc_id, row.start, row.end, here, text)
        return [link, *(mixed(getattr(row, column)) for column in columns)]

    columns = ["speaker", "role", "organisation", "mode", "basis"]
    said = [[*cells(row, columns), mixed(_shorten(row.text))] for row in rows_of(tables.statements)]
    yield _section("Statements", ["characters", *columns, "begins"], said)

    columns = ["counted", "unit", "kind", "period", "flag"]
    stated = [(value_of(row), cells(row, columns, row.text)) for row in rows_of(tables.quantities)]
    counted = [[link, mixed(value), *others] for value, (link, *others) in stated]
    yield _section("Quantities", ["text", "value", *columns], counted)

    found = [
        [mixed(labels.get(str(theme), str(theme))), str(len(hits)), evidence.links(locators(hits), here)]
        for theme, hits in tables.themes.groupby("theme", sort=True)
    ]
    yield _section("Themes", ["theme", "n", "characters"], found)

    columns = ["name_zh", "role", "organisation", "act"]
    people = [cells(row, columns, row.speaker or row.text) for row in rows_of(tables.roster)]
    yield _section("People", ["person", *columns], people)


def _section(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    if not rows:
        return ""
    return f'<h2 id="{title.lower()}">{title} <small>{len(rows)}</small></h2>\n{table(title, head, rows)}'


def locators(rows: pd.DataFrame) -> Iterator[tuple[str, int, int]]:
    """Yield document, start and end of each row."""
    yield from zip(rows["doc_id"], rows["start"].astype(int), rows["end"].astype(int), strict=True)


def value_of(row: Any) -> str:
    """Say what a quantity is in figures: `at_least 3,000`, `2019 to 2020`, `about 10.2`."""
    numbers = [f"{number:,.15g}" for number in (row.value, row.value2) if pd.notna(number)]
    parts = numbers or [date for date in (row.date, row.date2) if date]
    bound = {"exact": "", "at_least": "at least ", "at_most": "at most ", "about": "about "}.get(
        row.bound, ""
    )
    return bound + " to ".join(parts)


def _shorten(text: str) -> str:
    return text if len(text) <= EXCERPT else text[: EXCERPT - 1].rstrip() + "…"
