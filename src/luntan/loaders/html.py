"""Turn a saved web page into plain text with its metadata."""

import logging
import re
from typing import Any

MARKUP = re.compile(r"\A\s*(?:<!doctype html|<html|<head|<body|<\?xml[^>]*>\s*<!doctype html)", re.IGNORECASE)


def looks_like_html(text: str) -> bool:
    """Tell by content whether a text is an HTML page."""
    return bool(MARKUP.match(text[:2000]))


def read_html(markup: str) -> tuple[str, dict[str, Any], str]:
    """Return the page's main text, its stated metadata, and a reason where none was found.

    The text is trafilatura's, one paragraph a line, since tags cannot be quoted; offsets count in it.
    """
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    found = trafilatura.bare_extraction(markup, with_metadata=True, include_comments=False, fast=True)
    page = found.as_dict() if found is not None and not isinstance(found, dict) else {}
    if not page.get("text"):
        return "", {}, "no running text found in the page"
    fields = {"title": page["title"], "publisher": page["sitename"], "date": page["date"]}
    return page["text"], {key: value for key, value in fields.items() if value}, ""
