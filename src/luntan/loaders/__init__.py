"""From a file's bytes to text, offsets of the body and metadata; whatever the bytes, a row comes back."""

import hashlib
import re
from collections.abc import Container, Iterator
from pathlib import Path, PurePath
from typing import Any

from luntan.loaders.archive import LIMIT, is_word, is_zip, read_limited, unpack
from luntan.loaders.cache import Found, remember
from luntan.loaders.child import run_child
from luntan.loaders.dates import iso_date
from luntan.loaders.docx import read_docx
from luntan.loaders.encoding import decode
from luntan.loaders.furniture import find_body
from luntan.loaders.html import looks_like_html, read_html
from luntan.loaders.kinds import kind_of
from luntan.loaders.metadata import (
    damaged_date,
    find_date,
    find_publisher,
    find_title,
    language_of,
    read_front_matter,
)
from luntan.loaders.mhtml import looks_like_mhtml, read_mhtml
from luntan.loaders.pdf import read_pdf
from luntan.loaders.tags import without_tags

FORMATS = (".txt", ".md", ".html", ".htm", ".shtml", ".mhtml", ".mht", ".pdf", ".docx")
PACKED = (".zip", ".gz")
# What people take for a report and luntan does not read, by the first bytes.
FOREIGN = (
    (b"\xd0\xcf\x11\xe0", "an old or password-protected Office file; save it as .docx without a password"),
    (b"{\\rtf", "rich text (RTF); save it as .docx or .txt"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF89a", "a picture"),
    (b"7z\xbc\xaf", "a 7z archive; pack it as .zip"),
    (b"Rar!\x1a", "a RAR archive; pack it as .zip"),
    (b"SQLite format 3\0", "a database"),
    (b"\x7fELF", "a program"),
)
CONTROLS = [chr(code) for code in range(1, 32) if chr(code) not in "\t\n\r\f"]
# NUL and lone surrogates: no file, and many a program, takes them.
UNSTORABLE = re.compile("[\0\ud800-\udfff]")
EMPTY = dict.fromkeys(
    ("title", "publisher", "date", "lang", "kind", "sha256", "encoding", "status", "reason", "text"), ""
) | {"body_start": 0, "body_end": 0}
# Some pages take a time that grows with the square of their size: a larger one is read under a time limit.
LARGE_PAGE = 500_000
# An article has fewer lines; what has more is a list or a table, and looking at each would fill the memory.
MOST_LINES = 200_000
LONGEST_FIELD = 1_000
LONGEST_FRONT_MATTER = 10_000
Row = dict[str, Any]


def load_file(path: Path, wanted: Container[int] | None = None) -> Iterator[tuple[str, Row]]:
    """Yield the fields of a corpus row for a file, or each file of a zip archive, with its name there.

    Of an archive only those files are read whose numbers are `wanted`; all if none are named.
    """
    if reason := _unread(path.name):
        yield "", skip(reason)
        return
    try:
        if path.stat().st_size > LIMIT:
            yield "", skip(f"larger than {LIMIT // 1_000_000} MB")
            return
        with path.open("rb") as file:
            data, reason = read_limited(file, LIMIT)
        if reason:
            yield "", skip(f"could not be read: {reason}")
            return
        for number, member in enumerate(unpack(data)):
            if wanted is not None and number not in wanted:
                continue
            reason = member.name and _unread(member.name)
            row = skip(reason) if reason else load_bytes(member.data, reason=member.reason)
            if not member.name:  # what a gzip file inflates to is not what lies on the disk
                row["sha256"] = hashlib.sha256(data).hexdigest() if data else ""
            yield member.name, row
    except (OSError, MemoryError) as error:
        yield "", skip(f"could not be read: {getattr(error, 'strerror', None) or 'not enough memory'}")


def skip(reason: str, sha256: str = "") -> Row:
    """Return the fields of a file that is not read."""
    return EMPTY | {"status": "skip", "reason": reason, "sha256": sha256}


def _unread(name: str) -> str:
    """Say which ending keeps a file from being read; below `.gz`, the ending before it counts."""
    path = PurePath(name.lower())
    suffix = PurePath(path.stem).suffix if path.suffix == ".gz" else path.suffix
    if suffix in FORMATS + PACKED or (path.suffix == ".gz" and not suffix):
        return ""
    return f"{suffix or 'no suffix'}: not one of {' '.join(FORMATS + PACKED)}"


def load_bytes(data: bytes, *, reason: str = "") -> Row:
    """Turn a file's bytes into the fields of a corpus row; `reason` tells what is wrong with them so far."""
    sha256 = hashlib.sha256(data).hexdigest()
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        return skip(reason or "empty file", sha256 if data else "")
    try:
        row = _load(data, reason)
    except Exception as error:  # one file must not end the run, whatever a reader makes of it
        row = skip(f"could not be read: {type(error).__name__}")
    return row | {"sha256": sha256}


def _load(data: bytes, reason: str) -> Row:
    text, encoding, page, reasons = _read(data)
    # A file that a crash left padded with NUL is no binary, so these do not count.
    length, controls, lost = (
        len(text) - text.count("\0"),
        sum(map(text.count, CONTROLS)),
        text.count("\ufffd"),
    )
    if controls > 0.05 * length or lost > 0.3 * length:
        return skip("binary data, not text")
    text, replaced = UNSTORABLE.subn("\ufffd", text)
    if replaced:
        reasons.append(f"{replaced} characters that cannot be stored were replaced")
    stated = "; ".join(filter(None, dict.fromkeys([reason, *reasons])))
    if not text.strip("\ufffd \t\r\n"):
        return skip(stated or "no text")
    # Front matter and JSON-LD have escapes of their own for what cannot be stored.
    fields = {
        key: UNSTORABLE.sub("\ufffd", value)[:LONGEST_FIELD] if isinstance(value, str) else value
        for key, value in describe(text, page).items()
    }
    stated = "; ".join(filter(None, [stated, fields.pop("reason")]))
    status = "warn" if stated else "ok"
    return EMPTY | fields | {"encoding": encoding, "status": status, "reason": stated, "text": text}


def _read(data: bytes) -> tuple[str, str, dict[str, Any], list[str]]:
    """Return text, encoding, what the format states about it, and reasons; the bytes decide the format."""
    if found := next((reason for start, reason in FOREIGN if data.startswith(start)), ""):
        return "", "", {}, [found]
    if _is_pdf(data):
        text, page, reason = remember("pdf", data, lambda: read_pdf(data))
        return text, "", page, [reason]
    if is_zip(data):
        if not is_word(data):
            return "", "", {}, ["an archive within an archive is not opened"]
        text, page, reason = read_docx(data)
        return text, "", page, [reason]
    if looks_like_mhtml(data):
        data = read_mhtml(data)
    text, encoding, reason = decode(data)
    text = text.removeprefix("\ufeff")
    if not looks_like_html(text):
        return text, encoding, {}, [reason]
    text, page, trouble = _read_page(text)
    return text, encoding, page, [reason, trouble]


def _is_pdf(data: bytes) -> bool:
    """Tell by content whether bytes are a PDF, be it behind what a server sent before it."""
    head = data[:1024]
    return head.lstrip().startswith(b"%PDF-") or (b"%PDF-" in head and b"%%EOF" in data[-1024:])


def _read_page(markup: str) -> Found:
    """Return a page's article, or all its text where none is found; a child reads large pages."""
    data = markup.encode("utf-8", "surrogatepass")
    try:
        if len(markup) <= LARGE_PAGE:
            text, fields, reason = remember("html", data, lambda: read_html(markup))
        else:
            text, fields, reason = remember("html", data, lambda: _read_large_page(data))
    except Exception as error:  # RecursionError above all: pages can be nested ten thousand deep
        text, fields, reason = "", {}, f"HTML reader failed ({type(error).__name__})"
    if not text and (text := without_tags(markup)):
        reason += "; all text of the page is kept"
    return text, fields, reason


def _read_large_page(data: bytes) -> Found:
    reports, ended = run_child("html", data)
    text, fields, reason = reports[0]["found"] if reports else ("", {}, f"HTML reader {ended}")
    return text, fields, reason


def describe(text: str, page: dict[str, Any] | None = None) -> dict[str, Any]:
    """Find body and metadata in a text: front matter first, then the page's own statements, then the text."""
    # YAML takes quadratic time on some texts, and no front matter is as long as this.
    front, front_end, reason = read_front_matter(text[:LONGEST_FRONT_MATTER])
    stated = {
        key: value for key, value in {**(page or {}), **front}.items() if isinstance(value, str) and value
    }
    if text.count("\n") <= MOST_LINES:
        body = find_body(text, start_after=front_end)
    else:
        body, reason = (front_end, len(text)), "too many lines to look for an article: all of it is the body"
    title = stated.get("title") or find_title(text, body[0])
    date = (iso_date(stated["date"]) or stated["date"][:10]) if "date" in stated else find_date(text, body)
    # A document is mixed sooner than a sentence: a few terms in a hundred mark its whole vocabulary.
    lang = stated.get("lang") or stated.get("language") or language_of(text[slice(*body)], threshold=0.03)
    damage = damaged_date(text, body) if "date" not in stated and "XXXX" in (date or "XXXX") else ""
    return {
        "title": title,
        "publisher": stated.get("publisher") or find_publisher(text, body),
        "date": date,
        "lang": lang.split("-")[0].lower(),
        "kind": stated.get("kind")
        or kind_of(title, text[body[0] : body[0] + 800], text[front_end : body[0]]),
        "body_start": body[0],
        "body_end": body[1],
        "reason": "; ".join(filter(None, [reason, damage])),
    }
