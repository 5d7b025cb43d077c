"""Names in English text: is this a person's name, and whom does a capitalised run name?"""

import re

from luntan.attribution.roles import PARTY, body_name, parse_roles, role_text
from luntan.attribution.sources import Role, Source
from luntan.attribution.words import (
    ARTICLES,
    CONNECTORS,
    Token,
    cue_forms,
    is_body_word,
    is_capital,
    is_field,
    is_function,
    is_title,
    words_in,
    words_of,
)

# Words between a name and where its bearer is from: "Ann Bell of Acme".
HOMES = ("of", "from", "at", "with")
_PARTICLES, _PINYIN = words_of("name_particles"), words_of("pinyin_surnames")
# Words of bodies that are surnames too.
_SURNAMES = frozenset("Church Court House Park Post".split())
_HAN_NAME = re.compile(r"\s*[（(]\s*([\u3400-\u9fff·]{2,8})\s*[)）]")
_ACRONYM = re.compile(r"(.+?)\s*\(([A-Z][\w&-]{1,11})\)")


def is_person_name(tokens: list[Token], *, titled: bool = False) -> bool:
    """Tell whether these words, and nothing else, can be a person's name.

    After a title its ends may be surnames that otherwise mark a body.
    """
    words = words_in(tokens)
    if not words or len(words[-1]) < 2 or not is_capital(words[-1]):
        return False
    if not 1 <= len(words) - sum(map(_PARTICLES.__contains__, words)) <= 5:
        return False
    if len(words) == 1 and words[0].isupper() and not titled:
        return False
    return all(_may_stand(word, number, len(words), titled) for number, word in enumerate(words))


def _may_stand(word: str, number: int, size: int, titled: bool) -> bool:
    """Tell whether a word may stand at this place of a name of `size` words."""
    if word in ",;:()" or word[0].isdigit() or is_title(word):
        return False
    if word.casefold() in _PARTICLES:
        return True
    first = number == 0 and size > 1
    if is_body_word(word):  # "President Park Geun-hye", "Dr Helen Park"
        return titled and number in (0, size - 1) and word in _SURNAMES
    if first and (word == "He" or (size < 4 and word in _PINYIN)):
        return True  # "He Wei"; and "zhang Weimin", as careless typing leaves it
    initial = word[1:] in ("", ".") and size > 1
    prefixed = word.partition("-")[0] in _PARTICLES  # "el-Tayeb"
    return (word[0].isupper() or prefixed) and (initial or not is_function(word))


def split_titles(tokens: list[Token]) -> tuple[list[Token], list[Token]]:
    """Split "Professor Li Wen" into its titles and the name; the titles may be lower-case."""
    at = next((number for number in range(len(tokens), 0, -1) if is_title(tokens[number - 1].text)), 0)
    return tokens[:at], tokens[at:]


def run_before(tokens: list[Token]) -> list[Token]:
    """Return the capitalised run at the end: "Ministry of Education", "Home Secretary Ann Bell"."""
    at, closed = len(tokens), 0
    while at > 0:
        word = tokens[at - 1].text
        closed += (word == ")") - (word == "(")
        if closed < 0 or (word in ",;:" and not closed):
            break
        if not closed and word != "(" and not is_capital(word) and not _joins(tokens, at - 1):
            break
        at -= 1
    run = tokens[at:]
    while run and (run[0].text in CONNECTORS or (is_function(run[0].text) and not is_title(run[0].text))):
        if run[0].text == "He" and len(run) > 1 and is_capital(run[1].text):
            break
        run = run[1:]
    while run and run[-1].text in CONNECTORS:
        run = run[:-1]
    return run


def _joins(tokens: list[Token], at: int) -> bool:
    """Tell whether the small word at `at` can stand inside a name: of, de, and."""
    if at == 0:
        return False
    word, before = tokens[at].text, tokens[at - 1].text
    if word.casefold() in _PARTICLES:
        return is_capital(before) or before.casefold() in _PARTICLES
    if word == "the":
        return at > 1 and before in CONNECTORS and is_capital(tokens[at - 2].text)
    if word not in CONNECTORS or not is_capital(before):
        return False
    if word in HOMES and at > 1 and is_person_name(tokens[at - 2 : at]):
        return True
    return any(is_body_word(t.text) or is_title(t.text) for t in tokens[max(0, at - 5) : at])


def read_run(text: str, run: list[Token], before: list[Token]) -> Source | None:
    """Make the source a capitalised run names: a person with titles, a title alone, or a body."""
    if not run:
        return None
    joint = next((n for n, t in enumerate(run) if t.text == "and" and n), None)
    if joint is not None:
        first, second = read_run(text, run[:joint], before), read_run(text, run[joint + 1 :], [])
        if first and second and first.is_person and second.is_person:
            return first._replace(also=second)
    owner = next((n for n, t in enumerate(run[:-2], 1) if t.text.endswith(("'s", "’s"))), 0)
    if owner and is_person_name(run[owner:]):  # "Acme's Ann Bell"
        return person(text, run[owner:], (("", body(text, run[:owner]).name),))
    bracket = next((n for n, t in enumerate(run) if t.text == "(" and n), None)
    if bracket is not None:
        inside = " ".join(text[run[bracket].end : run[-1].end].strip("() ").split())
        found = read_run(text, run[:bracket], before)
        if found is not None and found.kind == "person":
            named = is_capital(inside) and not PARTY.match(inside)
            return found._replace(roles=(*found.roles, ("", inside))) if named else found
    return _read_person(text, run, before) or _read_title(text, run) or body(text, run)


