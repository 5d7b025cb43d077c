"""A stated figure while it is being read; `quantities` turns it into a row."""

from dataclasses import dataclass

from luntan.measurement.dates import Date
from luntan.measurement.numerals import NAN


@dataclass(slots=True)
class Figure:
    """A figure at `start:end` of a sentence; `tail` is where its measure word or cue ends."""

    start: int
    end: int
    value: float = NAN
    kind: str = "count"
    unit: str = ""
    bound: str = "exact"
    value2: float = NAN
    date: Date | None = None
    date2: Date | None = None
    flag: str = ""
    form: str = "digits"  # digits, han or words
    scale: float = 1.0  # the order of magnitude that is spelt out, which a range shares
    head: int = -1  # where its cue on the left begins
    tail: int = -1

    def __post_init__(self) -> None:
        self.head = self.start if self.head < 0 else self.head
        self.tail = self.end if self.tail < 0 else self.tail

    @property
    def is_bare(self) -> bool:
        """Tell whether nothing but the numeral says what kind of figure this is."""
        return self.kind == "count" and not self.unit and self.date is None


def last_before(text: str, at: int) -> str:
    """Return the character before `at`, or before the blank there; where no cue ends with it, none is near.

    >>> last_before("共 5家", 2), last_before("5家", 0)
    ('共', '')
    """
    place = at - 1 - (text[max(0, at - 1) : at] in (" ", "\u00a0"))
    return text[place] if place >= 0 else ""


def dated(date: Date) -> Figure:
    """Return the figure of a date; a year alone has the kind `year`."""
    kind = "date" if date.month or date.day else "year"
    flag = "corrupt_numeral" if date.damaged else ""
    return Figure(date.start, date.end, kind=kind, date=date, flag=flag, form="date")
