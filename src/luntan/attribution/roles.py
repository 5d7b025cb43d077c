"""Roles and organisations in English: "former director of the Sea Center and adviser to CAST"."""

import re
from collections.abc import Iterator
from functools import lru_cache

from luntan.attribution.sources import Role
from luntan.attribution.words import (
    ADDRESS,
    CONNECTORS,
    TOKEN,
    VERBS,
    Token,
    cue_forms,
    is_body_word,
    is_capital,
    is_function,
    is_title,
    tokens_of,
    words_of,
)

_DETERMINERS = frozenset(
    "a an the its his her their our one another also then now formerly both first".split()
)
_CLAUSE = re.compile(r",?\s(?:who|which|whose|that|where)\s")
_AGE = re.compile(r"^(?:aged?\s+)?\d\d,\s*")
PARTY = re.compile(r"[A-Z][A-Za-z]{0,2}-[A-Z]")
_JOINT = re.compile(r",?\sand\s(?:also\s)?|;\s?|,\s")
# "its director", "the bank's head": of the body named last, which the register knows
ITS = "its"
_ITS = re.compile(r"(?:[Ii]ts|(?:[Tt]he|[Tt]hat)\s[a-z]+['’]s)\s")
_BREAK = re.compile(r"[:\"“\x01]|\n\s*\n|\s[–—-]\s")
_LEAD = re.compile(
    r"^(?:(?:the|an?|its|his|her|their|our|also|currently|another|likewise|formerly|now|and)\s+)+",
    re.IGNORECASE,
)
# What a minister is for belongs to the role: "Minister of Education", "Secretary of State for Trade".
_PORTFOLIO = re.compile(
    r"(?:(?:prime|deputy|vice|foreign|former|shadow|junior|cabinet|permanent)\s+)*"
    r"(?:(?:minister|secretary|commissioner)s?\s+(for)|(?:minister|under-?secretary|secretary|commissioner)s?\s+(?:of|for))\s+(?!the\b)(?:[\w-]+(?:,\s[\w-]+)+,?\sand\s[\w-]+|[^,]*?)"
    r"(?=\s+(?:of|at|in)\s|,|$|\s+(?:Mr|Mrs|Ms|Dr)\b)",
    re.IGNORECASE,
)
_AFTER_PORTFOLIO = re.compile(r"^\s*(?:of|at|in)\s+(?:the\s+)?|^\s*(?:Mr|Mrs|Ms|Dr)\b.*")
_PREPOSITION = re.compile(
    r"\s+(of|at|for|with|to|in|from|on)\s+(?:the\s+|an?\s+)?(?:(?!(?:of|at|for|with|to|in|from|on|and)\s)[a-z-]+\s+){0,3}?(?=([A-Z]\S*))"
)
_PLAIN_PREPOSITION = re.compile(r"\s+(?:of|at|for|with)\s+(?:the\s+|an?\s+)?")
_POSSESSIVE = re.compile(
    r"((?:(?!(?:of|at|for|with|in)\s)[^\W\d_][\w.&-]*\s+){0,4}[^\W\d_][\w.&-]*)['’]s?\s+(.+)"
)
_BASED = re.compile(r"[A-Z][\w’'-]*-based\s")
_HOME = re.compile(
    r"(?:(?:both|formerly|previously|now)\s)?(?:of|from|at|with|on\sbehalf\sof|representing)\s(?:the\s)?([A-Z].+)"
)
# "who leads the Coastal Network", "who serves as dean of …"
_LEADS = re.compile(
    r"who\s+(?:\w+ly\s|now\s|also\s)?(?:(?:leads?|led|heads?|headed|chairs?|chaired|runs?|ran|directs?|directed|founded|owns?|"
    r"manages?|co-founded|(?:works?|worked|teaches|taught|studies|studied)\s(?:[a-z]+\s){0,3}?(?:at|for|with|in))\s+(?:the\s+)?([^,;]+)|(?:is|was|(?:serve[sd]?|works?|worked)\sas)\s+(.+))"
)
# "South Korean President": the nation is no body of its own.
_NATION = re.compile(
    r"(?:ish|ese|[a-z]an|ch|ss|eek|czech|thai|ential|incial|ional|icipal|oyal|ederal|iraqi|israeli|pakistani|bangladeshi)$",
    re.IGNORECASE,
)


