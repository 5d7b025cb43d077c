"""The one Chinese face of figures, word clouds and pages."""

import io
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

# Faces that operating systems ship, tried in this order when the bundled one is missing.
SYSTEM_FACES = (
    "Noto Sans SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "PingFang SC",
    "Hiragino Sans GB",
    "Microsoft YaHei",
    "WenQuanYi Zen Hei",
    "Arial Unicode MS",
)

# A coarser grid than the face's 1,000 makes it a fifth lighter; at 40 pixels a step is a tenth of one.
UNITS_PER_EM = 400


@cache
def face_path() -> Path:
    """Find the face: the bundled static Noto Sans SC, else a Chinese face of the system.

    Returns
    -------
    Path
        An OpenType file, or a collection whose first face is meant.

    Raises
    ------
    FileNotFoundError
        If there is neither.

    Examples
    --------
    >>> face_path().is_file()
    True
    """
    try:
        from pylopdf_fonts_zh_cn import sans_path

        return Path(sans_path())
    except ImportError:
        return _system_face()


def _system_face() -> Path:
    from matplotlib.font_manager import FontProperties, fontManager

    for name in SYSTEM_FACES:
        try:
            return Path(fontManager.findfont(FontProperties(family=[name]), fallback_to_default=False))
        except ValueError:
            continue
    raise FileNotFoundError(
        "No Chinese font was found, neither the package pylopdf-fonts-zh-cn nor one of "
        f"{', '.join(SYSTEM_FACES)} on this system; run `pip install pylopdf-fonts-zh-cn`."
    )


@cache
def covered() -> frozenset[str]:
    """Tell which characters the face can draw.

    Examples
    --------
    >>> set("专精特新R&D") <= covered()
    True
    """
    with _open_face() as face:
        return frozenset(map(chr, face.getBestCmap()))


def subset_woff2(characters: Iterable[str]) -> bytes:
    """Cut the face down to `characters` and pack it as a web font.

    The same characters, in any order, give the same bytes; those that the face lacks are left out.

    Parameters
    ----------
    characters : str, or other iterable of single characters

    Returns
    -------
    bytes
        A WOFF2 file.

    Examples
    --------
    >>> subset_woff2("论坛") == subset_woff2("坛论坛")
    True
    """
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib.scaleUpem import scale_upem

    # The name records kept are the family, the copyright and the licence, which the OFL asks to go along.
    options = Options(flavor="woff2", hinting=False, desubroutinize=True, layout_features=[])
    options.name_IDs = [0, 1, 2, 13, 14]
    options.drop_tables += ["BASE", "GPOS", "GSUB", "GDEF", "VORG", "vhea", "vmtx"]
    with _open_face() as face:
        subsetter = Subsetter(options=options)
        subsetter.populate(unicodes=sorted(map(ord, set(characters) & covered())))
        subsetter.subset(face)
        scale_upem(face, UNITS_PER_EM)
        face.flavor = "woff2"
        packed = io.BytesIO()
        face.save(packed)
    return packed.getvalue()


def _open_face() -> Any:
    from fontTools.ttLib import TTFont

    # The time stamp of the face stays as it is, so that the bytes depend on the characters alone.
    return TTFont(face_path(), fontNumber=0, lazy=True, recalcTimestamp=False)
