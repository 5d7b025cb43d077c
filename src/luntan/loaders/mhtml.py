"""Take the page out of a web archive (MHTML), as browsers save it in one file."""

import email
import email.policy
import re

HEAD = re.compile(rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,20}?content-type:\s*multipart/related", re.I)


def looks_like_mhtml(data: bytes) -> bool:
    """Tell by content whether bytes are a web archive."""
    return bool(HEAD.match(data[:4096].lstrip()))


def read_mhtml(data: bytes) -> bytes:
    """Return the bytes of the page itself, without pictures and styles; none if there is no page."""
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            page = part.get_payload(decode=True)
            return page if isinstance(page, bytes) else b""
    return b""
