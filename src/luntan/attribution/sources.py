"""What the grammars hand on: sources (who, as the text names them here) and frames (said what)."""

from typing import NamedTuple

Span = tuple[int, int]
Role = tuple[str, str]


class Source(NamedTuple):
    """A speaker as named at one place: the characters, the name in them, and the roles stated beside it.

    `kind` is `person`, `surname`, `organisation`, `collective`, `pronoun`, `title` ("the minister")
    or `report` (报道: whatever was last named that publishes).
    """

    start: int
    end: int
    name: str
    kind: str
    roles: tuple[Role, ...] = ()
    name_zh: str = ""
    # The second of two who speak together: "A and B said".
    also: "Source | None" = None
    # Is a single name that of a person for sure ("Ms Rao", but not "Washington")?
    titled: bool = False

    @property
    def is_person(self) -> bool:
        """Tell whether the source is a person by name."""
        return self.kind in ("person", "surname")


class Frame(NamedTuple):
    """One reporting clause: what was said, by whom (None: whoever spoke last), with which word."""

    start: int
    end: int
    cue: str
    source: Source | None
    # May the sentences after (before, where the clause is postposed) go on with it?
    forward: bool = True
    backward: bool = False
    topic: bool = False


class Act(NamedTuple):
    """Something a person did at the event that carries no words: chaired, gave a keynote, also spoke."""

    source: Source | None
    act: str
