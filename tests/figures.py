"""What is wrong with saved figures, in words and as a page that shows old and new side by side."""

import base64
import csv
import hashlib
import io
from collections.abc import Iterator
from difflib import ndiff
from html import escape
from pathlib import Path

from PIL import Image, ImageChops, ImageFilter

from luntan.charts.save import MANIFEST

KINDS = ("png", "svg", "csv")
# How far a pixel may lie outside the range of its neighbours in the other picture, of 255, and still pass
# for another way to draw the same. Measured on the committed figures, all drawn again: text without
# antialiasing <= 177, lines not snapped to pixels <= 95, 200 colours for 128 <= 59; but two colours swapped
# >= 205, a face lost or type 5 % larger 255. A digit for another as wide is left to the data's hash.
NEIGHBOURS, TOLERANCE = 5, 190
STYLE = (
    "body{font:16px sans-serif;margin:2em}img{max-width:32%;border:1px solid #999}pre{white-space:pre-wrap}"
)
POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"

Faults = dict[str, list[str]]


def read_manifest(folder: Path) -> dict[str, dict[str, str]]:
    """Return the rows of a manifest by name; none if there is no manifest."""
    path = folder / "manifest.csv"
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    return {row["name"]: row for row in csv.DictReader(lines)}


def manifest_faults(folder: Path) -> list[str]:
    """List where the manifest and the files beside it disagree."""
    rows = read_manifest(folder)
    wanted = {f"{name}.{kind}" for name in rows for kind in KINDS} | {"manifest.csv"}
    present = {path.name for path in folder.iterdir()}
    faults = [f"{name} is in the manifest or the folder only" for name in sorted(wanted ^ present)]
    if list(rows) != sorted(rows) or any(tuple(row) != MANIFEST for row in rows.values()):
        faults.append("the manifest is not sorted, or has other columns")
    for file in sorted(wanted & present - {"manifest.csv"}):
        name, kind = file.rsplit(".", 1)
        data = (folder / file).read_bytes()
        if hashlib.sha256(data).hexdigest() != rows[name][f"{'data' if kind == 'csv' else kind}_sha256"]:
            faults.append(f"{file} is not the file that the manifest names")
        if kind == "csv" and str(len(read_data(data)) - 1) != rows[name]["rows"]:
            faults.append(f"{file} has {len(read_data(data)) - 1} rows, the manifest {rows[name]['rows']}")
    return faults


def notebook_faults(notebook: dict, folder: Path) -> Iterator[str]:
    """Yield where the pictures in a notebook, or their alt texts, are not those of the folder."""
    rows = read_manifest(folder)
    for cell in notebook["cells"]:
        saved = "save_figure(" in "".join(cell["source"])
        shown = [output for output in cell.get("outputs", []) if "image/png" in output.get("data", {})]
        if saved != (len(shown) == 1):
            yield f"a cell shows {len(shown)} pictures: {''.join(cell['source'])!r}"
        for output in shown:
            name, _, alt = "".join(output["data"]["text/plain"]).removeprefix("figure ").partition(": ")
            stored = hashlib.sha256(base64.b64decode("".join(output["data"]["image/png"]))).hexdigest()
            if stored != rows.get(name, {}).get("png_sha256"):
                yield f"the picture of {name} is not that of figures/"
            alone = output.get("metadata", {}).get("image/png", {}).get("alt")
            if not alt == alone == rows.get(name, {}).get("alt"):
                yield f"the alt text of {name} is not that of figures/manifest.csv"


