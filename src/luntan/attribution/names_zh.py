"""Names of people in Chinese: of one's own family, Japanese, transliterated, and in Latin letters."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from luntan.han.engines import engine
from luntan.lexicons import any_of, read_lexicon

_HAN = "[\u3400-\u9fff]"
_DOT = "[·•‧・．]"
_LATIN = r"[A-Z][A-Za-zÀ-ž'’.-]+(?:\s+[A-Z][A-Za-zÀ-ž'’.-]*){0,3}"
# Characters that hardly ever stand in a given name but end or join ordinary words.
_NOT_GIVEN = (
    "的了是在有和与这那们个不我你他她它其所要将被把对从向为以及等并也都就还很更者着过会报部局院网社某该各每"
    "地得说称指问做则于曾已又"
)
GIVEN = rf"(?:(?![{_NOT_GIVEN}]){_HAN})"
# Where a phrase is known to end, words like 以, 和, 为 may stand in it: 以诺, 和平, 为民.
_ANY_GIVEN = rf"(?:(?![的了是们个不我你他她它这那在会说]){_HAN})"


def tag_of(text: str) -> str:
    """Return the tag that the segmenter's dictionary gives a word; empty if it has no such word."""
    return engine().tag(text)


def is_word(text: str) -> bool:
    """Tell whether the segmenter's dictionary has this as a word that is no personal name."""
    return tag_of(text) != "" and not tag_of(text).startswith("nr")


@cache
def _long_surname() -> str:
    return f"(?:{any_of(entry for entry in read_lexicon('surnames') if len(entry) > 1)})"


@cache
def surname() -> str:
    """Return the pattern of a family name: of one character, or longer."""
    return (
        f"(?:{_long_surname()}|[{''.join(entry for entry in read_lexicon('surnames') if len(entry) == 1)}])"
    )


@cache
def _sounds() -> str:
    """Return the class of the characters that spell foreign names."""
    return f"[{''.join(read_lexicon('transliteration_zh'))}]"


@cache
def name_pattern() -> re.Pattern[str]:
    """Return the pattern of a whole name."""
    own = rf"{surname()}{_ANY_GIVEN}{{1,2}}|{_long_surname()}{GIVEN}{{3}}"
    last = rf"(?:(?:(?![在与和等对的]){_HAN}){{1,5}}|{_sounds()}{{1,10}})"
    return re.compile(rf"{own}|(?!的){_HAN}{{1,8}}(?:{_DOT}{last})+|{_sounds()}{{3,8}}|{_LATIN}")


@cache
def unknown_name() -> re.Pattern[str]:
    """Return the pattern of what can be a name after a role, whatever the family."""
    return re.compile(rf"{GIVEN}{{2,3}}|{_sounds()}{{4,8}}")


@cache
def _sure_names() -> tuple[re.Pattern[str], ...]:
    part = rf"(?:{_sounds()}{{2,10}}|(?:(?![在与和等对]|表示|认为|指出|强调|介绍|对此){GIVEN}){{1,6}})"
    return tuple(map(re.compile, (rf"{_HAN}{{1,8}}(?:{_DOT}{part})+", _LATIN, rf"{_sounds()}{{4,8}}")))


@cache
def _likely_names() -> tuple[re.Pattern[str], ...]:
    return tuple(
        re.compile(pattern)
        for pattern in (
            rf"{_long_surname()}{_ANY_GIVEN}{GIVEN}",
            rf"{_long_surname()}{GIVEN}",
            rf"{surname()}{GIVEN}{{2}}",
            rf"{surname()}{GIVEN}",
            rf"{_sounds()}{{2,3}}",
        )
    )


def name_end(text: str, at: int) -> int:
    """Return where the name that begins at `at`, after a title, ends; 0 if none does.

    A name ends before a word of the dictionary: 张强|出席, but 牛德胜|抚摸.
    """
    for pattern in _sure_names():
        if found := pattern.match(text, at):
            last = max(found.group().rfind(dot) for dot in "·•‧・．") + at + 1
            verbs = (
                k
                for k in range(last + 2, found.end())
                if tag_of(text[k : k + 2]) == "v" and not re.match(_sounds(), text[k])
            )
            return next(verbs, found.end()) if last > at else found.end()
    for pattern in _likely_names():
        found = pattern.match(text, at)
        if found and not is_word(found.group()) and not title_pattern().search(found.group()):
            end = found.end()
            following = text[end : end + 2]
            if following[:1] in tuple("说称") or not is_word(text[end - 1 : end + 1]):
                return end + _goes_on(text, end) if end - at == 3 else end
            if len(following) == 2 and is_word(following):
                return end
    return 0


