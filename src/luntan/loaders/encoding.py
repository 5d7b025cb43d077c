"""Decode bytes of unknown encoding; never raise, never pass over damage in silence."""

import codecs
import re

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# gb18030 and cp950 are the supersets that real GBK and Big5 pages need.
CANDIDATES = ("gb18030", "cp950", "utf-16-le", "utf-16-be", "cp1252")
DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_\-]+)""")
SUPERSET = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "cp950",
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
}


def decode(data: bytes) -> tuple[str, str, str]:
    """Return the text, the encoding used and, where something was lost or guessed, a reason.

    >>> decode("专精特新 R&D".encode("gb18030"))
    ('专精特新 R&D', 'gb18030', 'encoding guessed')
    >>> decode("plain ASCII".encode())
    ('plain ASCII', 'utf-8', '')
    """
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return _decode_as(data, encoding)
    try:
        return data.decode("utf-8"), "utf-8", ""
    except UnicodeDecodeError:
        pass
    if declared := _declared(data):
        try:
            return data.decode(declared), declared, ""
        except UnicodeDecodeError:
            pass
    scored = [(_score(data, encoding), -rank, encoding) for rank, encoding in enumerate(CANDIDATES)]
    best, _, encoding = max(scored)
    # Mostly valid UTF-8 with a few broken bytes is damaged UTF-8, not a good text in another encoding.
    if data.decode("utf-8", "replace").count("\ufffd") <= 0.02 * len(data) and best < 0.9:
        return _decode_as(data, "utf-8")
    text, encoding, reason = _decode_as(data, encoding)
    return text, encoding, "; ".join(filter(None, ["encoding guessed", reason]))


def _declared(data: bytes) -> str:
    found = DECLARED.search(data[:4096])
    name = found.group(1).decode("ascii").lower() if found else ""
    name = SUPERSET.get(name, name)
    try:
        return codecs.lookup(name).name if name else ""
    except LookupError:
        return ""


def _decode_as(data: bytes, encoding: str) -> tuple[str, str, str]:
    text = data.decode(encoding, "replace")
    lost = text.count("\ufffd")
    return text, encoding.removesuffix("-sig"), f"{lost} characters could not be decoded" if lost else ""


def _score(data: bytes, encoding: str) -> float:
    """Share of the non-ASCII characters that are common in writing; 0 where the bytes do not fit."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return 0.0
    foreign = [char for char in text if not char.isascii()]
    if not foreign or any(char < " " and char not in "\t\n\r\f" for char in text):
        return 0.0
    return sum(_is_common(char) for char in foreign) / len(foreign)


def _is_common(char: str) -> bool:
    """Tell whether a character is punctuation or of the first, everyday level of GB 2312 or Big5."""
    if "\u3000" <= char <= "\u3002" or char in "“”‘’—…·，。！？；：（）《》、「」éèüöäñçàáíóú£€©":
        return True
    if not "\u4e00" <= char <= "\u9fff":
        return False
    gb, big5 = char.encode("gb2312", "ignore"), char.encode("big5", "ignore")
    return b"\xb0" <= gb[:1] <= b"\xd7" or b"\xa4" <= big5[:1] <= b"\xc6"