def role_text(text: str, titles: list[Token]) -> str:
    """Return the role these words state, without articles and forms of address."""
    words = [token for token in titles if token.text.casefold().strip(".") not in ADDRESS]
    while words and words[0].text.casefold() in _DETERMINERS:
        words = words[1:]
    return " ".join(text[words[0].start : words[-1].end].split()) if words else ""


# Read again wherever a role is
@lru_cache(maxsize=10_000)
def opens_role(text: str) -> bool:
    """Tell whether a phrase begins like a role: "former deputy director of …", "a doctor"."""
    for number, found in enumerate(TOKEN.finditer(text[:120])):
        word = found.group().casefold()
        if word in ("who", "whose", "which", "where"):
            return False
        if is_title(word) and not is_body_word(found.group()):
            return True
        if number > 5 or word in VERBS or word in ",;:()" or word in CONNECTORS - {"the"}:
            return False
        if is_function(word) and word not in _DETERMINERS:
            return False
    return False


def parse_apposition(text: str) -> tuple[Role, ...]:
    """Return what a phrase after a name tells of its bearer: a role, a body, what he or she leads.

    >>> parse_apposition("who leads the Coastal Network")
    (('', 'Coastal Network'),)
    """
    text = _AGE.sub("", _BREAK.split(text, maxsplit=1)[0].strip(" ,"))
    if opens_role(text):
        return parse_roles(text)
    home = _HOME.match(text)
    if home:
        return (("", body_name(home.group(1))),)
    leads = _LEADS.match(text)
    if leads and leads.group(2):
        return parse_roles(leads.group(2)) if opens_role(leads.group(2)) else ()
    body = leads.group(1) if leads else _LEAD.sub("", text)
    named = is_capital(body[:1]) and (leads or any(is_body_word(token.text) for token in tokens_of(body)[:8]))
    return (("", body_name(_CLAUSE.split(body, maxsplit=1)[0])),) if named else ()


# The same role is read again wherever its bearer is looked at: as somebody named, as subject, as opening.
@lru_cache(maxsize=10_000)
def parse_roles(text: str) -> tuple[Role, ...]:
    """Split an apposition into (role, organisation) pairs.

    >>> parse_roles("former director of the Sea Center and adviser to CAST")
    (('former director', 'Sea Center'), ('adviser', 'CAST'))
    """
    text = _CLAUSE.split(" ".join(_BREAK.split(text, maxsplit=1)[0].split()), maxsplit=1)[0]
    pairs: list[Role] = []
    owned = _ITS.match(text)
    for piece in _pieces(text[owned.end() :] if owned else text):
        role, body = split_role(piece)
        body = body or (ITS if owned else "")
        if pairs and not pairs[-1][1]:
            # "member of the board and secretary of the Academy" is one role in one body.
            earlier = pairs.pop()[0]
            role = f"{earlier} and {role}" if role else earlier
        pairs.append((role, body))
    return tuple(pair for pair in pairs if any(pair))


def _pieces(text: str) -> Iterator[str]:
    at = 0
    for joint in _JOINT.finditer(text):
        following = text[joint.end() : joint.end() + 120]
        if joint.start() > at and opens_role(following):
            yield text[at : joint.start()]
            at = joint.end()
    yield text[at:]


