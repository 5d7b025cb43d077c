"""Turn a saved web page into plain text with its metadata."""

import json
import logging
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from luntan.loaders.dates import iso_date
from luntan.loaders.furniture import find_body
from luntan.loaders.metadata import find_date, find_publisher
from luntan.loaders.tags import without_tags

MARKUP = re.compile(
    r"\A\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype html|html|head|body|title|meta)\b",
    re.IGNORECASE | re.DOTALL,
)
META = re.compile(r"<meta\b[^>]{0,2000}>", re.IGNORECASE)
ATTRIBUTE = re.compile(r"""([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
JSON_LD = re.compile(r"<script[^>]{0,200}application/ld\+json[^>]{0,200}>", re.IGNORECASE)
TITLE = re.compile(r"<title[^>]{0,200}>(.{0,1000}?)</title", re.IGNORECASE | re.DOTALL)
HEADLINE = re.compile(r"<(h[12])\b[^>]{0,1000}>(.{0,1000}?)</\1", re.IGNORECASE | re.DOTALL)
TIME = re.compile(r"""<time\b[^>]{0,500}?datetime\s*=\s*["']?([\dT:+.Z -]{8,40})""", re.IGNORECASE)
SEPARATOR = re.compile(
    r"\s+[-|–—·»:]+\s+|\s*[_|｜]\s*|(?<=[\u4e00-\u9fff”》])\s?[-–—]+\s?(?=[\u4e00-\u9fff])"
)
# What page makers call the same thing; the first that a page has counts.
NAMES = {
    "title": "citation_title articletitle og:title dc.title dcterms.title twitter:title",
    "publisher": (
        "contentsource source og:site_name citation_publisher dc.publisher dcterms.publisher"
        " citation_journal_title sitename application-name"
    ),
    "date": (
        "article:published_time citation_publication_date citation_date citation_online_date pubdate"
        " publishdate publish-date publish_date dc.date.issued dcterms.issued dc.date dcterms.date"
        " datepublished og:published_time og:release_date parsely-pub-date sailthru.date date"
    ),
}


def looks_like_html(text: str) -> bool:
    """Tell by content whether a text is an HTML page."""
    return bool(MARKUP.match(text[:4000]))


def read_html(markup: str) -> tuple[str, dict[str, Any], str]:
    """Return the page's main text, its stated metadata, and a reason where no article was found.

    The text is trafilatura's, one paragraph a line, since tags cannot be quoted; offsets count in it.
    Where trafilatura finds none it is all text of the page, in which `find_body` looks for the article.
    """
    visible = without_tags(markup)
    fields = read_fields_of(markup, visible)
    if text := _main_text(markup):
        return text, fields, ""
    if not visible:
        return "", fields, "no text found in the page"
    return visible, fields, "no article found in the page; all its text is kept"


def _main_text(markup: str) -> str:
    from trafilatura import extract

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    # Dates and names are read by our own rules: none of them may be guessed.
    return extract(markup, with_metadata=False, include_comments=False, fast=True) or ""


def read_fields_of(markup: str, visible: str) -> dict[str, Any]:
    """Return title, publisher and date: as meta tags state them, then JSON-LD, then the visible page."""
    meta, linked = _meta(markup), _json_ld(markup)
    body = find_body(visible)
    published = next((day for value in _all(meta, "date") if (day := iso_date(value))), "")
    publisher = next(_all(meta, "publisher"), "") or linked["publisher"] or find_publisher(visible, body)
    page_title = _plain(TITLE.search(markup))
    fields = {
        "title": _headline(markup, next(_all(meta, "title"), "") or linked["title"] or page_title, publisher),
        "publisher": publisher or _site_of(page_title),
        "date": published or linked["date"] or find_date(visible, body) or _only_time(markup),
    }
    return {key: value for key, value in fields.items() if value}


def _all(meta: dict[str, str], field: str) -> Iterator[str]:
    yield from (meta[name] for name in NAMES[field].split() if meta.get(name))


def _meta(markup: str) -> dict[str, str]:
    """Return the meta tags of a page, names in small letters."""
    found: dict[str, str] = {}
    for tag in META.finditer(markup):
        given = {name.lower(): unescape("".join(values)) for name, *values in ATTRIBUTE.findall(tag.group())}
        name = given.get("property") or given.get("name") or given.get("itemprop") or ""
        found.setdefault(name.strip().lower(), " ".join(given.get("content", "").split()))
    return found


def _json_ld(markup: str) -> dict[str, str]:
    """Return what the page's JSON-LD states about its article; damaged JSON states nothing."""
    stated = {"title": "", "publisher": "", "date": ""}
    for opening in JSON_LD.finditer(markup):
        end = markup.find("</script", opening.end())
        if end < 0:
            break
        try:
            thing = json.loads(markup[opening.end() : end])
        except (ValueError, RecursionError):
            continue
        for item in _items(thing):
            publisher = item.get("publisher")
            publisher = publisher[0] if isinstance(publisher, list) and publisher else publisher
            found = {
                "title": item.get("headline"),
                "publisher": publisher.get("name") if isinstance(publisher, dict) else publisher,
                "date": iso_date(item["datePublished"]) if isinstance(item.get("datePublished"), str) else "",
            }
            for key, value in found.items():
                if isinstance(value, str) and not stated[key]:
                    stated[key] = " ".join(unescape(value).split())
    return stated


def _items(thing: Any) -> Iterator[dict[str, Any]]:
    """Yield the articles among a JSON-LD object, list or graph."""
    for item in thing if isinstance(thing, list) else [thing]:
        if isinstance(item, dict):
            if "headline" in item or "datePublished" in item:
                yield item
            yield from (
                part for part in item.get("@graph") or () if isinstance(part, dict) and "headline" in part
            )


def _plain(found: re.Match[str] | None) -> str:
    return " ".join(without_tags(found.groups()[-1]).split()) if found else ""


def _headline(markup: str, title: str, publisher: str) -> str:
    """Return the title without the names of section and site; a headline of the page tells where it ends."""
    for found in HEADLINE.finditer(markup):
        headline = _plain(found)
        if len(headline) > 3 and (title.startswith(headline) or not title):
            return headline
    first, *others = SEPARATOR.split(title)
    if not others or "_" in title:
        return first
    # The last part names the site if it is the short one; a headline may itself hold a dash.
    is_site = publisher.casefold() in others[-1].casefold() if publisher else False
    if not is_site and len(others[-1]) >= 0.6 * len(first):
        return title
    return title[: title.rindex(others[-1])].rstrip(" -|–—·»:｜")


def _site_of(page_title: str) -> str:
    """Return the last part of a page's title, which names the site."""
    first, *others = SEPARATOR.split(page_title)
    site = others[-1].split(",")[0] if others else ""
    return site if 1 < len(site) < 0.8 * len(first) and len(site) <= 40 else ""


def _only_time(markup: str) -> str:
    """Return the date of the page's time tags if they agree on one."""
    days = {day for value in TIME.findall(markup) if (day := iso_date(value))}
    return days.pop() if len(days) == 1 else ""
