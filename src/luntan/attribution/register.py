"""The people and bodies of one document: names, every role stated, and who "Li", "He" or 他 is."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from luntan.attribution.bodies import Bodies, is_body
from luntan.attribution.roles import ITS
from luntan.attribution.sources import Role, Source
from luntan.attribution.words import words_of
from luntan.folding import fold
from luntan.lexicons import read_lexicon

_FIRMS = ("company", "firm", "start-up", "startup", "该公司", "该企业", "公司")
_LATIN = re.compile(r"[a-z]")
_HAN = re.compile(r"[\u3400-\u9fff]")
# Li Na (李娜): the bracket is rare, so the name is looked for behind it.
_BRACKETED = re.compile(r"[(（]([\u3400-\u9fff·]{2,8})[)）]")
_GLOSSED = re.compile(r"((?:[A-Z][\w'’-]+ ){1,3}[A-Z][\w'’-]+) ?$")


@dataclass
class Actor:
    """A person or body of a document."""

    name: str
    person: bool
    first: int
    roles: list[Role] = field(default_factory=list)
    name_zh: str = ""

    def add_roles(self, roles: tuple[Role, ...]) -> None:
        """Note further roles, leaving out what is known already."""
        for role, organisation in roles:
            if any(r.startswith(role) and organisation in o for r, o in self.roles):
                continue
            # "director", then "director of the Sea Center": the fuller statement replaces the other.
            self.roles = [(r, o) for r, o in self.roles if not role.startswith(r) or o not in organisation]
            self.roles.append((role, organisation))

    def stated(self, lang: str) -> tuple[str, str]:
        """Return all roles and all organisations, those in the writing of `lang` if any."""
        zh = lang != "en"
        other = _LATIN if zh else _HAN
        same = [
            pair
            for pair in self.roles
            if (zh and _HAN.search("".join(pair))) or not other.search("".join(pair))
        ]
        roles, bodies = (
            dict.fromkeys(pair[part] for pair in same or self.roles if pair[part]) for part in (0, 1)
        )
        joint = "；" if zh and same else "; "
        if not bodies and not self.person and is_body(self.name):
            return joint.join(roles), self.name
        return joint.join(roles), joint.join(bodies)


class Mention(NamedTuple):
    """Who a source turned out to be, and how that was found."""

    actor: Actor
    basis: str


class Register:
    """Actors in the order in which a document names them."""

    def __init__(self, bodies: list[tuple[int, str]]) -> None:
        self.bodies = Bodies(bodies)
        self.actors: dict[str, Actor] = {}
        self._by_part: dict[str, list[Actor]] = {}
        # As many actors as there were, and the people among them
        self._known: tuple[int, frozenset[str]] = (0, frozenset())
        self.last_person: Actor | None = None
        self.last_body: Actor | None = None
        self.last: Actor | None = None

    def note(self, source: Source) -> Actor | None:
        """Enter a person or body that is named in full; other sources change nothing."""
        if source.kind not in ("person", "organisation"):
            return None
        if source.kind == "organisation":
            self.bodies.add(source.start, source.name)
        roles = tuple((role, self._whole_body(body, source.start)) for role, body in source.roles)
        key = _key(source.name)
        if source.also is not None:
            self.note(source.also)
        if key not in self.actors and self._by_part.get(key):
            return self.with_surname(key, source.start)
        actor = self.actors.get(key)
        if actor is None:
            actor = self.actors[key] = Actor(_plain(source.name), source.kind == "person", source.start)
            if actor.person:
                actor.name_zh = actor.name if _HAN.match(actor.name) else ""
                for part in _parts(source.name):
                    self._by_part.setdefault(part, []).append(actor)
            short = _acronym(roles) if source.kind == "organisation" else ""
            if short:
                self.actors.setdefault(short, actor)
        if source.kind == "person":
            body = self.last_body.name if self.last_body and not _HAN.search(self.last_body.name) else ""
            actor.add_roles(tuple((role, body if owner == ITS else owner) for role, owner in roles))
            actor.name_zh = actor.name_zh or source.name_zh
        return actor

    def _whole_body(self, body: str, at: int) -> str:
        whole = self.bodies.whole(body, at)
        if whole == body:
            self.bodies.add(at, body)
        return whole

    def settle(self, texts: Iterable[str]) -> None:
        """Give those whose office stands alone the one body it can belong to, and names their characters."""
        for text in texts:
            self._gloss(text)
        for actor in self.actors.values():
            if actor.person:
                actor.roles = [
                    (role, body or self.bodies.seat(role, actor.first)) for role, body in actor.roles
                ]

    def _gloss(self, text: str) -> None:
        """Note the characters that stand in brackets behind a name, wherever the text has them."""
        for gloss in _BRACKETED.finditer(text):
            name = _GLOSSED.search(text, max(0, gloss.start() - 200), gloss.start())
            actor = self.actors.get(_key(name[1])) if name else None
            if actor is not None and actor.person:
                actor.name_zh = actor.name_zh or gloss[1]

    def known(self) -> frozenset[str]:
        """Return the names of the people that are not written in Latin letters, in simplified characters."""
        if self._known[0] != len(self.actors):
            people = (key for key, actor in self.actors.items() if actor.person and not key.isascii())
            self._known = len(self.actors), frozenset(people)
        return self._known[1]

    def with_surname(self, name: str, at: int) -> Actor | None:
        """Return the person of that surname (or given name) named last before `at`, else first after."""
        known = self._by_part.get(_key(name), [])
        before = [actor for actor in known if actor.first <= at]
        return before[-1] if before else known[0] if known else None

    def with_initials(self, initials: str) -> str:
        """Return the name of the person with these initials, as labels of interviews give them."""
        for actor in self.actors.values():
            if actor.person and initials in (_initials(actor.name), _initials(actor.name.replace("-", " "))):
                return actor.name
        return ""

    def with_role(self, title: str, at: int) -> Actor | None:
        """Return the person whose role holds this title ("the minister"), named last before `at`."""
        title = title.casefold().split(" of ")[0]
        found = None
        for actor in self.actors.values():
            if (
                actor.person
                and actor.first <= at
                and any(title in role.casefold() for role, _ in actor.roles)
            ):
                found = actor
        return found

    def resolve(self, source: Source | None) -> Mention | None:
        """Return who a source is; None if nobody can be named."""
        mention = self._resolve(source)
        if mention is not None:
            self.last = mention.actor
            if mention.actor.person:
                self.last_person = mention.actor
            else:
                self.last_body = mention.actor
        return mention

    def _resolve(self, source: Source | None) -> Mention | None:
        if source is None:
            return Mention(self.last, "continued") if self.last else None
        if source.name.casefold() in _FIRMS and self.last_body:
            return Mention(self.last_body, "pronoun")
        if source.kind in ("organisation", "collective", "pronoun"):
            whole = self.bodies.whole(source.name, source.start)
            if whole != source.name:
                source = source._replace(name=whole, kind="organisation", roles=(("", whole),))
        key, roles = _key(source.name), [pair for pair in source.roles if any(pair)]
        if source.kind == "pronoun":
            it = key == "it" and self.last is not self.last_body
            others = key in ("it", "they", "他们", "她们") or key.startswith("该")
            who = (self.last if others else self.last_person) or self.last
            return Mention(who, "continued" if it else "pronoun") if who else None
        if source.kind == "title" and (who := self.with_role(source.name, source.start)):
            return Mention(who, "surname")
        if source.kind in ("title", "collective"):
            return Mention(Actor(_plain(source.name), False, source.start, roles), "collective")
        lone = source.kind == "person" or " " not in source.name
        if source.kind == "surname" or (source.kind != "report" and lone and key not in self.actors):
            who = self.with_surname(source.name, source.start)
            if who is None and source.kind == "surname" and _HAN.match(source.name):
                who = self.with_surname(_family(source.name), source.start)
            if who is not None:
                who.add_roles(source.roles)
                return Mention(who, "surname")
        if source.kind in ("surname", "report"):
            person = source.kind == "surname" and (source.titled or bool(_HAN.match(source.name)))
            actor = self.actors.setdefault(key, Actor(source.name, person, source.start, roles))
            return Mention(actor, "continued" if source.kind == "report" else "named")
        noted = self.note(source)
        if noted is not None and not noted.person and not noted.roles:
            noted.roles = [("", noted.name)]
        return Mention(noted, "named") if noted is not None else None


@lru_cache(maxsize=10_000)
def _key(name: str) -> str:
    """Return what tells a name apart, however it is written: 陳 and 陈 are one."""
    return fold(name).casefold()


def _family(name: str) -> str:
    """Return the family name that a Chinese name, or 李教授, opens with."""
    name = _key(name)
    return name[:2] if name[:2] in read_lexicon("surnames") else name[:1]


def _initials(name: str) -> str:
    words = name.split()
    return "".join(word[0] for word in words) if len(words) > 1 else ""


def _acronym(roles: tuple[Role, ...]) -> str:
    """Return "cast" for "China Association for Science and Technology (CAST)"."""
    given = roles[0][1] if roles else ""
    return given[given.rindex("(") + 1 : -1].casefold() if given.endswith(")") and "(" in given else ""


def _plain(name: str) -> str:
    for article in ("the ", "The ", "a ", "A ", "an ", "An "):
        name = name.removeprefix(article)
    return name


def _parts(name: str) -> set[str]:
    """Return what may stand for a full name: its first and last words, and the compound surname."""
    words = _key(name.replace("·", " ")).split()
    if _HAN.match(name):
        return set(words) if len(words) > 1 else {_family(words[0])}
    parts = {words[-1]} | ({words[0]} if words[0] in words_of("pinyin_surnames") or len(words) > 1 else set())
    for number, word in enumerate(words[1:-1], 1):
        if word in words_of("name_particles"):
            parts.add(" ".join(words[number:]))
    return parts