def changes(old: Path, new: Path) -> Faults:
    """Tell by name what differs between the committed figures and those of a fresh run.

    Data and alt text must be the same. Where most pictures are the same bytes, this machine draws as
    the one of the committed figures did, and all must be; elsewhere fonts may rasterise otherwise, and
    pictures are compared with a tolerance.
    """
    before, after = read_manifest(old), read_manifest(new)
    both = sorted(before.keys() & after.keys())
    alike = sum(before[name]["png_sha256"] == after[name]["png_sha256"] for name in both)
    faults: Faults = {name: ["is made no longer"] for name in before.keys() - after.keys()}
    faults |= {name: ["is new"] for name in after.keys() - before.keys()}
    for name in both:
        fields = ["alt", "data_sha256", "rows"]
        fields += ["png_sha256", "svg_sha256"] if 2 * alike > len(both) else []
        found = [f"{field} differs" for field in fields if before[name][field] != after[name][field]]
        distance = picture_distance(old / f"{name}.png", new / f"{name}.png")
        if distance > TOLERANCE:
            found.append(f"the picture differs by {distance} of 255; {TOLERANCE} are allowed")
        faults |= {name: found} if found else {}
    return dict(sorted(faults.items()))


def picture_distance(old: Path, new: Path) -> int:
    """Return how far, at most, a pixel of one picture lies outside those near it in the other."""
    if not (old.exists() and new.exists()):
        return 255
    if old.read_bytes() == new.read_bytes():
        return 0
    first, second = (Image.open(path).convert("RGB") for path in (old, new))
    if first.size != second.size:
        return 255
    return max(farthest_outside(first, second), farthest_outside(second, first))


def farthest_outside(picture: Image.Image, other: Image.Image) -> int:
    """Return how far a pixel is darker or lighter than all near its place in the other picture, at most."""
    darkest = other.filter(ImageFilter.MinFilter(NEIGHBOURS))
    lightest = other.filter(ImageFilter.MaxFilter(NEIGHBOURS))
    outside = ImageChops.subtract(darkest, picture), ImageChops.subtract(picture, lightest)
    return max(int(high) for side in outside for _, high in side.getextrema())


def diff_page(faults: Faults, old: Path, new: Path) -> str:
    """Return a page that needs no other file: old, new and difference of each figure, and changed rows."""
    parts = [
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Figures that changed</title>',
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}"><style>{STYLE}</style>',
        "<h1>Figures that changed</h1><p>Old (committed), new (this run), difference.</p>",
    ]
    for name, found in faults.items():
        parts.append(f"<h2>{escape(name)}</h2><p>{escape('; '.join(found))}</p>")
        parts.extend(pictures(name, old, new))
        rows = [lines_of(folder / f"{name}.csv") for folder in (old, new)]
        changed = [line for line in ndiff(*rows) if line[0] in "+-"]
        parts.append("".join(f"<pre>{escape(line[:400])}</pre>" for line in changed[:60]))
        if len(changed) > 60:
            parts.append(f"<p>and {len(changed) - 60} lines more</p>")
    return "\n".join(parts) + "</html>\n"


def pictures(name: str, old: Path, new: Path) -> Iterator[str]:
    """Yield the old and the new picture, and if there are both their difference, dark where they differ."""
    found = {word: folder / f"{name}.png" for word, folder in (("old", old), ("new", new))}
    drawn = {word: Image.open(path).convert("RGB") for word, path in found.items() if path.exists()}
    if len(drawn) == 2:
        size = tuple(map(max, zip(*(picture.size for picture in drawn.values()), strict=True)))
        whole = [Image.new("RGB", size, "white") for _ in drawn]
        for paper, picture in zip(whole, drawn.values(), strict=True):
            paper.paste(picture)
        drawn["difference"] = ImageChops.invert(ImageChops.difference(*whole))
    for word, picture in drawn.items():
        written = io.BytesIO()
        picture.save(written, "png")
        data = base64.b64encode(written.getvalue()).decode()
        yield f'<img alt="{escape(name)}, {word}" title="{word}" src="data:image/png;base64,{data}">'


def lines_of(path: Path) -> list[str]:
    """Return the lines of a file, none if it is absent."""
    return path.read_text("utf-8").splitlines() if path.exists() else []


def read_data(data: bytes) -> list[list[str]]:
    """Return the rows of CSV bytes, the header among them."""
    return list(csv.reader(io.StringIO(data.decode("utf-8"), newline="")))
