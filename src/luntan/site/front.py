"""The first page: the answers, four figures, who spoke, how sure that is, and the way to all the rest."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from luntan.site.documents import Tables, locators, named_rows
from luntan.site.evidence import READ
from luntan.site.markup import Frame, fold, is_chinese, mixed
from luntan.site.notebooks import Notebook, Shelf
from luntan.site.prose import Place, prose
from luntan.site.quality import QUALITY, Quality
from luntan.site.tables import table

FINDINGS = "06-findings"
FIGURES = 4
# The speakers shown at first, and those behind a fold.
FIRST, SPEAKERS = 8, 60
_ORIGIN = re.compile(r"\*\*[^*]*(\bdata\b|\bprovenance\b|数据|来源)", re.IGNORECASE)


def front_page(
    tables: Tables, quality: Quality, notebooks: Sequence[Notebook], place: Place, shelf: Shelf, frame: Frame
) -> str:
    """Make the index."""
    parts = [
        '<h1>luntan <span lang="zh">论坛</span></h1>',
        f'<p class="lead">{mixed(_summary(tables, place))}</p>',
        *_answers(notebooks, place),
        *_figures(notebooks, place, shelf),
        *_speakers(tables, place),
        *_sureness(tables, quality, place),
        *_cards(notebooks, place),
        *_documents(tables, place),
    ]
    return frame.page(place.here, "luntan 论坛", "\n".join(parts))


def _summary(tables: Tables, place: Place) -> str:
    say = place.tongue.say
    if tables.corpus.empty:
        return say(
            "No reports were found: the folder is empty. Put your files into it and build the report again."
        )
    read = int(tables.corpus["status"].isin(READ).sum())
    counts = say(
        "Documents: {documents}; sentences: {sentences}; statements: {statements}; quantities: {quantities}.",
        documents=f"{read:,}",
        sentences=f"{len(tables.sentences):,}",
        statements=f"{len(tables.statements):,}",
        quantities=f"{len(tables.quantities):,}",
    )
    left = len(tables.corpus) - read
    also = say("Files that could not be used: {n}; the list of documents says why.", n=left) if left else ""
    motto = say("Who said what, on which themes, with which numbers.")
    return " ".join(filter(None, (motto, counts, also)))


def _answers(notebooks: Sequence[Notebook], place: Place) -> Iterator[str]:
    findings = _findings(notebooks)
    if findings and findings.lead:
        how = mixed(place.tongue.say("How these answers were found"))
        more = f'<p><a href="notebooks/{findings.name}.html">{how}</a></p>'
        yield _section("answers", "The answers", prose(_gist(findings, place), place, demote=2) + more, place)


def _findings(notebooks: Sequence[Notebook]) -> Notebook | None:
    return next((notebook for notebook in notebooks if notebook.name == FINDINGS), None)


def _figures(notebooks: Sequence[Notebook], place: Place, shelf: Shelf) -> Iterator[str]:
    """Show the figures of the findings, then the first of each notebook, four in all."""
    findings = _findings(notebooks)
    known = {name: alt for notebook in notebooks for name, alt in notebook.figures}
    named = re.findall(r"[\w-]+", " ".join(findings.prose_cells)) if findings else []
    chosen = [name for name in named if name in known]
    chosen += [name for name, _ in findings.figures] if findings else []
    chosen += [notebook.figures[0][0] for notebook in notebooks if notebook.figures] + list(known)
    shown = [name for name in dict.fromkeys(chosen) if (shelf.figures / f"{name}.png").exists()][:FIGURES]
    if shown:
        figures = "\n".join(shelf.show(name, known[name], place) for name in shown)
        yield _section("figures", "Figures", f'<div class="pair">\n{figures}\n</div>', place)


def _gist(notebook: Notebook, place: Place) -> str:
    """Return the lead in the interface's language, without where the data come from: the notebook says it."""
    parts = [part for part in re.split(r"\n\s*\n", notebook.lead) if not _ORIGIN.match(part)]
    chinese = [is_chinese(part) for part in parts]
    wanted = [part for part, zh in zip(parts, chinese, strict=True) if zh == (place.tongue.lang != "en")]
    return "\n\n".join(wanted or parts)


def _sureness(tables: Tables, quality: Quality, place: Place) -> Iterator[str]:
    """Say in a few lines how far all this can be trusted, and lead to the page that lists what is behind."""
    if tables.sentences.empty:
        return
    lines = "".join(f"<li>{mixed(line)}</li>" for line in quality.summary(place.tongue))
    more = mixed(place.tongue.say("All of it, row by row"))
    yield _section(
        "sure", "How sure is this", f'<ul>{lines}</ul><p><a href="{QUALITY}">{more}</a></p>', place
    )


def _cards(notebooks: Sequence[Notebook], place: Place) -> Iterator[str]:
    cards = "\n".join(
        f'<li><h3><a href="notebooks/{notebook.name}.html">{mixed(notebook.title)}</a></h3>\n'
        f"{prose(_gist(notebook, place), place, demote=3)}</li>"
        for notebook in notebooks
        if notebook is not _findings(notebooks)
    )
    if cards:
        yield _section("notebooks", "The way there", f'<ol class="cards">\n{cards}\n</ol>', place)


def _speakers(tables: Tables, place: Place) -> Iterator[str]:
    say, people = place.tongue.say, _people(tables)
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
    head = [
        place.tongue.name_of(name) for name in ("person", "role", "organisation", "statements", "named at")
    ]
    inner = table(say("Who spoke"), head, rows[:FIRST])
    if rows[FIRST:]:
        rest = table(say("The others who spoke"), head, rows[FIRST:])
        inner += fold(mixed(say("{n} more", n=len(rows) - FIRST)), rest)
    if len(people) > SPEAKERS:
        most = say("The {n} who spoke most, of {all}.", n=SPEAKERS, all=len(people))
        inner += f"<p>{mixed(most)}</p>"
    yield _section("speakers", "Who spoke", inner, place)


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
    for row in named_rows(tables.corpus):
        address = place.evidence.address(row.doc_id, place.here)
        status = place.tongue.name_of(row.status) + (f": {row.reason}" if row.reason else "")
        fields = (row.publisher, row.date, row.lang, row.path, status)
        rows.append([f'<a href="{address}">{mixed(row.title or row.doc_id)}</a>', *map(mixed, fields)])
    names = ("document", "publisher", "date", "lang", "path", "status")
    head = [place.tongue.name_of(name) for name in names]
    yield _section("documents", "Documents", table(place.tongue.say("Documents"), head, rows), place)


def _section(name: str, title: str, inner: str, place: Place) -> str:
    return f'<section id="{name}">\n<h2>{mixed(place.tongue.say(title))}</h2>\n{inner}\n</section>'