def _goes_on(text: str, at: int) -> bool:
    """Tell whether a given name has a third character: one that is no verb, before a word."""
    return (
        tag_of(text[at : at + 1]).startswith(("n", "a"))
        and not is_word(text[at : at + 2])
        and is_word(text[at + 1 : at + 3])
    )


@lru_cache(maxsize=10_000)
def is_bare_name(name: str) -> bool:
    """Tell whether a phrase without a role is the name of a person."""
    return bool(name_pattern().fullmatch(name)) and _is_no_word(name)


def is_unknown_name(name: str) -> bool:
    """Tell whether what follows a role can be a name, though of a rare family, Tibetan or Mongolian."""
    return bool(unknown_name().fullmatch(name)) and name_end(name, 0) in (0, len(name)) and _is_no_word(name)


def _is_no_word(name: str) -> bool:
    """Tell a name from an ordinary word: it is foreign, or no dictionary and no lexicon has it."""
    if "·" in name:
        return True
    if name[0].isascii():
        return " " in name or len(name) > 2
    begins = len(name) > 2 and is_word(name[:2]) and name[0] not in read_lexicon("surnames")
    others = (collective_pattern(), organisation_pattern(), title_pattern())
    return not (begins or is_word(name) or any(pattern.search(name) for pattern in others))


@lru_cache(maxsize=4)
def short_forms(known: frozenset[str]) -> frozenset[str]:
    """Return what stands alone for a known name: 欧阳 for 欧阳某, 施密特 for 罗伯特·施密特."""
    parts = (part for name in known for part in (re.split(_DOT, name) if "·" in name else [name[:2]]))
    return frozenset(part for part in parts if len(part) > 2 or part in read_lexicon("surnames"))


@cache
def title_pattern() -> re.Pattern[str]:
    """Return the pattern of a title with its prefixes: 原党组副书记, 主席研究员."""
    prefixes, titles = read_lexicon("title_prefixes_zh"), read_lexicon("titles_zh")
    # A place where none begins is passed at once; no title, but many a prefix, is one character long.
    begins = {word[0] for word in prefixes + titles}
    goes_on = begins | {word[1] for word in prefixes + titles if len(word) > 1}
    ahead = rf"(?=[{''.join(sorted(begins))}][{''.join(sorted(goes_on))}\s])"
    return re.compile(rf"{ahead}(?:(?:{any_of(prefixes)}\s?){{0,4}}{any_of(titles)})+")


def titles_in(text: str, start: int, end: int) -> Iterable[re.Match[str]]:
    """Return the titles of text[start:end]; where no character ends one, as mostly, no pattern is tried."""
    return title_pattern().finditer(text, start, end) if _title_end().search(text, start, end) else ()


@cache
def _title_end() -> re.Pattern[str]:
    return re.compile(f"[{''.join(sorted(_title_ends()))}]")


@lru_cache(maxsize=10_000)
def ending_title(phrase: str) -> re.Match[str] | None:
    """Return the title that a phrase ends with; 何太 and 陆总 hold one too."""
    titles = title_pattern().finditer(phrase) if phrase[-1:] in _title_ends() else ()
    return next((title for title in titles if title.end() == len(phrase)), None) or _SHORT_TITLE.match(
        phrase, len(phrase) - 1
    )


@cache
def _title_ends() -> frozenset[str]:
    return frozenset(title[-1] for title in read_lexicon("titles_zh"))


_SHORT_TITLE = re.compile("[太总嫂]$")


@cache
def organisation_pattern() -> re.Pattern[str]:
    """Return the pattern of the ending of a body's name."""
    return re.compile(any_of(read_lexicon("organisation_words_zh")) + "$")


@cache
def collective_pattern() -> re.Pattern[str]:
    """Return the pattern of a speaker without a name at the end of a phrase."""
    return re.compile(any_of(read_lexicon("collectives_zh")) + "$")
