"""Build the HTML report in two languages: first page, notebooks, documents, quality and search."""

import base64
import os
import re
import shutil
from collections.abc import Iterable, Sequence
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from luntan._tables import check_table
from luntan.attribution import statements_and_roster
from luntan.corpus import outside_body, sentences
from luntan.fonts import subset_woff2
from luntan.lexical import theme_lexicon, themes
from luntan.measurement import quantities
from luntan.site.documents import Labels, Tables, document_page, named_rows
from luntan.site.evidence import Evidence
from luntan.site.front import front_page
from luntan.site.markup import Frame
from luntan.site.notebooks import Notebook, Shelf, notebook_page, read_notebooks
from luntan.site.pdf import PDF
from luntan.site.prose import Place
from luntan.site.quality import QUALITY, Quality, judge, quality_page
from luntan.site.search import SEARCH, search_files
from luntan.site.tongue import Tongue, tongues

__all__ = ["build_site"]

Folder = str | os.PathLike[str]
PARTS = ("assets", "documents", "figures", "notebooks", "zh")
MARK = "assets/site.css"
# Where machines may lack a face: Chinese, its punctuation and full-width forms, arrows, circled digits.
RANGES = ((0x2190, 0x21FF), (0x2460, 0x24FF), (0x2E80, 0xFFEF), (0x20000, 0x3FFFF))


class Content(NamedTuple):
    """What the pages of all languages show."""

    tables: Tables
    quality: Quality
    notebooks: list[Notebook]
    labels: Labels


def build_site(
    corpus: pd.DataFrame, notebooks: Folder, *, figures: Folder, out: Folder, lexicon: Folder | None = None
) -> Path:
    """Build the report as a folder of pages that opens without a network or a server.

    The same input gives the same bytes. Nothing in a document can become markup.

    Parameters
    ----------
    corpus : DataFrame
        From `read_corpus` or `make_corpus`.
    notebooks : path
        A folder of executed notebooks; it may be empty.
    figures : path
        The folder that `save_figure` wrote to.
    out : path
        The folder to write: a new or empty one, or an earlier report, which is replaced.
    lexicon : path, optional
        A theme lexicon of your own; see `luntan.themes`.

    Returns
    -------
    Path
        The first page, `index.html`.

    Raises
    ------
    ValueError
        If `out` holds anything but an earlier report, or the lexicon cannot be read.
    """
    check_table(corpus, "corpus", "corpus")
    refuse_foreign_files(Path(out))
    read = read_notebooks(Path(notebooks))
    pages = make_pages(analyse(corpus, lexicon), read, Path(figures), lexicon)
    # An earlier report goes only now that there is a new one.
    target = _clear(Path(out))
    for file, data in sorted(pages.items()):
        path = target / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return target / "index.html"


def refuse_foreign_files(out: Path) -> None:
    """Raise ValueError unless `out` is new, an empty folder or an earlier report."""
    if out.exists() and not (out.is_dir() and ((out / MARK).is_file() or not any(out.iterdir()))):
        raise ValueError(f"out = {str(out)!r} is not an earlier report; name a new or an empty folder.")


def _clear(out: Path) -> Path:
    """Make the folder, or take an earlier report out of it and nothing else."""
    for file in ("index.html", QUALITY, SEARCH, PDF):
        (out / file).unlink(missing_ok=True)
    for part in PARTS:
        shutil.rmtree(out / part, ignore_errors=True)
    out.mkdir(parents=True, exist_ok=True)
    return out


def analyse(corpus: pd.DataFrame, lexicon: Folder | None = None) -> Tables:
    """Make the tables that the pages show."""
    sents = sentences(corpus)
    said, people = statements_and_roster(sents)
    return Tables(
        corpus,
        outside_body(corpus),
        sents,
        said,
        quantities(sents),
        themes(sents, lexicon=lexicon),
        people,
    )


