"""Mark spans of a text that may overlap, cross paragraphs or lie within one another."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from luntan.site.markup import escape

Stretch = tuple[int, int]


@dataclass(frozen=True)
class Mark:
    """A span to mark: a place that links lead to, or (with `lang`) a passage in a language."""

    start: int
    end: int
    kinds: tuple[str, ...] = ()
    note: str = ""
    lang: str = ""

    @property
    def anchor(self) -> str:
        """The id that links lead to; the same in every build, for it says where the span is."""
        return "" if self.lang else f"c{self.start}-{self.end}"


# A step through a text: begin a mark, end it, or show the characters from one offset to another.
Step = tuple[str, Mark | Stretch]


def walk(stretch: Stretch, marks: Iterable[Mark]) -> Iterator[Step]:
    """Walk through one stretch of text so that marks nest; those that cross are ended and begun anew."""
    start, end = stretch
    waiting = [mark for mark in marks if mark.start < end and mark.end > start]
    edges = {max(start, mark.start) for mark in waiting} | {min(end, mark.end) for mark in waiting}
    open_marks: list[Mark] = []
    for left, right in pairwise(sorted(edges | {start, end})):
        beginning = [mark for mark in waiting if max(mark.start, start) == left]
        while any(mark.end <= left for mark in open_marks):
            ended = open_marks.pop()
            yield "end", ended
            if ended.end > left:
                beginning.append(ended)
        for mark in sorted(beginning, key=lambda mark: (-mark.end, mark.start, mark.lang, mark.kinds)):
            yield "begin", mark
            open_marks.append(mark)
        yield "text", (left, right)
    for mark in reversed(open_marks):
        yield "end", mark


def mark_up(text: str, stretches: Sequence[Stretch], marks: Iterable[Mark]) -> tuple[list[str], list[str]]:
    """Return the markup of each stretch, and the anchors of the marks that were cut into pieces.

    A whole mark is one element with its anchor as id. Of a mark in pieces the first has the id and
    all have the anchor as class, so that one style rule can light up all of them.
    """
    steps = [list(walk(stretch, near)) for stretch, near in _near(stretches, marks)]
    pieces = Counter(mark for path in steps for kind, mark in path if kind == "begin")
    begun: set[Mark] = set()
    shown = []
    for path in steps:
        made = []
        for kind, what in path:
            if not isinstance(what, Mark):
                made.append(escape(text[slice(*what)]))
            elif kind == "end":
                made.append("</span>")
            else:
                made.append(_begin(what, first=what not in begun, whole=pieces[what] == 1))
                begun.add(what)
        shown.append("".join(made))
    cut = sorted({mark.anchor for mark in begun if pieces[mark] > 1 and mark.anchor})
    return shown, cut


def _near(stretches: Sequence[Stretch], marks: Iterable[Mark]) -> Iterator[tuple[Stretch, list[Mark]]]:
    """Pair each stretch with the marks that touch it, without trying all of them."""
    waiting = sorted(marks, key=lambda mark: (mark.start, mark.end, mark.lang), reverse=True)
    near: list[Mark] = []
    for stretch in stretches:
        near = [mark for mark in near if mark.end > stretch[0]]
        while waiting and waiting[-1].start < stretch[1]:
            near.append(waiting.pop())
        yield stretch, near


def _begin(mark: Mark, *, first: bool, whole: bool) -> str:
    if mark.lang:
        return f'<span lang="{mark.lang}">'
    given = {
        "id": mark.anchor if first else "",
        "class": " ".join([*mark.kinds, *([] if whole else [mark.anchor])]),
        "title": escape(mark.note),
    }
    attributes = "".join(f' {name}="{value}"' for name, value in given.items() if value)
    return f"<span{attributes}>"


def light_up(anchors: Sequence[str]) -> str:
    """Make the style rules that light up all pieces of a mark when a link leads to it."""
    light = "{ background: var(--target) !important; color: var(--target-ink) }"
    rules = (f":root:has(#{anchor}:target) :is(.{anchor}, .{anchor} *) {light}\n" for anchor in anchors)
    return "".join(rules)
