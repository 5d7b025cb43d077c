"""From a file's bytes to text, offsets of the body and metadata; whatever the bytes, a row comes back."""

import hashlib
from pathlib import Path
from typing import Any

from luntan.loaders.encoding import decode
from luntan.loaders.furniture import find_body
from luntan.loaders.html import looks_like_html, read_html
from luntan.loaders.metadata import (
    find_date,
    find_publisher,
    find_title,
    kind_of,
    language_of,
    read_front_matter,
)

SUFFIXES = (".txt", ".md", ".html", ".htm", ".shtml")
EMPTY = dict.fromkeys(
    ("title", "publisher", "date", "lang", "kind", "sha256", "encoding", "status", "reason", "text"), ""
) | {"body_start": 0, "body_end": 0}


def load_file(path: Path) -> dict[str, Any]:
    """Read one file into the fields of a corpus row; `status` and `reason` tell what became of it."""
    if path.suffix.lower() not in SUFFIXES:
        return EMPTY | {
            "status": "skip",
            "reason": f"{path.suffix or 'no suffix'}: not one of {' '.join(SUFFIXES)}",
        }
    try:
        data = path.read_bytes()
    except OSError as error:
        return EMPTY | {"status": "skip", "reason": f"could not be read: {error.strerror}"}
    return load_bytes(data)


def load_bytes(data: bytes) -> dict[str, Any]:
    """Turn a file's bytes into the fields of a corpus row."""
    row = EMPTY | {"sha256": hashlib.sha256(data).hexdigest()}
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        return row | {"status": "skip", "reason": "empty file"}
    raw, encoding, reason = decode(data)
    text = raw.removeprefix("\ufeff").replace("\0", "\ufffd")
    if sum(char < " " and char not in "\t\n\r\f" for char in text) > 0.05 * len(text):
        return row | {"status": "skip", "reason": "binary data, not text"}
    page: dict[str, Any] = {}
    reasons = [reason]
    if looks_like_html(text):
        text, page, reason = read_html(text)
        reasons.append(reason)
        if not text:
            return row | {"encoding": encoding, "status": "skip", "reason": reason}
    # Lone surrogates cannot be written to any file; a page's entities can produce them.
    text = text.encode("utf-8", "replace").decode("utf-8")
    fields = describe(text, page)
    reasons.append(fields.pop("reason"))
    stated = "; ".join(filter(None, reasons))
    return row | fields | {
        "encoding": encoding, "status": "warn" if stated else "ok", "reason": stated, "text": text,
    }  # fmt: skip


def describe(text: str, page: dict[str, Any] | None = None) -> dict[str, Any]:
    """Find body and metadata in a text: front matter first, then the page's own statements, then the text."""
    front, front_end, reason = read_front_matter(text)
    stated = {
        key: value for key, value in {**(page or {}), **front}.items() if isinstance(value, str) and value
    }
    body = find_body(text, start_after=front_end)
    title = stated.get("title") or find_title(text, body[0])
    lang = stated.get("lang") or stated.get("language") or language_of(text[body[0] : body[1]])
    return {
        "title": title,
        "publisher": stated.get("publisher") or find_publisher(text, body),
        "date": stated["date"][:10] if "date" in stated else find_date(text, body),
        "lang": lang.split("-")[0].lower(),
        "kind": stated.get("kind") or kind_of(title, text[body[0] : body[0] + 300]),
        "body_start": body[0],
        "body_end": body[1],
        "reason": reason,
    }
