"""Speakers without a name in English: "participants at the dialogue", "a leaked letter", "the minister"."""

import re

from luntan.attribution.names import read_run, run_before
from luntan.attribution.roles import split_role
from luntan.attribution.sources import Source
from luntan.attribution.words import (
    ARTICLES,
    VERBS,
    Token,
    cue_forms,
    is_function,
    is_title,
    tokens_before,
    words_of,
)

# What may follow the noun before the verb comes.
_LINKS = frozenset(
    "of at for from in by with on to seen published released led issued conducted who attending present "
    "obtained familiar close".split()
)
_OPENERS = frozenset("and but while however meanwhile as because if".split())
_WITHIN = frozenset(
    "of in at for from by with on to after during into under about against despite over between without "
    "through like than".split()
)
_BOUNDS = frozenset(
    ", ; : and but or that because while as if when whether although though so what which who how why "
    "where".split()
)
_SHARE = re.compile(
    r"(?:^|[\n\"”]|[.!?,;:—–\x01]\s|\b(?:and|but|while|that)\s)"
    r"((?:(?:more|fewer|less)\sthan\s|(?:about|nearly|almost|around|roughly|only|just|some|over)\s)?"
    r"(?:[\d.,]+\s?(?:%|percent|per\scent)|half|an?\s(?:\w+\s)?(?:majority|minority|third|quarter|number|handful)|"
    r"(?:one|two|three|four|five|six|seven|eight|nine|\d+)(?:\sin\s(?:\d+|\w+)|[\s-](?:thirds?|quarters?))|"
    r"many|most|some|several|all|others|those|every(?:one|body)|(?:one|two|three|four|five|six|seven|eight|nine|ten|\d+)(?=\s\w+\s))"
    r"(?:\sof)?(?:\s[\w’'.-]+){0,6}?)\s*$",
    re.IGNORECASE,
)
_PARTICIPLE = re.compile(r"[a-z]{3,}[^e]ed")
_PAPERS = frozenset(
    "report study survey data letter statement figures research analysis paper poll document release "
    "statistics article memo notice".split()
)
_MADE = frozenset("published released issued written prepared conducted commissioned".split())


def common_noun(text: str, tokens: list[Token]) -> Source | None:
    """Return the speaker a common noun names, if its phrase runs up to the last of these words."""
    at = next((n for n in range(len(tokens), 0, -1) if tokens[n - 1].text in ",;:"), 0)
    tokens = tokens[at:]
    while tokens and tokens[0].text.casefold() in _OPENERS:
        tokens = tokens[1:]
    if not tokens or tokens[-1].text in ("and", "but"):
        return None  # "the spokesman met the press and said"
    word, common = "", words_of("collectives_en")
    for number, token in enumerate(tokens):
        word, before = token.text.casefold(), word
        if word in ("paper", "article") and before == "this":
            return None  # machine translation's "this paper discusses": the speaker before goes on
        if (word not in common and not is_title(word)) or before in ("of", "to", "as"):
            continue
        rest = tokens[number + 1 :]
        if any(t.text in cue_forms() and t.text not in _LINKS for t in rest):
            return None
        first = _phrase_start(tokens, number)
        if first is not None and (
            not rest or rest[0].text.casefold() in _LINKS or _PARTICIPLE.fullmatch(rest[0].text)
        ):
            return _maker(text, word, rest) or _source(text, tokens[first], token, rest)
    return None


def share(text: str, start: int, end: int) -> Source | None:
    """Return the speaker a share of people is: "six in 10 voters", "half of those surveyed", "many"."""
    found = _SHARE.search(text, max(start, end - 120), end)
    if found is None or found.group(1).casefold() in ("the", "one"):
        return None
    return Source(*found.span(1), " ".join(found.group(1).split()), "collective")


def noun_phrase(text: str, start: int, end: int) -> Source | None:
    """Return the speaker that any phrase right before `end` names: "the plaintiffs", "Das's lawyers"."""
    tokens = tokens_before(text, max(start, end - 120), end)
    at = max((n + 1 for n, t in enumerate(tokens) if t.text.casefold() in _BOUNDS), default=0)
    phrase = tokens[at:]
    if not 1 <= len(phrase) <= 8 or text[phrase[-1].end : end].strip():
        return None
    first, last = phrase[0].text.casefold(), phrase[-1].text
    opened = len(phrase) > 1 and (first in ARTICLES or first.endswith(("'s", "’s")))
    several = len(phrase) < 4 and last.endswith("s") and not last.endswith(("ss", "us", "is", "'s", "’s"))
    if first in ("this", "that") or is_function(last) or any(t.text in VERBS for t in phrase):
        return None
    if not opened and (not several or is_function(first)):
        return None
    head = phrase[0] if first not in ("the", "a", "an") else phrase[1]
    return Source(
        head.start, phrase[-1].end, " ".join(text[head.start : phrase[-1].end].split()), "collective"
    )


def _source(text: str, first: Token, head: Token, rest: list[Token]) -> Source:
    stop = _phrase_end(rest)
    end = rest[stop - 1].end if stop else head.end
    name = " ".join(text[first.start : end].split())
    word = head.text.casefold()
    roles = (split_role(name),) if is_title(word) else ()
    plural = word.endswith("s") and word[:-1] in words_of("titles_en")
    known = plural or word in words_of("collectives_en") or bool(roles and roles[0][1])
    return Source(first.start, end, name, "collective" if known else "title", roles)


def _maker(text: str, word: str, rest: list[Token]) -> Source | None:
    """Return the body behind a paper: "a report by the World Bank", "data released by NAME"."""
    by = 1 if len(rest) > 2 and rest[0].text in _MADE else 0
    if word not in _PAPERS or len(rest) < by + 2 or rest[by].text not in ("by", "from"):
        return None
    run = run_before(rest[by + 1 :])
    found = read_run(text, run, []) if run and run[0].start - rest[by].end < 6 else None
    return found if found is not None and found.kind in ("organisation", "person") else None


def _phrase_start(tokens: list[Token], number: int) -> int | None:
    """Return where the phrase headed by word `number` begins; None if it hangs on another phrase."""
    first = number
    while first > 0 and number - first < 4 and tokens[first - 1].text not in "()":
        word = tokens[first - 1].text.casefold()
        if is_function(word) or word in ARTICLES or word in VERBS:
            break
        first -= 1
    at = first
    while at > 0 and tokens[at - 1].text.casefold() in ARTICLES:
        at -= 1
    return None if at > 0 and tokens[at - 1].text.casefold() in _WITHIN else first


def _phrase_end(rest: list[Token]) -> int:
    """Return how many words after the head belong to it: "at the dialogue", but not "seen by NAME"."""
    if not rest or rest[0].text not in ("of", "at", "for", "from", "in"):
        return 0
    verbs = (n for n, t in enumerate(rest) if t.text in VERBS or t.text in ("who", "which", "that"))
    return min(next(verbs, len(rest)), 12)
