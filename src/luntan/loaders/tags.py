"""Take the tags out of a page, whatever its depth, size or damage, in one pass."""

import html
import re

# What begins a new line, and what is no text at all.
BLOCKS = frozenset(
    "address article aside blockquote br body dd div dl dt figcaption footer form h1 h2 h3 h4 h5 h6 head"
    " header hr html li main nav ol option p pre section table td th title tr ul".split()
)
SILENT = frozenset("script style noscript template svg iframe object textarea select".split())
NAME = re.compile(r"/?([a-zA-Z][a-zA-Z0-9]*)")


def without_tags(markup: str) -> str:
    """Return all text of a page, a block a line.

    >>> without_tags("<p>Firms &amp; <b>parks</b><script>1 < 2</script><p>企业")
    'Firms & parks\\n企业'
    """
    first, *pieces = _without_comments(markup).split("<")
    kept = [first]
    silent = ""
    for piece in pieces:
        found = NAME.match(piece)
        name = found.group(1).lower() if found else ""
        tag, closed, text = piece.partition(">")
        if silent:
            if name != silent or not tag.startswith("/"):
                continue
            silent = ""
        elif name in SILENT:
            silent = name if not tag.endswith("/") else ""
            continue
        elif not name and not piece.startswith(("!", "?", "/")):
            kept.append("<" + piece)  # a sign, not a tag: 1 < 2
            continue
        if name in BLOCKS:
            kept.append("\n")
        kept.append(text if closed else "")
    lines = (" ".join(line.split()) for line in html.unescape("".join(kept)).split("\n"))
    return "\n".join(filter(None, lines))


def _without_comments(markup: str) -> str:
    first, *pieces = markup.split("<!--")
    parted = (piece.partition("-->") for piece in pieces)
    return first + "".join(after if closed else before for before, closed, after in parted)
