"""Markdown as markup that cannot carry anything else: raw HTML is shown, not used."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import mistune

from luntan.site.evidence import Evidence
from luntan.site.markup import escape, mixed, scroll
from luntan.site.tongue import ENGLISH, Tongue

_ELSEWHERE = re.compile(r"https?://|mailto:|#")


@dataclass(frozen=True)
class Place:
    """Where something is shown: the page, what it may link to, the evidence, and the interface's language."""

    here: str
    evidence: Evidence
    files: Mapping[str, str]
    tongue: Tongue = ENGLISH

    @property
    def up(self) -> str:
        """The way from this page to the first one of its language."""
        return "../" * self.here.count("/")

    @property
    def shared(self) -> str:
        """The way from this page to the files that all languages share."""
        return self.up + self.tongue.shared

    def find(self, url: str) -> str:
        """Say where a link of a notebook leads on the site; empty if it leads nowhere."""
        if _ELSEWHERE.match(url):
            return url
        file, _, part = url.partition("#")
        found = self.files.get(file.rsplit("/", 1)[-1], "")
        up = self.up if found.endswith(".html") else self.shared
        return up + found + (f"#{part}" if part else "") if found else ""


class Prose(mistune.HTMLRenderer):
    """Write Markdown for a place; `demote` makes headings smaller, for prose within another page."""

    def __init__(self, place: Place, *, demote: int = 0) -> None:
        super().__init__(escape=True)
        self.place, self.demote = place, demote

    def text(self, text: str) -> str:
        """Say which words are Chinese."""
        return mixed(text)

    def codespan(self, text: str) -> str:
        """Let a locator lead to its characters."""
        locators = self.place.evidence.find(text)
        if len(locators) == 1:
            return self.place.evidence.link(*locators[0], self.place.here, text=text)
        return f"<code>{mixed(text)}</code>"

    def block_code(self, code: str, info: str | None = None) -> str:  # noqa: ARG002
        """Show code, whatever its language."""
        return scroll("Code", f"<pre><code>{mixed(code)}</code></pre>")

    def heading(self, text: str, level: int, **attrs: Any) -> str:  # noqa: ARG002
        """Keep headings in order."""
        level = min(6, level + self.demote)
        return f"<h{level}>{text}</h{level}>\n"

    def link(self, text: str, url: str, title: str | None = None) -> str:  # noqa: ARG002
        """Lead to a page of the site or to the web; what is in neither stays text."""
        target = self.place.find(url)
        return f'<a href="{escape(target)}">{text}</a>' if target else text

    def image(self, text: str, url: str, title: str | None = None) -> str:  # noqa: ARG002
        """Show a figure of the site; of any other picture only its description."""
        target = "" if _ELSEWHERE.match(url) else self.place.find(url)
        alt = re.sub("<[^>]*>", "", text)
        return f'<img src="{escape(target)}" alt="{alt}">' if target.endswith((".svg", ".png")) else text

    def table(self, text: str) -> str:
        """Let a wide table scroll by itself."""
        return scroll("Table", f"<table>\n{text}</table>\n")

    def table_cell(self, text: str, align: str | None = None, head: bool = False) -> str:
        """Align by class, for the policy of the page forbids styles in the text."""
        css = ' class="number"' if align == "right" else ""
        if head and text.strip():
            return f'<th scope="col"{css}>{text}</th>'
        return f"<td{css}>{text}</td>"


def prose(source: str, place: Place, *, demote: int = 0) -> str:
    """Turn Markdown into markup."""
    write = mistune.create_markdown(renderer=Prose(place, demote=demote), plugins=["table", "strikethrough"])
    return str(write(source))
