"""Bodies named anywhere in a document, so that "the Ministry", 该公司 and an office alone find theirs."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from itertools import compress

from luntan.attribution.names import run_before
from luntan.attribution.names_zh import organisation_pattern
from luntan.attribution.words import (
    CONNECTORS,
    Token,
    is_body_word,
    is_capital,
    is_title,
    words_of,
    words_on,
)
from luntan.lexicons import any_of, read_lexicon

_REST = re.compile(
    r"(?: (?:of|for|on) (?:the )?[A-Z][\w’'-]*(?:(?:,| and)? [A-Z][\w’'-]*)*)*(?: \([A-Z][\w&-]{1,11}\))?"
)
_REST_UPPER = re.compile(r"(?: [A-Z][A-Z’'-]+)*")
# "same Office", "the Ministry": a body by its kind alone
_SHORT = re.compile(r"(?:(?:[Tt]he|same|[Tt]his|[Tt]hat)\s)*([A-Za-z]+)")
_SHORT_ZH = re.compile(
    "(?:该|本)?(公司|集团|企业|大学|学院|研究院|研究所|协会|商会|学会|中心|部|局|院|所|校|会)"
)
_HAN, _FULL_STOP = re.compile(r"[\u3400-\u9fff]"), re.compile(r"[\n.!?]")
# What no firm is called.
_NO_FIRM = re.compile("(?:[部局厅委署院会校国省市县区]|大学|政府|中心|研究所)$|^(?:中国|全国|国务院)")
_UNNAMED = re.compile("^[一该本各多某两几每并也还]|[的了着个]|有关|相关|上述|这些|那些")
_PAPERS = ("Review", "Report", "Journal")
# Offices that are held in one kind of body only.
_SEATS = tuple(
    (re.compile(office), re.compile(body))
    for office, body in (
        (r"(?:^|\s)(?:(?:permanent|cabinet)\ssecretary|(?:vice-)?minister)\b", r"\bMinistry\b"),
        (r"^chair(?:man|woman|person)?$", r"\b(?:Committee|Commission|Council|Panel)\b"),
        (r"\b(?:vice-chancellor|rector|provost)$", r"\bUniversity\b"),
        ("(?:会长|理事长|监事长|秘书长)$", "(?:会|联盟)$"),
        ("部长$", "部$"),
        ("局长$", "局$"),
        ("厅长$", "厅$"),
        ("校长$", "(?:大学|学院|学校|中学)$"),
        ("行长$", "银行$"),
        ("(?:董事长|总经理|总裁)$", "(?:公司|集团)$"),
    )
)
_FIELD = re.compile(r"\b(?:of|for)\s(?:the\s)?([A-Z].+)$")


class Bodies:
    """The bodies of a document in the order of the text."""

    def __init__(self, named: list[tuple[int, str]]) -> None:
        self._named = sorted(named)

    def add(self, at: int, name: str) -> None:
        """Note a body; what is one by its kind alone is none."""
        place = bisect_left(self._named, (at, name))
        if name and not _SHORT_ZH.fullmatch(name) and self._named[place : place + 1] != [(at, name)]:
            self._named.insert(place, (at, name))

    def whole(self, name: str, at: int) -> str:
        """Return the body that 公司, "the Ministry" or "KUI" means: the fitting one named last."""
        fits = _fitting(name)
        if fits is not None:
            before = reversed(self._named[: bisect_left(self._named, (at,))])
            return next((body for _, body in before if fits(body)), name)
        return name

    def seat(self, role: str, at: int) -> str:
        """Return the only body named before `at` in which somebody of this role can sit; else nothing."""
        field = _FIELD.search(role)
        before = {body for _, body in self._named[: bisect_left(self._named, (at,))]}
        named = {body for body in before if field and body.endswith(" " + field.group(1))}
        for office, kind in _SEATS if not named else ():
            if office.search(role.casefold()):
                named |= set(filter(kind.search, before))
        whole = {body for body in named if not any(body in other for other in named - {body})}
        return whole.pop() if len(whole) == 1 else ""


@lru_cache(maxsize=10_000)
def _fitting(name: str) -> Callable[[str], bool] | None:
    """Return the test which bodies a name can mean; None if it is no body's kind."""
    kind = _SHORT_ZH.fullmatch(name)
    if kind:
        word = kind.group(1)
        if word in ("公司", "集团", "企业"):
            return lambda body: not _NO_FIRM.search(body)
        return lambda body: body.endswith(word)
    short = _SHORT.fullmatch(name)
    if short and name.isupper() and len(name) > 1:
        return lambda body: body.endswith(f"({name})")
    if short and is_body_word(short.group(1)):
        word = re.compile(rf"\b{short.group(1)}\b", re.IGNORECASE)
        return lambda body: " " in body and word.search(body) is not None
    return None


