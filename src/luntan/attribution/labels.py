"""Turns of interviews and hearings: a label says who speaks, "Ms. OKAFOR: …", "Harbour Review: …"."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from luntan.attribution.sources import Span
from luntan.attribution.words import is_title

_LABEL = re.compile(
    r"[ \t*_#>–—-]*"
    r"(?:((?:[A-Z]\.|[A-Z][\w’'-]*\.(?=\s[A-Z])|[^:.?!\"“\n]){1,80}?)[*_]{0,2}\s?:[*_]{0,2}(?=\s)|"
    r"([A-Z][a-z]+\.?\s[A-Z][A-Z’'-]+(?:\sof\s[A-Z]\w+)?|Q|A)\.(?=\s))\s*(?=[^\s\"“])"
)
# A titled person alone: "Prof. Li", "Ms. OKAFOR", "DR. HALE (Lake Trust)", "The CHAIR"
_PERSON = re.compile(
    r"([A-Z][A-Za-z]+)\.?\s[A-Z][\w’'.-]+(?:\s[A-Z][\w’'.-]+){0,3}(?:\s\([^()]+\))?|The\s[A-Z]{4,}"
)
_FULL = re.compile(r"[A-Z][\w’'.-]+(?:\s[A-Z][\w’'.-]+){1,3}")


def find_turns(text: str, paragraphs: Sequence[Span]) -> Iterator[tuple[Span, Span]]:
    """Yield the span of each turn with its label, and of the words in it.

    A label is a titled person, or what stands before a colon more than once where somebody else does
    too; there a full name counts the first time. A turn runs to the next label; the last one ends with
    its paragraph, for what follows may be anybody's.
    """
    found = [
        (number, label) for number, span in enumerate(paragraphs) if (label := _LABEL.match(text, *span))
    ]
    counts = Counter(_name(label) for _, label in found)
    several = sum(count > 1 or _is_person(name) for name, count in counts.items()) > 1
    kept = [
        (number, label)
        for number, label in found
        if _is_person(_name(label))
        or (several and (counts[_name(label)] > 1 or _FULL.fullmatch(_name(label))))
    ]
    following = [number for number, _ in kept[1:]] + [number + 1 for number, _ in kept[-1:]]
    for (number, label), after in zip(kept, following, strict=True):
        end = paragraphs[max(number, after - 1)][1]
        yield (paragraphs[number][0], end), (label.end(), label.end() + len(text[label.end() : end].rstrip()))


def _is_person(name: str) -> bool:
    found = _PERSON.fullmatch(name)
    return found is not None and (not found.group(1) or is_title(found.group(1)))


def _name(label: re.Match[str]) -> str:
    return label.group(1) or label.group(2)