def make_pages(
    tables: Tables, notebooks: list[Notebook], figures: Path, lexicon: Folder | None = None
) -> dict[str, bytes]:
    """Make every file of the site, by its path in it."""
    labels = {
        key: (str(entry.get("label", key)), str(entry.get("label_zh", "")))
        for key, entry in theme_lexicon(lexicon).items()
    }
    content = Content(tables, judge(tables), notebooks, labels)
    pictures = _figure_files(figures, {name for notebook in notebooks for name, _ in notebook.figures})
    pages: dict[str, str] = {}
    for tongue in tongues():
        shelf = Shelf(figures)
        pages |= _pages_of(content, shelf, list(pictures), tongue)
        pictures |= shelf.pictures
    pages[MARK] = _style_sheet(pages.values())
    return {file: page.encode("utf-8", "replace") for file, page in pages.items()} | pictures


def _pages_of(content: Content, shelf: Shelf, pictures: Sequence[str], tongue: Tongue) -> dict[str, str]:
    """Make the pages of one language, in its folder, and the index of the search, which is for all."""
    tables, quality, notebooks, labels = content
    evidence = Evidence(tables.corpus, tongue)
    frame = Frame(tuple(_navigation(tables, notebooks, tongue)), tongue)
    where = {Path(file).name: file for file in pictures}
    where |= {f"{notebook.name}.ipynb": f"notebooks/{notebook.name}.html" for notebook in notebooks}
    where |= {row.path: f"documents/{evidence.names[row.doc_id]}.html" for row in named_rows(tables.corpus)}
    pages: dict[str, str] = {}

    def place(here: str) -> Place:
        return Place(here, evidence, where, tongue)

    for notebook in notebooks:
        here = f"notebooks/{notebook.name}.html"
        pages[here] = notebook_page(notebook, place(here), shelf, frame)
    pages["index.html"] = front_page(tables, quality, notebooks, place("index.html"), shelf, frame)
    pages[QUALITY] = quality_page(quality, place(QUALITY), frame)
    pages[SEARCH], shared = search_files(tables, notebooks, evidence, shelf, frame)
    pages |= {file: frame.page(file, title, main) for file, (title, main) in shelf.data_pages.items()}
    # Documents come last: by now the evidence knows which of their characters are cited or can be found.
    for document, mine in tables.by_document():
        file = f"documents/{evidence.names[document.doc_id]}"
        page, rules = document_page(document, mine, evidence=evidence, frame=frame, labels=labels)
        pages |= {f"{file}.html": page} | ({f"{file}.css": rules} if rules else {})
    return {tongue.folder + file: page for file, page in pages.items()} | shared


def _navigation(tables: Tables, notebooks: list[Notebook], tongue: Tongue) -> list[tuple[str, str]]:
    labels = [re.sub("^[0-9]+-", "", notebook.name).replace("-", " ").capitalize() for notebook in notebooks]
    named = [
        (f"notebooks/{notebook.name}.html", tongue.name_of(label))
        for notebook, label in zip(notebooks, labels, strict=True)
    ]
    documents = [] if tables.corpus.empty else [("index.html#documents", tongue.say("Documents"))]
    quality = (QUALITY, tongue.say("Quality"))
    return [("index.html", tongue.say("Overview")), *named, *documents, quality, (SEARCH, "Search 搜索")]


def _figure_files(figures: Path, shown: set[str]) -> dict[str, bytes]:
    """Read the files of figures; the links in the SVG of one that is not shown would lead nowhere."""
    paths = sorted(path for path in figures.glob("*") if path.suffix in (".svg", ".png", ".csv"))
    left_out = {path for path in paths if path.suffix == ".svg" and path.stem not in shown}
    return {f"figures/{path.name}": path.read_bytes() for path in paths if path not in left_out}


def _style_sheet(pages: Iterable[str]) -> str:
    """Put the face, cut down to the characters of all pages, before our style rules."""
    seen: set[str] = set().union(*map(set, pages))
    face = base64.b64encode(subset_woff2(character for character in seen if _needs_face(character))).decode()
    ranges = ", ".join(f"U+{first:X}-{last:X}" for first, last in RANGES)
    rules = (files("luntan.site") / "site.css").read_text("utf-8")
    return (
        '@font-face { font-family: "Luntan"; font-display: block; '
        f"unicode-range: {ranges}; src: url(data:font/woff2;base64,{face}) format('woff2') }}\n{rules}"
    )


def _needs_face(character: str) -> bool:
    return any(first <= ord(character) <= last for first, last in RANGES)
