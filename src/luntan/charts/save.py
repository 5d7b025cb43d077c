"""The one way to save a chart: picture, alt text, data and hashes together."""

import csv
import hashlib
import io
import os
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from luntan._tables import formula_safe
from luntan.charts.marks import link_marks
from luntan.charts.style import style

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MANIFEST = ("name", "alt", "png_sha256", "svg_sha256", "data_sha256", "rows")


@dataclass(frozen=True)
class SavedFigure:
    """Where a figure was saved; a notebook shows it as its picture and its alt text."""

    path: Path
    alt: str

    def __fspath__(self) -> str:
        """Return the path of the PNG file."""
        return str(self.path)

    def __repr__(self) -> str:
        """Return name and alt text, which stand in for the picture where there is none."""
        return f"figure {self.path.stem}: {self.alt}"

    def _repr_png_(self) -> tuple[bytes, dict[str, str]]:
        return self.path.read_bytes(), {"alt": self.alt}


def save_figure(fig: "Figure", name: str, *, alt: str, data: pd.DataFrame) -> SavedFigure:
    """Save a figure as PNG and SVG with its alt text, the table behind it, and hashes of all three.

    Files go to the folder that `LUNTAN_FIGURES` names, else to `../figures` or `figures`, where the
    row of this name in `manifest.csv` is replaced. Each mark of the SVG leads to its row of `data` in the
    report, if `data` holds the columns it was drawn from. Returns a path that a notebook shows as picture.
    ValueError if the alt text says too little, or a label is cut off or cannot be drawn.

    Parameters
    ----------
    fig : Figure
        From one of the `plot_*` functions.
    name : str
        File name without ending.
    alt : str
        What the figure shows, for readers who cannot see it; at least 30 characters.
    data : DataFrame
        The table that the marks stand for; an `evidence` column makes its rows lead to the text.

    Examples
    --------
    >>> save_figure(None, "themes", alt="图", data=pd.DataFrame())
    Traceback (most recent call last):
    ValueError: alt = '图' is too short; say in a sentence what the figure themes shows.
    """
    import matplotlib as mpl

    if len(alt.strip()) < 30:
        raise ValueError(f"alt = {alt!r} is too short; say in a sentence what the figure {name} shows.")
    folder = _figures_folder()
    folder.mkdir(parents=True, exist_ok=True)
    with mpl.rc_context(style()):
        _check_labels(fig, name)
        (folder / f"{name}.png").write_bytes(png_of(fig))
        drawn = io.StringIO()
        fig.savefig(drawn, format="svg", metadata={"Date": None, "Creator": "luntan"})
    svg = link_marks(drawn.getvalue(), fig, name, data)
    (folder / f"{name}.svg").write_text(svg, encoding="utf-8", newline="")
    table = data.map(formula_safe).to_csv(index=False, lineterminator="\n")
    (folder / f"{name}.csv").write_text(table, encoding="utf-8", newline="")
    hashes = [
        hashlib.sha256((folder / f"{name}.{kind}").read_bytes()).hexdigest() for kind in ("png", "svg", "csv")
    ]
    _update_manifest(folder / "manifest.csv", [name, alt, *hashes, str(len(data))])
    return SavedFigure(folder / f"{name}.png", alt)


def png_of(fig: "Figure") -> bytes:
    """Draw a figure as PNG with a palette of 128 colours: a chart needs no more, and notebooks carry it."""
    from PIL import Image

    drawn, written = io.BytesIO(), io.BytesIO()
    fig.savefig(drawn, format="png", dpi=110)
    picture = Image.open(drawn).convert("RGB")
    picture = picture.quantize(128, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    picture.save(written, format="png", optimize=True)
    return written.getvalue()


def _figures_folder() -> Path:
    if named := os.environ.get("LUNTAN_FIGURES"):
        return Path(named)
    return Path("../figures") if Path("../figures").is_dir() else Path("figures")


def _check_labels(fig: "Figure", name: str) -> None:
    """Raise if a character has no glyph or anything that is drawn runs out of the picture."""
    with warnings.catch_warnings():
        warnings.filterwarnings("error", message="Glyph .* missing")
        try:
            fig.draw_without_rendering()
        except UserWarning as missing:
            raise ValueError(f"figure {name}: a label cannot be drawn; {missing}") from missing
    drawn, (width, height) = fig.get_tightbbox(), fig.get_size_inches()
    slack = 0.02
    if drawn.x0 < -slack or drawn.y0 < -slack or drawn.x1 > width + slack or drawn.y1 > height + slack:
        raise ValueError(f"figure {name}: a label is cut off at the edge; shorten or wrap title and labels.")


def _update_manifest(path: Path, row: list[str]) -> None:
    with _alone(path.with_suffix(".lock")):
        rows = {row[0]: row}
        if path.exists():
            old = csv.reader(io.StringIO(path.read_text(encoding="utf-8")))
            rows = {line[0]: line for line in old if line and tuple(line) != MANIFEST} | rows
        written = io.StringIO()
        csv.writer(written, lineterminator="\n").writerows([MANIFEST, *(rows[name] for name in sorted(rows))])
        path.write_text(written.getvalue(), encoding="utf-8", newline="")


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Let one process at a time in, since notebooks run side by side; a lock left by a dead one expires."""
    while True:
        try:
            lock.mkdir()
            break
        except FileExistsError:
            time.sleep(0.02)
            with suppress(FileNotFoundError):
                if time.time() - lock.stat().st_mtime > 10:
                    lock.rmdir()
    try:
        yield
    finally:
        lock.rmdir()
