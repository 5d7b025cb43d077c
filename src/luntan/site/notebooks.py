"""The pages of notebooks: prose, folded code, outputs, figures with their data."""

import base64
import csv
import hashlib
import html
import io
import itertools
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from luntan.charts.marks import ROWS_LINKED
from luntan.site.grid import Grid
from luntan.site.markup import Frame, escape, fold, mixed, scroll
from luntan.site.prose import Place, prose
from luntan.site.tables import table

_FIGURE = re.compile(r"figure ([\w-]+): (.*)", re.DOTALL)
_SIZE = re.compile(r'viewBox="0 0 ([0-9.]+) ([0-9.]+)"')
_HEADING = re.compile(r"#\s+(.+)")
_OPENING = re.compile(r"\A(#+ .*\s*)+")
# A link over a mark of a picture, as `save_figure` wrote it: number of the row, name, outline.
_MARK = re.compile(
    r'<a xlink:href="[^"]*#row-([0-9]{1,9})"><title>([^<]*)</title><path d="([MLHVz0-9. -]*)"/></a>'
)


@dataclass(frozen=True)
class Notebook:
    """A notebook as it was executed."""

    name: str
    cells: Sequence[dict[str, Any]]

    @property
    def title(self) -> str:
        """Its first heading, without Markdown marks."""
        first = _HEADING.match(self.prose_cells[0].strip()) if self.prose_cells else None
        return re.sub(r"[*_`]", "", first[1]).strip() if first else self.name

    @property
    def prose_cells(self) -> list[str]:
        """Return the text of its Markdown cells."""
        return [joined(cell["source"]) for cell in self.cells if cell["cell_type"] == "markdown"]

    @property
    def lead(self) -> str:
        """What stands between its title and the next heading or code: question, data and answer."""
        first = itertools.takewhile(lambda cell: cell["cell_type"] == "markdown", self.cells)
        text = "\n\n".join(joined(cell["source"]).strip() for cell in first)
        # A heading just below the title is the lead's own; the page has one for it.
        return re.split(r"^#+ ", _OPENING.sub("", text), maxsplit=1, flags=re.MULTILINE)[0].strip()

    @property
    def figures(self) -> list[tuple[str, str]]:
        """Name and alt text of the figures among its outputs."""
        shown = [_FIGURE.fullmatch(_plain(output)) for _, output in self.outputs()]
        return [(found[1], found[2]) for found in shown if found]

    def outputs(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Yield every output with the number of its cell."""
        for number, cell in enumerate(self.cells, 1):
            yield from ((number, output) for output in cell.get("outputs", ()))


def read_notebooks(folder: Path) -> list[Notebook]:
    """Read the notebooks of a folder, in the order of their names."""
    paths = sorted(folder.glob("*.ipynb"), key=lambda path: path.name)
    return [Notebook(path.stem, json.loads(path.read_text("utf-8"))["cells"]) for path in paths]


def joined(source: str | Sequence[str]) -> str:
    """Join a notebook's text, which is kept whole or as a list of lines."""
    return source if isinstance(source, str) else "".join(source)


def _plain(output: dict[str, Any]) -> str:
    return joined(output.get("data", {}).get("text/plain", ""))


@dataclass(frozen=True)
class Shelf:
    """The figures that `save_figure` wrote, and pictures of other outputs, as files of the site.

    Languages share the pictures; the pages of data are those of one language.
    """

    figures: Path
    pictures: dict[str, bytes] = field(default_factory=dict)
    # title and text of each page of data, by its file
    data_pages: dict[str, tuple[str, str]] = field(default_factory=dict)

    def show(self, name: str, alt: str, place: Place) -> str:
        """Show a figure: the picture with its marks as links, what it shows, and where its data are."""
        say, path = place.tongue.say, self.figures / f"{name}.svg"
        svg = path.read_text("utf-8") if path.exists() else ""
        own, rows = self._put_data(name, place)
        width, height = found.groups() if (found := _SIZE.search(svg[:2000])) else ("", "")
        # The size is stated, so that nothing moves when the picture comes.
        size = f' width="{float(width):.0f}" height="{float(height):.0f}"' if width else ""
        file = f"{place.shared}figures/{name}.{'svg' if svg else 'png'}"
        parts = [f'<img src="{file}" alt="{escape(alt)}"{size}>']
        links = list(_links(svg, place.up + own, rows)) if width else []
        if links:
            # A key reaches every mark, and one link passes them all: some pictures have a hundred.
            skip = mixed(say("Skip the marks of the figure: {n}", n=len(links)))
            label = escape(say("Marks of {name}: links to its data", name=name))
            parts.append(f'<a class="skip" href="#data-{name}">{skip}</a>')
            view = f'viewBox="0 0 {width} {height}" role="group" aria-label="{label}"'
            parts += [f'<svg class="marks" {view}>', *links, "</svg>"]
        picture = "\n".join(parts)
        link = f'<a href="{place.up}{own}">{mixed(say("Data behind the figure"))}</a>'
        data = f'<p id="data-{name}">{link} · {mixed(say("Rows: {n}", n=rows))}</p>' if own else ""
        return (
            f'<figure id="figure-{name}"><div class="picture">{picture}</div>\n'
            f"<figcaption>{mixed(alt)}</figcaption>\n{data}</figure>"
        )

    def _put_data(self, name: str, place: Place) -> tuple[str, int]:
        """Make the page of the data behind a figure; return its file, and how many rows there are."""
        path = self.figures / f"{name}.csv"
        if not path.exists():
            return "", 0
        head, *rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig")))) or [[]]
        say, own = place.tongue.say, f"figures/{name}.html"
        if own not in self.data_pages:
            title, back = say("Data of the figure {name}", name=name), mixed(say("Back to the figure"))
            shown = [place.evidence.row(head, row, own) for row in rows[:ROWS_LINKED]]
            note = mixed(say("Rows: {n}", n=len(rows)))
            note += f' · <a href="../{place.tongue.shared}figures/{name}.csv">{name}.csv</a>'
            if len(rows) > ROWS_LINKED:
                note += mixed(say("; the first {n} are shown", n=ROWS_LINKED))
            link = f'<p><a href="../{place.here}#figure-{name}">{back}</a></p>'
            data = f"{table(title, head, shown, ids='row')}\n<p>{note}</p>"
            self.data_pages[own] = (title, f"<h1>{mixed(title)}</h1>\n{link}\n{data}")
        return own, len(rows)

    def keep(self, picture: str) -> str:
        """Keep a picture that no `save_figure` wrote; return its file."""
        data = base64.b64decode(picture)
        file = f"assets/{hashlib.sha256(data).hexdigest()[:16]}.png"
        self.pictures[file] = data
        return file


def _links(svg: str, page: str, rows: int) -> Iterator[str]:
    """Yield the links of a picture, to be put over it: within a picture that a page shows they are dead."""
    for row, name, outline in _MARK.findall(svg):
        if 1 <= int(row) <= min(rows, ROWS_LINKED):
            title = f"<title>{escape(html.unescape(name))}</title>"
            yield f'<a href="{page}#row-{row}">{title}<path d="{outline}"/></a>'


def notebook_page(notebook: Notebook, place: Place, shelf: Shelf, frame: Frame) -> str:
    """Make the page of one notebook."""
    parts = []
    for number, cell in enumerate(notebook.cells, 1):
        source = joined(cell["source"]).strip()
        if cell["cell_type"] == "markdown":
            parts.append(f'<div id="cell-{number}">\n{prose(source, place)}</div>')
        elif cell["cell_type"] == "code" and source:
            label = place.tongue.say("Code of cell {n}", n=number)
            code = scroll(label, f"<pre><code>{mixed(source)}</code></pre>")
            parts.append(fold(mixed(place.tongue.say("Code")), code, "code"))
            parts += [_output(output, number, place, shelf) for output in cell["outputs"]]
    main = "\n".join(parts)
    if "<h1>" not in main:
        main = f"<h1>{mixed(notebook.name)}</h1>\n{main}"
    return frame.page(place.here, notebook.title, _with_contents(main, place))


def _with_contents(main: str, place: Place) -> str:
    """Name the sections after their headings, and list them below the title."""
    names: dict[str, str] = {}

    def name(found: re.Match[str]) -> str:
        words = re.findall("[a-z0-9]+", re.sub("<[^>]*>", "", found[1]).lower())
        anchor = "-".join(["section", *words])
        while anchor in names:
            anchor += "-again"
        names[anchor] = found[1]
        return f'<h2 id="{anchor}">{found[1]}</h2>'

    main = re.sub("<h2>(.*?)</h2>", name, main)
    links = "".join(f'<li><a href="#{anchor}">{text}</a></li>' for anchor, text in names.items())
    label = escape(place.tongue.say("Contents"))
    listed = f'<nav class="contents" aria-label="{label}"><ul>{links}</ul></nav>' if names else ""
    return main.replace("</h1>", f"</h1>\n{listed}", 1)


def _output(output: dict[str, Any], number: int, place: Place, shelf: Shelf) -> str:
    """Show an output in its richest form that we can check: figure, table, picture or text."""
    data = output.get("data", {})
    plain = joined(output.get("text", "")) or _plain(output)
    if found := _FIGURE.fullmatch(plain):
        if (shelf.figures / f"{found[1]}.png").exists():
            return shelf.show(found[1], found[2], place)
        plain = found[2]
    if "image/png" in data:
        file = place.shared + shelf.keep(joined(data["image/png"]))
        return f'<figure><img src="{file}" alt="{escape(plain)}"></figure>'
    if "text/html" in data and (grid := Grid.read(joined(data["text/html"]))):
        return grid.markup(place.tongue.say("Table of cell {n}", n=number), place)
    if "text/markdown" in data:
        return prose(joined(data["text/markdown"]), place, demote=2)
    label = place.tongue.say("Output of cell {n}", n=number)
    return scroll(label, f"<pre>{mixed(plain.rstrip())}</pre>") if plain.strip() else ""