def _read_person(text: str, run: list[Token], before: list[Token]) -> Source | None:
    last = run[-1]
    if (
        len(run) > 2
        and last.text.isupper()
        and is_title(last.text)
        and not (before and before[-1].text in ARTICLES)
    ):
        found = _read_person(text, run[:-1], before)  # "Tim Fry MP"
        return found._replace(end=last.end, roles=(*found.roles, (last.text, ""))) if found else None
    of = next((n for n, t in enumerate(run) if n and t.text in HOMES), len(run))
    titles, name = split_titles(run[:of])
    if of < len(run) and len(name) > 1 and is_person_name(name):
        role, home = role_text(text, [*_titles_before(before), *titles]), run[of + 1 :]
        home = home[1:] if home[0].text == "the" else home
        return person(text, name, ((role, body_name(" ".join(text[home[0].start : home[-1].end].split()))),))
    last_title = max((n for n, t in enumerate(run) if is_title(t.text)), default=-1)
    last_body = max(
        (n for n, t in enumerate(run) if n != last_title + 1 and is_body_word(t.text)), default=-1
    )
    if last_title < 0 and len(run) == 1 and is_body_word(run[0].text):
        return None
    cut = max(last_title, last_body) + 1
    rest = run[cut:]
    if rest and rest[0].text in CONNECTORS:
        # "Ministry of Education", "Minister for Europe": what follows belongs to the body or role.
        rest = rest[_belonging(rest, last_title > last_body) :]
    titled = 0 < cut == last_title + 1
    if not is_person_name(rest, titled=titled) or (len(rest) == 1 and last_body > last_title):
        return None
    lowercase = _titles_before(before)
    if not cut and not lowercase and len(rest) == 1 and before and before[-1].text == "the":
        return None
    role = role_text(text, [*lowercase, *[t for t in run if t.end <= rest[0].start]])
    roles = parse_roles(role)
    return person(text, rest, tuple(role for role in roles if any(role)), titled=titled or bool(lowercase))


def _read_title(text: str, run: list[Token]) -> Source | None:
    """Read a title that stands for its holder: "the Home Secretary", "the President of Chile"."""
    if not is_title(run[-1].text) and not (
        is_title(run[0].text) and len(run) > 1 and run[1].text in CONNECTORS
    ):
        return None
    linked = any(token.text in CONNECTORS for token in run)  # "Council of Ministers", but "Cabinet Secretary"
    if linked and any(is_body_word(token.text) for token in run if not is_title(token.text)):
        return None
    return Source(run[0].start, run[-1].end, " ".join(text[run[0].start : run[-1].end].split()), "title")


def _belonging(rest: list[Token], role: bool) -> int:
    """Return how many words after a title or body belong to it: "of Finance", but not the name at its end."""
    field = max(n for n, t in enumerate(rest) if t.text in CONNECTORS or is_field(t.text))
    if field > 0 and is_person_name(rest[field + 1 :]):
        return field + 1
    words = [t for t in rest if t.text not in CONNECTORS]
    if len(words) >= (3 if role else 4) and all(
        is_capital(t.text) and not is_body_word(t.text) for t in rest[-2:]
    ):
        return len(rest) - 2
    return len(rest)


def _titles_before(before: list[Token]) -> list[Token]:
    """Return the role right before a name: "immigration barrister", "Welfare Council campaigner"."""
    at = len(before)
    if not at or not is_title(before[-1].text):
        return []
    while at > 0 and len(before) - at < 4:
        word = before[at - 1].text
        if is_capital(word) or word in ",;:()" or (word in cue_forms() and not is_title(word)):
            break
        joins = word == "and" and at > 1 and is_title(before[at - 2].text)
        if is_function(word) and word.casefold() not in ("first", "of") and not joins:
            break
        at -= 1
    run = run_before(before[:at]) if at and is_capital(before[at - 1].text) else []
    joint = next((n for n, t in enumerate(run) if t.text == "and" and is_person_name(run[:n])), -1)
    run = run[joint + 1 :]
    return [*run, *before[at:]]


def person(text: str, tokens: list[Token], roles: tuple[Role, ...], *, titled: bool = False) -> Source:
    """Make the source for a person's name, with the characters in brackets after it: Li Wen (李文)."""
    name, start, end = _without_possessive(text, tokens)
    if name.endswith(".") and len(tokens[-1].text) > 2 and tokens[-1].text not in ("Jr.", "Sr."):
        name, end = name[:-1], end - 1
    if name[:1].islower() and tokens[0].text in _PINYIN:
        name = name[0].upper() + name[1:]
    han = _HAN_NAME.match(text, end)
    kind = "person" if len(tokens) > 1 else "surname"
    return Source(start, end, name, kind, roles, han.group(1) if han else "", titled=titled or bool(roles))


def body(text: str, tokens: list[Token]) -> Source:
    """Make the source for an organisation; an acronym in brackets after its name is no part of the name."""
    name, start, end = _without_possessive(text, tokens)
    short = _ACRONYM.fullmatch(name)
    return Source(start, end, short.group(1) if short else name, "organisation", (("", name),))


def _without_possessive(text: str, tokens: list[Token]) -> tuple[str, int, int]:
    start, end = tokens[0].start, tokens[-1].end
    name = " ".join(text[start:end].split())
    if name.endswith(("'s", "’s")):
        name, end = name[:-2], end - 2
    return name, start, end
