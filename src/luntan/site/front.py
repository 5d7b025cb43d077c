"""The first page: what the report is about, its answers, its figures, its documents and who spoke."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from luntan.site.documents import Tables, locators, rows_of
from luntan.site.evidence import READ
from luntan.site.markup import Frame, mixed
from luntan.site.notebooks import Notebook, Shelf
from luntan.site.prose import Place, prose
from luntan.site.tables import table

FINDINGS = "06-findings"
FIGURES = 4
SPEAKERS = 60
_ORIGIN = re.compile(r"\*\*[^*]*\b(data|provenance)\b", re.IGNORECASE)


def front_page(
    tables: Tables, notebooks: Sequence[Notebook], place: Place, shelf: Shelf, frame: Frame
) -> str:
    """Make the index."""
    parts = [
        '<h1>luntan <span lang="zh">论坛</span></h1>',
        f'<p class="lead">{_summary(tables)}</p>',
        *_answers(notebooks, place),
        *_figures(notebooks, place, shelf),
        *_cards(notebooks, place),
        *_speakers(tables, place),
        *_documents(tables, place),
    ]
    return frame.page(place.here, "luntan 论坛", "\n".join(parts))


def _summary(tables: Tables) -> str:
    if tables.corpus.empty:
        return (
            "No reports were found: the folder is empty. Put your files into it and build the report again."
        )
    read = int(tables.corpus["status"].isin(READ).sum())
    counts = [
        _count(read, "document"),
        _count(len(tables.sentences), "sentence"),
        _count(len(tables.statements), "statement"),
        _count(len(tables.quantities), "quantity", "quantities"),
    ]
    left = len(tables.corpus) - read
    also = f" {_count(left, 'file')} could not be used; the list of documents says why." if left else ""
    return (
        "Who said what, on which themes, with which numbers – and every mark leads back to the characters it "
        f"came from. {', '.join(counts[:-1])} and {counts[-1]}.{also}"
    )


def _count(n: int, one: str, many: str = "") -> str:
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def _answers(notebooks: Sequence[Notebook], place: Place) -> Iterator[str]:
    findings = _findings(notebooks)
    if findings and findings.lead:
        more = f'<p><a href="notebooks/{findings.name}.html">How these answers were found</a></p>'
        yield _section("answers", "The answers", prose(_gist(findings.lead), place, demote=2) + more)


def _findings(notebooks: Sequence[Notebook]) -> Notebook | None:
    return next((notebook for notebook in notebooks if notebook.name == FINDINGS), None)


def _figures(notebooks: Sequence[Notebook], place: Place, shelf: Shelf) -> Iterator[str]:
    """Show the figures of the findings, then the first of each notebook, four in all."""
    findings = _findings(notebooks)
    known = {name: alt for notebook in notebooks for name, alt in notebook.figures}
    named = re.findall(r"[\w-]+", " ".join(findings.prose_cells)) if findings else []
    chosen = [name for name, _ in findings.figures] if findings else []
    chosen += [name for name in named if name in known]
    chosen += [notebook.figures[0][0] for notebook in notebooks if notebook.figures] + list(known)
    shown = [name for name in dict.fromkeys(chosen) if (shelf.figures / f"{name}.png").exists()][:FIGURES]
    if shown:
        figures = "\n".join(shelf.show(name, known[name], place) for name in shown)
        yield _section("figures", "Figures", f'<div class="pair">\n{figures}\n</div>')


def _gist(lead: str) -> str:
    """Leave out where the data come from; the notebook says it."""
    return "\n\n".join(part for part in re.split(r"\n\s*\n", lead) if not _ORIGIN.match(part))


def _cards(notebooks: Sequence[Notebook], place: Place) -> Iterator[str]:
    if notebooks:
        cards = "\n".join(
            f'<li><h3><a href="notebooks/{notebook.name}.html">{mixed(notebook.title)}</a></h3>\n'
            f"{prose(_gist(notebook.lead), place, demote=3)}</li>"
            for notebook in notebooks
            if notebook is not _findings(notebooks)
        )
        if cards:
            yield _section("notebooks", "The way there", f'<ol class="cards">\n{cards}\n</ol>')


def _speakers(tables: Tables, place: Place) -> Iterator[str]:
    people = _people(tables)
    if not people:
        return
    rows = [
        [
            mixed(person["name"]),
            mixed(person["role"]),
            mixed(person["organisation"]),
            str(person["statements"]),
            place.evidence.links(person["spans"][:3], place.here),
        ]
        for person in people[:SPEAKERS]
    ]
    more = f"<p>The {SPEAKERS} who spoke most, of {len(people)}.</p>" if len(people) > SPEAKERS else ""
    head = ["person", "role", "organisation", "statements", "named at"]
    yield _section("speakers", "Who spoke", table("Who spoke", head, rows) + more)


def _people(tables: Tables) -> list[dict[str, Any]]:
    """Gather the roster by person, whichever script the name is in; most statements come first."""
    said = tables.statements["speaker"].value_counts().to_dict()
    spoke = tables.roster[(tables.roster["speaker"] != "") & (tables.roster["act"] != "mentioned")]
    people = []
    person_of = spoke["name_zh"].where(spoke["name_zh"] != "", spoke["speaker"])
    for name, rows in spoke.groupby(person_of, sort=True):
        names = sorted(set(rows["speaker"]) | {name}, key=lambda form: (not form.isascii(), form))
        person = {"name": " ".join(names), "statements": sum(said.get(form, 0) for form in names)}
        person |= {field: _first(rows[field]) for field in ("role", "organisation")}
        people.append(person | {"spans": list(dict.fromkeys(locators(rows)))})
    return sorted(people, key=lambda person: (-person["statements"], person["name"]))


def _first(values: pd.Series) -> str:
    return next((str(value) for value in values if value), "")


def _documents(tables: Tables, place: Place) -> Iterator[str]:
    if tables.corpus.empty:
        return
    rows = []
    for row in rows_of(tables.corpus):
        address = place.evidence.address(row.doc_id, place.here)
        status = row.status + (f": {row.reason}" if row.reason else "")
        fields = (row.publisher, row.date, row.lang, row.path, status)
        rows.append([f'<a href="{address}">{mixed(row.title or row.doc_id)}</a>', *map(mixed, fields)])
    head = ["document", "publisher", "date", "language", "file", "status"]
    yield _section("documents", "Documents", table("Documents", head, rows))


def _section(name: str, title: str, inner: str) -> str:
    return f'<section id="{name}">\n<h2>{title}</h2>\n{inner}\n</section>'
