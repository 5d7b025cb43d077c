"""Signature lines: a name, a role and a body on the lines below a quotation, as in testimonials."""

import re
from collections.abc import Sequence

from luntan.attribution.page import Page, Unit
from luntan.attribution.roles import opens_role, parse_roles
from luntan.attribution.sources import Role, Source
from luntan.attribution.subjects import name_of, with_roles
from luntan.attribution.words import cut

# A longer line below a quotation is the text that goes on.
_LONGEST = 160
_DRESS = " \t\r\n\u3000*_-–—―~|>#"


def signature_after(units: Sequence[Unit], page: Page) -> Source | None:
    """Return who signs right below a quotation, with role and body if lines of their own give them."""
    lines = [line for unit in units for line in _lines(page.text, unit.start, unit.end)][:4]
    if not lines:
        return None
    start, end = lines[0]
    if (
        end - start > _LONGEST
        or page.text[end - 1] in "。；;,，"
        or (end - start > 60 and page.text[end - 1] == ".")
    ):
        return None
    comma = re.compile(r"[,，]").search(page.text, start, end)
    found = name_of(page.text, cut(page.text, start, comma.start() if comma else end))
    dressed = page.text[start - 1 : start] in tuple("*_-–—―") or page.text[start - 2 : start - 1] in tuple(
        "-–—―"
    )
    if found is None or (found.kind != "person" and not dressed):
        return None
    if comma:
        return with_roles(found, parse_roles(page.text[comma.end() : end]))
    if not dressed and (len(lines) < 2 or not opens_role(page.text[slice(*lines[1])])):
        return None
    return with_roles(found, _roles_below(page.text, lines[1:]))


def _roles_below(text: str, lines: Sequence[tuple[int, int]]) -> tuple[Role, ...]:
    if not lines or not opens_role(text[slice(*lines[0])]) or lines[0][1] - lines[0][0] > 80:
        return ()
    roles = parse_roles(text[slice(*lines[0])])
    if roles and not roles[-1][1] and len(lines) > 1 and lines[1][1] - lines[1][0] < 100:
        return (*roles[:-1], (roles[-1][0], text[slice(*lines[1])]))
    return roles


def _lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the spans of the lines, without emphasis marks and dashes around them."""
    spans = []
    for found in re.compile(r"[^\n]+").finditer(text, start, end):
        left, right = found.span()
        while left < right and text[left] in _DRESS:
            left += 1
        while right > left and text[right - 1] in _DRESS:
            right -= 1
        if left < right:
            spans.append((left, right))
    return spans