def bodies_in(text: str) -> Iterator[tuple[int, str]]:
    """Yield every body that a text names by a word of bodies, with its place."""
    tokens, words = words_on(text)
    for number in compress(range(len(tokens)), map(_marks().__contains__, words)):
        token, upper = tokens[number], _marks()[words[number]]
        run = run_before(tokens[_first(text, tokens, number) : number + 1])
        rest = (_REST_UPPER if upper else _REST).match(text, token.end)
        if run and rest and (len(run) > 1 or rest.group().strip()):
            name = " ".join(text[run[0].start : rest.end()].split())
            yield run[0].start, _capitalised(name) if upper else name
    # Every clause has a character before it then, which the search looks for.
    for found in _chinese().finditer("\n" + text) if _HAN.search(text) else ():
        if not _UNNAMED.search(found.group(1)):
            yield found.start(1) - 1, found.group(1)


@cache
def _marks() -> dict[str, bool]:
    """Return the words that mark a body's name, also with "'s"; the value tells MINISTRY from Ministry."""
    words = [word for word in read_lexicon("organisation_words_en") if word[0].isupper()]
    forms = [word + owner for word in words for owner in ("", "'s", "’s")]
    capitals = (form.upper() for form in forms if form.upper().capitalize() == form)
    return dict.fromkeys(forms, False) | dict.fromkeys(capitals, True)


def _first(text: str, tokens: list[Token], number: int) -> int:
    """Return how far a body's name may reach back: to a line's start, a full stop, a title, another body."""
    at = number
    while at > 0 and number - at < 8:
        before = tokens[at - 1]
        other = before.text == "and" and at > 1 and is_body_word(tokens[at - 2].text)
        stopped = before.text.endswith(".") or _FULL_STOP.search(text, before.end, tokens[at].start)
        if other or stopped or is_title(before.text):
            break
        at -= 1
    return at


@cache
def _chinese() -> re.Pattern[str]:
    """Return the pattern of a body that opens a clause."""
    words = any_of(word for word in read_lexicon("organisation_words_zh") if len(word) > 1)
    inner = "(?:(?![的了着和与在对为将于]|有关|相关)[\u3400-\u9fff])"
    opening, name = (
        r"[\s，。；：、“《（由](?:来自|在|据)?",
        rf"{inner}{{2,16}}?(?:{words})",
    )
    return re.compile(rf"{opening}({name}(?:{inner}{{0,2}}?(?:{words}))*)")


def _capitalised(name: str) -> str:
    words = name.casefold().split()
    return " ".join(word if word in CONNECTORS else word.capitalize() for word in words)


def is_body(name: str) -> bool:
    """Tell whether a speaker that is no person is a body by name: Acme, the Home Office, 某局办公室."""
    if organisation_pattern().search(name):
        return len(name) > 2 and not _UNNAMED.search(name)
    words = [word for word in name.split() if word not in CONNECTORS]
    common = words_of("collectives_en")
    if (
        not words
        or name.casefold() in common
        or is_title(words[-1])
        or words[-1].casefold() in common - {"office"}
    ):
        return any(is_body_word(word) and word not in _PAPERS for word in words)
    return all(is_capital(word) or word.isdigit() for word in words) or words[-1] == "office"
