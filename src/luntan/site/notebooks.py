"""The pages of notebooks: prose, folded code, outputs, figures with their data."""

import base64
import csv
import hashlib
import io
import itertools
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from luntan.site.grid import Grid
from luntan.site.markup import Frame, escape, fold, mixed, scroll
from luntan.site.prose import Place, prose
from luntan.site.tables import table

_FIGURE = re.compile(r"figure ([\w-]+): (.*)", re.DOTALL)
_SIZE = re.compile(r'viewBox="0 0 ([0-9.]+) ([0-9.]+)"')
_HEADING = re.compile(r"#\s+(.+)")
_OPENING = re.compile(r"\A(#+ .*\s*)+")
# More rows than this have a page of their own, lest the figure's page grow heavy; there so many are shown.
ROWS_BENEATH, DATA_ROWS = 25, 1000


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
        """Show a figure: the picture, what it shows, and the data behind it."""
        ending = "svg" if (self.figures / f"{name}.svg").exists() else "png"
        picture = f'<img src="{place.shared}figures/{name}.{ending}" alt="{escape(alt)}"{self._size(name)}>'
        caption = f"<figcaption>{mixed(alt)}</figcaption>"
        return f'<figure id="figure-{name}">{picture}\n{caption}\n{self._data(name, place)}</figure>'

    def _size(self, name: str) -> str:
        """State the size of the picture, so that nothing moves when it comes."""
        path = self.figures / f"{name}.svg"
        found = _SIZE.search(path.read_text("utf-8")[:2000]) if path.exists() else None
        return f' width="{float(found[1]):.0f}" height="{float(found[2]):.0f}"' if found else ""

    def _data(self, name: str, place: Place) -> str:
        """Return the data behind a figure: a folded table, or a link to a page with it."""
        path = self.figures / f"{name}.csv"
        if not path.exists():
            return ""
        head, *rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig")))) or [[]]
        say, own = place.tongue.say, f"figures/{name}.html"
        here = own if len(rows) > ROWS_BENEATH else place.here
        shown = [place.evidence.row(head, row, here) for row in rows[:DATA_ROWS]]
        file = "../" * here.count("/") + place.tongue.shared + f"figures/{name}.csv"
        note = mixed(say("Rows: {n}", n=len(rows))) + f' · <a href="{file}">{name}.csv</a>'
        if len(rows) > DATA_ROWS:
            note += mixed(say("; the first {n} are shown", n=DATA_ROWS))
        title = say("Data of the figure {name}", name=name)
        data = f"{table(title, head, shown)}\n<p>{note}</p>"
        if here == place.here:
            return fold(mixed(say("Data behind the figure")), data)
        back = f'<p><a href="../{place.here}#figure-{name}">{mixed(say("Back to the figure"))}</a></p>'
        self.data_pages.setdefault(own, (title, f"<h1>{mixed(title)}</h1>\n{back}\n{data}"))
        link = f'<a href="{place.up}{own}">{mixed(say("Data behind the figure"))}</a>'
        return f"<p>{link} · {mixed(say('Rows: {n}', n=len(rows)))}</p>"

    def keep(self, picture: str) -> str:
        """Keep a picture that no `save_figure` wrote; return its file."""
        data = base64.b64decode(picture)
        file = f"assets/{hashlib.sha256(data).hexdigest()[:16]}.png"
        self.pictures[file] = data
        return file


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
