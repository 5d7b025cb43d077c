"""Decode bytes of unknown encoding; never raise, never pass over damage in silence.

A byte-order mark, valid UTF-8 and a declared charset are taken at their word, in this order, unless
the decoded text contradicts them. Else every candidate decodes the bytes, and the one whose text
looks most like writing is taken.
"""

import codecs
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from luntan.lexicons import read_lexicon

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# gb18030 and cp950 are the supersets that real GBK and Big5 pages need; of equals the first is taken.
CANDIDATES = ("utf-8", "gb18030", "cp950", "utf-16-le", "utf-16-be", "cp1252")
DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_\-]+)""")
SUPERSET = {
    "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "big5": "cp950", "big5-hkscs": "cp950",
    "iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252",
}  # fmt: skip
# Families that a page may declare; a codec such as base64 or punycode is no way to write a page, and what
# is declared in ASCII letters cannot be UTF-16.
FAMILIES = ("utf-8", "gb", "hz", "cp", "big5", "iso8859", "koi8", "euc", "shift_jis", "johab", "tis", "mac")
# All but plain ASCII; control characters count as foreign, for no writing has them.
FOREIGN = re.compile(r"[^\t\n\r\f\x20-\x7e]+")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
LATIN = frozenset("éèêëàâäáãåæçîïíìñôöóõòøœûüùúßÉÈÀÂÄÁÅÆÇÎÍÑÔÖÓØÛÜÚ«»°§¿¡")
PUNCTUATION = frozenset("“”‘’—–…·•€£©®™、。〈〉《》「」『』【】〔〕〖〗\u3000\xa0")

SAMPLE = 20_000
MARGIN = 0.25
BONUS_DECLARED = 0.1
LOST = -3.0
LEAST_UTF_16 = 0.4


def decode(data: bytes) -> tuple[str, str, str]:
    """Return the text, the encoding used and, where something was lost or guessed, a reason.

    >>> decode("专精特新 R&D".encode("gb18030"))
    ('专精特新 R&D', 'gb18030', 'encoding guessed')
    >>> decode("plain ASCII".encode())
    ('plain ASCII', 'utf-8', '')
    """
    for bom, encoding in BOMS:
        if data.startswith(bom):
            rest = data.removeprefix(bom)
            if encoding != "utf-8" and _is_plain_utf_8(rest):
                return rest.decode("utf-8"), "utf-8", "wrong byte-order mark"
            return _decode_as(rest if encoding == "utf-8" else data, encoding)
    if not _has_zeros_of_utf_16(data):
        try:
            return data.decode("utf-8"), "utf-8", ""
        except UnicodeDecodeError:
            pass
    return _guess(data)


def _is_plain_utf_8(data: bytes) -> bool:
    """Tell whether bytes are UTF-8 without control characters, and no likely UTF-16."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not CONTROL.search(text) and max(_score(data, "utf-16-le"), _score(data, "utf-16-be")) < 0


def _has_zeros_of_utf_16(data: bytes) -> bool:
    """Tell whether every other byte is often zero: Latin text in UTF-16, which is valid UTF-8 too."""
    if b"\0" not in data:
        return False
    fewer, more = sorted((data[::2].count(0), data[1::2].count(0)))
    return more > 0.1 * len(data) and fewer < 0.1 * more


def _guess(data: bytes) -> tuple[str, str, str]:
    declared = _declared(data)
    scores = {encoding: _score(data, encoding) for encoding in CANDIDATES}
    if declared:
        scores[declared] = _score(data, declared, any_script=True) + BONUS_DECLARED
    encoding, *others = sorted(scores, key=lambda name: -scores[name])
    if scores[encoding] < 0:
        # Nothing looks like writing: plain text with a few stray bytes, or no text at all.
        return _decode_as(data, "utf-8")
    clear = scores[encoding] - scores[others[0]] >= MARGIN and _foreign_bytes(data) >= 16
    text, encoding, reason = _decode_as(data, encoding)
    sure = clear or encoding in (declared, "utf-8")
    return text, encoding, "; ".join(filter(None, ["" if sure else "encoding guessed", reason]))


def _declared(data: bytes) -> str:
    found = DECLARED.search(data[:4096])
    name = found.group(1).decode("ascii").lower() if found else ""
    try:
        name = codecs.lookup(SUPERSET.get(name, name)).name
    except LookupError:
        return ""
    return name if name.startswith(FAMILIES) and b"a".decode(name, "replace") == "a" else ""


def _decode_as(data: bytes, encoding: str) -> tuple[str, str, str]:
    text = data.decode(encoding, "replace")
    lost = text.count("\ufffd")
    return text, encoding, f"{lost} characters could not be decoded" if lost else ""


def _foreign_bytes(data: bytes) -> int:
    return len(data) - len(data.translate(None, bytes(range(0x80, 0x100)))) + data.count(0)


def _score(data: bytes, encoding: str, *, any_script: bool = False) -> float:
    """Return how much the foreign characters look like writing: 1 is common Chinese, 0 and less is none."""
    if encoding.startswith("utf-16"):
        data = data[: len(data) // 2 * 2]
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = b"\n".join(_sampled_lines(data, encoding)).decode(encoding, "replace")
    runs = FOREIGN.findall(text)
    if not runs:
        return 0.9 if encoding.startswith("utf-16") and text else -1.0
    foreign = "".join(runs)
    # Every k-th character of the whole file, not its first block: pages begin with ASCII and boilerplate.
    sample = foreign[:: len(foreign) // SAMPLE + 1]
    total = sum(n * _weight(char, any_script) for char, n in Counter(sample).items())
    if encoding == "cp1252" and not any_script:
        # Accented letters stand alone among plain ones; side by side they are another encoding's bytes.
        total -= 2 * sum(len(run) - 1 for run in runs) * len(sample) / len(foreign)
    mean = total / len(sample)
    # Plain letters taken in pairs give Han characters too, but few that are common.
    return LOST if encoding.startswith("utf-16") and mean < LEAST_UTF_16 else mean


def _sampled_lines(data: bytes, encoding: str) -> Iterator[bytes]:
    """Yield pieces that hold foreign bytes, spread over the file, each whole enough to be decoded."""
    if encoding.startswith("utf-16") or len(data) <= SAMPLE:
        width = SAMPLE // 10
        step = max(width, len(data) // 10 // 2 * 2)
        yield from (data[start : start + width] for start in range(0, len(data), step))
        return
    lines = [line[:2000] for line in data.splitlines() if not line.isascii()]
    yield from lines[:: sum(map(len, lines)) // SAMPLE + 1]


@cache
def _common() -> frozenset[str]:
    return frozenset("".join(read_lexicon("common_characters")))


@cache
def _weight(char: str, any_script: bool) -> float:
    if char == "\ufffd":
        return LOST
    if char in _common():
        return 1.0
    if char in PUNCTUATION or "\uff01" <= char <= "\uff5e" or char in LATIN:
        return 0.8
    if "\u4e00" <= char <= "\u9fff":
        return 0.5 if _is_everyday(char) else 0.0
    return 0.6 if any_script and char.isalpha() and not "\ue000" <= char <= "\uf8ff" else -1.0


def _is_everyday(char: str) -> bool:
    """Tell whether a character is of the first level of GB 2312 or Big5."""
    gb, big5 = char.encode("gb2312", "ignore"), char.encode("big5", "ignore")
    return b"\xb0" <= gb[:1] <= b"\xd7" or b"\xa4" <= big5[:1] <= b"\xc6"