def split_role(piece: str) -> Role:
    """Split "deputy dean of the Academy, a state body" into role and organisation."""
    piece = _LEAD.sub("", piece.strip(" ,"))
    portfolio = _PORTFOLIO.match(piece)
    if portfolio and (
        portfolio.group(1)
        or not any(is_body_word(t.text) or t.text.isupper() for t in tokens_of(portfolio.group()))
    ):
        return portfolio.group(), _AFTER_PORTFOLIO.sub("", piece[portfolio.end() :]).strip(" ,")
    owned = _POSSESSIVE.match(piece)
    if owned and opens_role(owned.group(2)):
        return _owned(owned.group(1), owned.group(2).strip(" ,"))
    for found in _PLAIN_PREPOSITION.finditer(piece):
        if _names_no_body(piece[found.end() :]):
            return piece[: found.start()], body_name(piece[found.end() :])
    field, _, body = piece.partition(", ")  # "professor of Chemistry, Hull College"
    if is_capital(body[:1]) and _holds_body(body) and opens_role(field) and not _holds_body(field):
        return field, body_name(body)
    at = _before_body(piece)
    return (piece[: at.start()], body_name(piece[at.end() :])) if at else _role_last(piece)


def _owned(owner: str, rest: str) -> Role:
    """Split "Apple's chief executive" and "Kenya's central bank governor"."""
    role, body = _role_last(rest)
    if not _holds_body(body):
        role, body = rest, ""
    if not is_capital(owner) or owner.split()[0].casefold().strip(".") in ADDRESS:
        return role, body
    return role, f"{owner}'s {body}" if body else owner


def _before_body(piece: str) -> re.Match[str] | None:
    """Find the preposition between role and body: in "professor of Law at Hull College" it is "at"."""
    found = None
    for match in _PREPOSITION.finditer(piece):
        if found is None:
            titled = any(is_title(token.text) for token in tokens_of(piece[: match.start()]))
            found = match if titled and _is_name(match.group(2), piece[match.end() :]) else None
        elif match.group(1) in ("at", "with"):
            field = tokens_of(piece[found.end() : match.start()])
            return found if any(is_body_word(token.text) for token in field) else match
    return found


def body_name(text: str) -> str:
    """Return a body's name without what follows it in lower case, and without a final stop."""
    text = _BASED.sub("", re.split(r",\s+(?=[a-z])", text, maxsplit=1)[0].strip(" ,"))
    return text[:-1] if text.endswith(".") and not is_body_word(text.split()[-1]) else text


def _is_name(first: str, body: str) -> bool:
    """Tell a body's name ("Tsinghua Holdings") from an adjective ("Party members' group")."""
    following = re.match(r"(?!(?:of|for|and|in|at|with)\b)[a-z][\w-]*", body[len(first) :].lstrip())
    return not following or is_body_word(following.group()) or first.endswith((",", "'s", "’s"))


def _role_last(piece: str) -> Role:
    """Split "Alibaba vice president" and "Welfare Council campaigner"."""
    tokens = tokens_of(piece)
    first = next((n for n, t in enumerate(tokens) if is_title(t.text)), None)
    if first is None:
        return "", piece.strip(" ,") if is_capital(piece) else ""
    while first > 0 and tokens[first - 1].text.casefold() in words_of("role_modifiers_en"):
        first -= 1
    while first > 0 and not is_capital(tokens[first - 1].text) and tokens[first - 1].text not in ",;:()":
        first -= 1
    if (
        first > 0
        and _NATION.search(tokens[first - 1].text)
        and not any(is_body_word(t.text) for t in tokens[:first])
    ):
        first = 0
    role, _, after = piece[tokens[first].start :].partition(",")
    body = piece[: tokens[first].start].strip(" ,-")
    return role.strip(" ."), body or (body_name(after) if is_capital(after.strip()[:1]) else "")


def _holds_body(text: str) -> bool:
    return any(is_body_word(token.text) for token in tokens_of(text))


def _names_no_body(text: str) -> bool:
    """Tell "a control technology company in Wuhan", a body without a name."""
    for found in TOKEN.finditer(text[:100]):
        word = found.group()
        if is_body_word(word):  # "a rocket maker in Wuhan", but not "rocket maker Acme Space"
            return word.islower() and not is_capital(text[found.end() :].lstrip()[:1])
        if is_capital(word) or word in cue_forms() or word in CONNECTORS or word in ",;:()":
            return False
    return False
